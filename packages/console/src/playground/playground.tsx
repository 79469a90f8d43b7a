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
  const search = useRef<AbortController>(undefined);
  const change = (changed: Partial<FieldValues>): void => setFields((before) => ({ ...before, ...changed }));

  useEffect(() => {
    readyWorker();
    return () => search.current?.abort();
  }, []);
  useEffect(() => {
    if (shared === undefined) return;
    void unpackShared(shared).then((request) => {
      if (request) changeRequest(request);
      else setAnswer({ problem: 'The link is damaged: the request in it cannot be read.' });
    });
  }, [shared]);
  useEffect(() => {
    if (asked) focusField(asked.field);
  }, [asked]);

  /** Another request: what was found out about the one before is gone, and what is being searched for would be about that. */
  const changeRequest = (changed: Partial<FieldValues>): void => {
    search.current?.abort();
    change({ chosen: undefined, ...changed });
    setAnswer(({ problem }) => (problem === undefined ? {} : { problem }));
    setLink(undefined);
  };
  const run = async (kind: Task['kind']): Promise<void> => {
    const wanted = taskOf(kind, fields);
    if ('problem' in wanted) return setAnswer(wanted);
    search.current?.abort();
    const mine = new AbortController();
    search.current = mine;
    setAnswer({ isWorking: true });
    const result = await askWorker(wanted.task, mine.signal);
    if (result && search.current === mine) setAnswer({ result });
  };
  const stop = (): void => {
    search.current?.abort();
    setAnswer({ problem: 'Stopped: what was not tried yet may still be the mistake.' });
  };
  const share = async (): Promise<void> => {
    const { text, scheme, secret, otherSecrets } = fields;
    const problem = notToShare(text, [secret, ...otherSecrets]);
    if (problem !== undefined) {
      setLink(undefined);
      return setAnswer({ problem });
    }
    const packed = await packShared({ text, scheme });
    if (packed === undefined) return setAnswer({ problem: 'No link was made: the request is too long for one.' });
    setLink(new URL(addressOf(packed), location.href).href);
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
          onChosen={(chosen) => changeRequest({ chosen })}
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
      <AnswerView answer={answer} onStop={stop} onAsk={(field) => setAsked({ field })} />
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
  onStop,
  onAsk,
}: {
  answer: Answer;
  onStop: () => void;
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
        <div class="row">
          <p class="hint">
            Searching… Most mistakes are found at once; a search through all of them takes up to half a minute.
          </p>
          <button type="button" onClick={onStop}>
            Stop
          </button>
        </div>
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
