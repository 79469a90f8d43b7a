import { useEffect, useRef, useState } from 'preact/hooks';
import { CopyButton } from '../controls/copy-button.tsx';
import { addressOf } from '../routing.ts';
import { OutcomeView } from './outcome-view.tsx';
import { refusedPlay } from './samples.ts';
import { packShared, unpackShared } from './share-link.ts';
import type { Result, Task } from './work.ts';
import { askWorker, offeredSchemes, readyWorker } from './worker-client.ts';
import './playground.css';

/** Sign, verify or diagnose a pasted request, entirely in this page. */
export function Playground({ shared }: { shared: string | undefined }) {
  const [text, setText] = useState('');
  const [scheme, setScheme] = useState<string>(refusedPlay.scheme);
  const [secret, setSecret] = useState('');
  const [keyId, setKeyId] = useState('');
  const [now, setNow] = useState('');
  const [yourString, setYourString] = useState('');
  const [yourSignature, setYourSignature] = useState('');
  const [problem, setProblem] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const [working, setWorking] = useState(false);
  const [result, setResult] = useState<Result>();
  const [link, setLink] = useState<string>();
  const schemes = offeredSchemes.value;

  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => void readyWorker(), []);
  // On a small screen the answer would otherwise come where nobody looks.
  useEffect(() => {
    if (result) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);
  useEffect(() => {
    if (shared === undefined) return;
    void unpackShared(shared).then((request) => {
      if (!request) return setProblem('The link is damaged: the request in it cannot be read.');
      setText(request.text);
      setScheme(request.scheme);
    });
  }, [shared]);

  const edit = (next: string): void => {
    setText(next);
    setResult(undefined);
    setLink(undefined);
    setChosen(0);
  };

  const run = async (kind: Task['kind']): Promise<void> => {
    setProblem(undefined);
    setResult(undefined);
    if (text.trim() === '') return setProblem('Paste a request first.');
    if (secret === '') return setProblem('Give the secret; it stays in this page.');
    const nowMs = now === '' ? undefined : Date.parse(now);
    if (Number.isNaN(nowMs)) {
      return setProblem(`The clock "${now}" is not a time; expected for example 2024-05-27T09:08:07Z.`);
    }
    setWorking(true);
    const clock = nowMs === undefined ? {} : { nowMs };
    setResult(await askWorker({ kind, text, chosen, scheme, secret, keyId, yourString, yourSignature, ...clock }));
    setWorking(false);
  };

  const share = async (): Promise<void> => {
    setLink(new URL(addressOf('playground', await packShared({ text, scheme })), location.href).href);
  };

  const sample = (): void => {
    edit(refusedPlay.text);
    setScheme(refusedPlay.scheme);
    setSecret(refusedPlay.secret);
    setNow(refusedPlay.now);
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
        <div>
          <label for="request">Request</label>
          <textarea
            id="request"
            rows={16}
            spellcheck={false}
            value={text}
            aria-describedby="request-hint"
            onInput={(event) => edit(event.currentTarget.value)}
          />
          <p class="hint" id="request-hint">
            A raw HTTP request, a curl command or what it shows with -v, a HAR or .http file, what Postman's console or
            developer tools give: it is recognized by itself.{' '}
            <button type="button" class="quiet" onClick={sample}>
              Show me a refused one
            </button>
          </p>
          {result && result.requests.length > 1 && (
            <>
              <label for="entry">Which of the requests</label>
              <select id="entry" value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                {result.requests.map(({ title }, index) => (
                  <option key={index} value={index}>
                    {title}
                  </option>
                ))}
              </select>
            </>
          )}
        </div>
        <div class="fields">
          <div>
            <label for="scheme">Scheme</label>
            <select id="scheme" onChange={(event) => setScheme(event.currentTarget.value)}>
              {schemes.map(({ id, title }) => (
                <option key={id} value={id} selected={id === scheme}>
                  {title}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label for="secret">Secret</label>
            <input
              id="secret"
              type="password"
              autocomplete="off"
              value={secret}
              onInput={(event) => setSecret(event.currentTarget.value)}
            />
          </div>
          {schemes.find(({ id }) => id === scheme)?.namesKey && (
            <div>
              <label for="key-id">Key id</label>
              <input
                id="key-id"
                value={keyId}
                placeholder="read from the request"
                autocomplete="off"
                onInput={(event) => setKeyId(event.currentTarget.value)}
              />
            </div>
          )}
          <div>
            <label for="now">Clock</label>
            <input
              id="now"
              value={now}
              placeholder="now"
              autocomplete="off"
              onInput={(event) => setNow(event.currentTarget.value)}
            />
          </div>
          <details>
            <summary>What your own code makes of it</summary>
            <label for="your-string">Your string to sign</label>
            <textarea
              id="your-string"
              rows={5}
              spellcheck={false}
              value={yourString}
              onInput={(event) => setYourString(event.currentTarget.value)}
            />
            <label for="your-signature">Your signature</label>
            <input
              id="your-signature"
              value={yourSignature}
              autocomplete="off"
              onInput={(event) => setYourSignature(event.currentTarget.value)}
            />
          </details>
          <div class="row">
            <button class="primary" type="submit" disabled={working}>
              Diagnose
            </button>
            <button type="button" disabled={working} onClick={() => void run('verify')}>
              Verify
            </button>
            <button type="button" disabled={working} onClick={() => void run('sign')}>
              Sign
            </button>
            <button type="button" class="quiet" disabled={text === ''} onClick={() => void share()}>
              Share
            </button>
          </div>
          {link !== undefined && (
            <div class="row share">
              <input readOnly value={link} aria-label="Link to this request, without the secret" />
              <CopyButton text={link} what="link" />
              <p class="hint">The link carries the request, never the secret.</p>
            </div>
          )}
        </div>
      </form>
      <div aria-live="polite" ref={answer} class="playground-answer">
        {problem !== undefined && <p class="bad">{problem}</p>}
        {working && <p class="hint">Searching…</p>}
        {result?.requests[chosen]?.notes.map((note) => (
          <p key={note} class="hint">
            {note}
          </p>
        ))}
        {result && <OutcomeView outcome={result.outcome} />}
      </div>
    </>
  );
}
