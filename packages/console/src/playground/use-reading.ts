import { useEffect, useState } from 'preact/hooks';
import { taskOf, type FieldValues } from './field-values.ts';
import { askWorker } from './worker-client.ts';
import type { Result } from './work.ts';

/** What the fields hold, as the worker reads it: asked anew with each change, one question at a time. */
export function useReading(fields: FieldValues): Result | undefined {
  const [reading, setReading] = useState<Result>();
  const [ask] = useState(() => oneAtATime(setReading));
  const { text, chosen, scheme, ownScheme, secret, variables } = fields;
  useEffect(() => ask(fields), [text, chosen, scheme, ownScheme, secret, variables]);
  return reading;
}

/** Asks about the newest fields; while a question is open, those between are left out. */
function oneAtATime(show: (reading: Result | undefined) => void): (fields: FieldValues) => void {
  let isAsking = false;
  let next: FieldValues | undefined;
  const ask = async (): Promise<void> => {
    isAsking = true;
    for (let fields = next; fields; fields = next) {
      next = undefined;
      const wanted = taskOf('read', fields);
      show('task' in wanted ? await askWorker(wanted.task) : undefined);
    }
    isAsking = false;
  };
  return (fields) => {
    next = fields;
    if (!isAsking) void ask();
  };
}
