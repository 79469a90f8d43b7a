import type { ServerState } from '@countersign/server/control/views/state-view';

/** How a phone behaves by itself. */
export type Script = ServerState['phones'][number]['script'];

/** What it does once it is connected. */
export type Step = NonNullable<Extract<Script, { pickUp: 'answer' }>['steps']>[number];

/** The script that somebody has set for a phone: one that is neither its test number's nor what any number does. */
export function ownScript(number: string, state: ServerState | undefined): Script | undefined {
  const script = state?.phones.find((phone) => phone.number === number)?.script;
  const nature = state?.testNumbers.find((row) => row.number === number)?.script ?? { pickUp: 'answer' };
  return script && JSON.stringify(script) !== JSON.stringify(nature) ? script : undefined;
}
