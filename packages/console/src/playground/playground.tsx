import { useEffect, useRef, useState } from 'preact/hooks';
import { Actions } from './actions.tsx';
import { emptyFields, taskOf, type FieldValues } from './field-values.ts';
import { FurtherFields } from './further-fields.tsx';
import { OutcomeView } from './outcome-view.tsx';
import type { FieldName } from './page-words.ts';
import { RequestField } from './request-field.tsx';
import { refusedPlay } from './samples.ts';
import { notToShare, packShared, unpackShared } from './share-link.ts';
import { SignerFields } from './signer-fields.tsx';
import { useReading } from './use-reading.ts';
import { OpenVariableFields } from './variable-fields.tsx';
import type { Result, Task } from './work.ts';
import { askWorker, readyWorker } from './worker-client.ts';
import './playground.css';

interface PlaygroundProps {
  /** The request of a shared link, packed. */
  readonly shared?: string | undefined;
  /** What the fields hold to begin with. */
  readonly given?: Partial<FieldValues> | undefined;
  /** The address of this page that opens a packed request. */
  readonly addressOf: (packed: string) => string;
}

/** Sign, verify or diagnose a pasted request, entirely in this page: it needs no server. */
export function Playground({ shared, given, addressOf }: PlaygroundProps) {
  const [fields, setFields] = useState<FieldValues>(() => ({ ...emptyFields, ...given }));
  const [answer, setAnswer] = useState<Answer>({});
  const [link, setLink] = useState<string>();
  const [asked, setAsked] = useState<{ readonly field: FieldName }>();
  const reading = useReading(fields);
  const change = (changed: Partial<FieldValues>): void => setFields((before) => ({ ...before, ...changed }));

  useEffect(() => void readyWorker(), []);
  useEffect(() => {
    if (shared === undefined) return;
    void unpackShared(shared).then((request) => {
      if (request) change(request);
      else setAnswer({ problem: 'The link is damaged: the request in it cannot be read.' });
    });
  }, [shared]);
  useEffect(() => {
    if (asked) focusField(asked.field);
  }, [asked]);

  /** Another request: what was found out about the one before is gone. */
  const changeRequest = (changed: Partial<FieldValues>): void => {
    change({ ...changed, chosen: undefined });
    setAnswer(({ isWorking = false, problem }) => ({ isWorking, ...(problem !== undefined && { problem }) }));
    setLink(undefined);
  };
  const run = async (kind: Task['kind']): Promise<void> => {
    const wanted = taskOf(kind, fields);
    if ('problem' in wanted) return setAnswer(wanted);
    setAnswer({ isWorking: true });
    setAnswer({ result: await askWorker(wanted.task) });
  };
  const share = async (): Promise<void> => {
    const { text, scheme, secret, otherSecrets } = fields;
    const problem = notToShare(text, [secret, ...otherSecrets]);
    if (problem !== undefined) {
      setLink(undefined);
      return setAnswer({ problem });
    }
    setLink(new URL(addressOf(await packShared({ text, scheme })), location.href).href);
  };

  return (
    <>
      <h2>Playground</h2>
      <p class="lead">
        Paste a request and its secret to find out whether the signature is right and, if not, why. Everything runs in
        this page: nothing is sent anywhere, and it works offline.
      </p>
      <form
        class="playground"
        onSubmit={(event) => {
          event.preventDefault();
          void run('diagnose');
        }}
      >
        <RequestField
          text={fields.text}
          reading={reading}
          onText={(text) => changeRequest({ text })}
          onChosen={(chosen) => change({ chosen })}
          onSample={() => changeRequest({ ...emptyFields, ...refusedPlay })}
        />
        <div class="fields">
          <SignerFields fields={fields} reading={reading} change={change} />
          <OpenVariableFields
            open={reading?.requests[reading.chosen]?.open ?? []}
            variables={fields.variables}
            change={change}
          />
          <Actions
            isWorking={answer.isWorking ?? false}
            canShare={fields.text !== ''}
            link={link}
            onRun={(kind) => void run(kind)}
            onShare={() => void share()}
          />
          <FurtherFields fields={fields} asked={asked?.field} change={change} />
        </div>
      </form>
      <AnswerView answer={answer} onAsk={(field) => setAsked({ field })} />
    </>
  );
}

/** Goes to a field that a diagnosis asks for; of several inputs to the first. */
function focusField(field: FieldName): void {
  const place = document.getElementById(field);
  const input = place?.matches('fieldset') ? place.querySelector<HTMLElement>('input') : place;
  input?.focus();
}

interface Answer {
  readonly isWorking?: boolean;
  /** Why nothing was done, in a sentence. */
  readonly problem?: string;
  readonly result?: Result;
}

function AnswerView({
  answer: { isWorking, problem, result },
  onAsk,
}: {
  answer: Answer;
  onAsk: (field: FieldName) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  // On a small screen the answer would otherwise come where nobody looks.
  useEffect(() => {
    if (result) place.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);
  return (
    <div aria-live="polite" ref={place} class="playground-answer">
      {problem !== undefined && <p class="bad">{problem}</p>}
      {isWorking && (
        <p class="hint">
          Searching… Most mistakes are found at once; a search through all of them takes up to half a minute.
        </p>
      )}
      {result?.requests[result.chosen]?.notes.map((note) => (
        <p key={note} class="hint">
          {note}
        </p>
      ))}
      {result && <OutcomeView outcome={result.outcome} onAsk={onAsk} />}
    </div>
  );
}
