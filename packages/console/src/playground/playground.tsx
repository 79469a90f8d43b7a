import { useEffect, useRef, useState } from 'preact/hooks';
import { takeHanded } from '../handed-request.ts';
import { linkTo } from '../routing.ts';
import { Actions } from './actions.tsx';
import { emptyFields, taskOf, type FieldValues } from './field-values.ts';
import { OutcomeView } from './outcome-view.tsx';
import { OwnCodeFields } from './own-code-fields.tsx';
import { RequestField } from './request-field.tsx';
import { refusedPlay } from './samples.ts';
import { notToShare, packShared, unpackShared } from './share-link.ts';
import { SignerFields } from './signer-fields.tsx';
import type { Result, Task } from './work.ts';
import { askWorker, readyWorker } from './worker-client.ts';
import './playground.css';

/** Sign, verify or diagnose a pasted request, entirely in this page. */
export function Playground({ shared }: { shared: string | undefined }) {
  const [fields, setFields] = useState(() => emptyFields(refusedPlay.scheme));
  const [answer, setAnswer] = useState<Answer>({});
  const [link, setLink] = useState<string>();
  const change = (changed: Partial<FieldValues>): void => setFields((before) => ({ ...before, ...changed }));

  useEffect(() => void readyWorker(), []);
  useEffect(() => {
    const handed = takeHanded();
    if (handed) change(handed);
  }, []);
  useEffect(() => {
    if (shared === undefined) return;
    void unpackShared(shared).then((request) => {
      if (request) change(request);
      else setAnswer({ problem: 'The link is damaged: the request in it cannot be read.' });
    });
  }, [shared]);

  /** Another request: what was found out about the one before is gone. */
  const changeRequest = (changed: Partial<FieldValues>): void => {
    change({ ...changed, chosen: 0 });
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
    const { text, scheme, secret } = fields;
    const problem = notToShare(text, secret);
    if (problem !== undefined) {
      setLink(undefined);
      return setAnswer({ problem });
    }
    setLink(new URL(linkTo('playground', await packShared({ text, scheme })), location.href).href);
  };

  return (
    <>
      <h2>Playground</h2>
      <p class="lead">
        Paste a request and the secret. Everything is computed in this page: neither of them leaves it, and it works
        with the network cut.
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
          found={answer.result?.requests ?? []}
          chosen={fields.chosen}
          onText={(text) => changeRequest({ text })}
          onChosen={(chosen) => change({ chosen })}
          onSample={() => changeRequest(refusedPlay)}
        />
        <div class="fields">
          <SignerFields fields={fields} change={change} />
          <OwnCodeFields fields={fields} change={change} />
          <Actions
            isWorking={answer.isWorking ?? false}
            canShare={fields.text !== ''}
            link={link}
            onRun={(kind) => void run(kind)}
            onShare={() => void share()}
          />
        </div>
      </form>
      <AnswerView answer={answer} chosen={fields.chosen} />
    </>
  );
}

interface Answer {
  readonly isWorking?: boolean;
  /** Why nothing was done, in a sentence. */
  readonly problem?: string;
  readonly result?: Result;
}

function AnswerView({ answer: { isWorking, problem, result }, chosen }: { answer: Answer; chosen: number }) {
  const place = useRef<HTMLDivElement>(null);
  // On a small screen the answer would otherwise come where nobody looks.
  useEffect(() => {
    if (result) place.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);
  return (
    <div aria-live="polite" ref={place} class="playground-answer">
      {problem !== undefined && <p class="bad">{problem}</p>}
      {isWorking && <p class="hint">Searching…</p>}
      {result?.requests[chosen]?.notes.map((note) => (
        <p key={note} class="hint">
          {note}
        </p>
      ))}
      {result && <OutcomeView outcome={result.outcome} />}
    </div>
  );
}
