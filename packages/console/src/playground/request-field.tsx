import type { ShownRequest } from './work.ts';

const examplePlaceholder = `POST /path?query HTTP/1.1
Host: api.example.com
Authorization: …

{"the":"body"}`;

/** The pasted text and, when several requests were found in it, which of them is meant. */
export function RequestField({
  text,
  found,
  chosen,
  onText,
  onChosen,
  onSample,
}: {
  text: string;
  found: readonly ShownRequest[];
  chosen: number;
  onText: (text: string) => void;
  onChosen: (index: number) => void;
  onSample: () => void;
}) {
  return (
    <div>
      <div class="row request-head">
        <label for="request">Request</label>
        <button type="button" onClick={onSample}>
          Show me a refused one
        </button>
      </div>
      <textarea
        id="request"
        rows={16}
        spellcheck={false}
        value={text}
        aria-describedby="request-hint"
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
      <p class="hint" id="request-hint">
        A raw HTTP request, a curl command or what it shows with -v, a HAR or .http file, what Postman's console or
        developer tools give, a Postman collection, a script or program alone: it is recognized by itself. A file can be
        dropped here.
      </p>
      {found.length > 1 && (
        <>
          <label for="entry">Which of the requests</label>
          <select id="entry" value={chosen} onChange={(event) => onChosen(Number(event.currentTarget.value))}>
            {found.map(({ title }, index) => (
              <option key={index} value={index}>
                {title}
              </option>
            ))}
          </select>
        </>
      )}
    </div>
  );
}
