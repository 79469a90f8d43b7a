import { useRef } from 'preact/hooks';
import { grouped } from '../format/number.ts';
import { formNames } from './form-names.ts';
import type { Result } from './work.ts';

const examplePlaceholder = `POST /path?query HTTP/1.1
Host: api.example.com
Authorization: …

{"the":"body"}`;

interface RequestFieldProps {
  readonly text: string;
  /** What was read of the text; `undefined` before that. */
  readonly reading: Result | undefined;
  readonly onText: (text: string) => void;
  readonly onChosen: (index: number) => void;
  readonly onSample: () => void;
}

/** The pasted text, what it was read as and, when several requests were found in it, which of them is meant. */
export function RequestField({ text, reading, onText, onChosen, onSample }: RequestFieldProps) {
  return (
    <div>
      <div class="row request-head">
        <label for="request">Request</label>
        <div class="row">
          <button type="button" onClick={onSample}>
            Try an example
          </button>
          <FileButton onText={onText} />
        </div>
      </div>
      <textarea
        id="request"
        rows={16}
        spellcheck={false}
        value={text}
        aria-describedby="request-read request-hint"
        placeholder={examplePlaceholder}
        onInput={(event) => onText(event.currentTarget.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          const file = event.dataTransfer?.files[0];
          if (!file) return;
          event.preventDefault();
          void file.text().then(onText);
        }}
      />
      {text.trim() !== '' && reading && <ReadAs reading={reading} />}
      {reading && reading.requests.length > 1 && <Choice reading={reading} onChosen={onChosen} />}
      <p class="hint" id="request-hint">
        Paste what you have, or drop a file: raw HTTP, a curl command or its -v output, a HAR or .http file, a copy from
        Postman's Console or developer tools, a Postman collection, or just your code.
      </p>
    </div>
  );
}

/** Opens a file as if it had been dropped. */
function FileButton({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Open a file
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File with the request"
        onChange={({ currentTarget }) => {
          void currentTarget.files?.[0]?.text().then(onText);
          // The same file, changed meanwhile, can be opened again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** What the text was taken for; of what is no request, nothing is said before somebody asks. */
function ReadAs({ reading: { requests, chosen } }: { reading: Result }) {
  const request = requests[chosen];
  if (!request) return null;
  const { form, title } = request;
  return (
    <p class="hint" id="request-read" aria-live="polite">
      Read as {formNames[form]}
      {requests.length > 1 ? ` with ${grouped(requests.length)} requests` : ''}: <code class="wrap">{title}</code>
    </p>
  );
}

function Choice({ reading: { requests, chosen }, onChosen }: { reading: Result; onChosen: (index: number) => void }) {
  return (
    <>
      <label for="entry">Which of the requests</label>
      <select id="entry" value={chosen} onChange={(event) => onChosen(Number(event.currentTarget.value))}>
        {requests.map(({ title }, index) => (
          <option key={index} value={index}>
            {title}
          </option>
        ))}
      </select>
    </>
  );
}
