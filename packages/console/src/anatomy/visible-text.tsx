/** Characters that the eye would miss, as people write them. */
const marks: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  ' ': '·',
  '\u00a0': '⍽',
  '\ufeff': 'BOM',
};
// eslint-disable-next-line no-control-regex
const invisible = /([\n\r\t\u00a0\ufeff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u2028\u2029])/;

/** A text with its invisible characters made visible; each line break is shown and kept. */
export function VisibleText({ text, spaces = false }: { text: string; spaces?: boolean }) {
  const pieces = text.split(invisible);
  return (
    <>
      {pieces.map((piece, index) => {
        if (index % 2 === 0) return spaces ? piece.replaceAll(' ', '·') : piece;
        const mark = marks[piece] ?? `\\x${(piece.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
        return (
          <span key={index} class="invisible-character">
            {mark}
            {piece === '\n' ? '\n' : ''}
          </span>
        );
      })}
    </>
  );
}
