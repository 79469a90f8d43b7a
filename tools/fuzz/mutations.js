import * as fc from 'fast-check';

/** Texts that stand where parsers decide: ends, escapes, names that every object has, bytes that are no text. */
export const troubling = fc.constantFrom(
  ...'\0 \t \u00a0 \ufeff \ud800 \u0301 é 漢 😀 % %zz %00 %ff " \' \\ $( ${ ` {{ }} - -- = == : :: ; , & ? # / // @ * < > [ ] { } ( ) | ^'.split(
    ' ',
  ),
  ...'__proto__ constructor toString null undefined http:// https:/// ftp://x 1e999 -0 99999999999999999999 NaN'.split(
    ' ',
  ),
  '',
  ' ',
  '\n',
  '\r\n',
  '+275760-09-13T00:00:00Z',
);

const change = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'repeat', 'replace', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 12 }),
  text: fc.oneof(troubling, fc.string({ unit: 'binary', maxLength: 4 })),
});

/** A text of the grammar, changed in up to four places: near enough to be read far, and wrong somewhere. */
export function mutated(texts) {
  return fc.tuple(texts, fc.array(change, { maxLength: 4 })).map(([text, changes]) => changes.reduce(applied, text));
}

function applied(text, { kind, at, length, text: put }) {
  const start = Math.floor(at * text.length);
  const [head, piece, tail] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  if (kind === 'insert') return head + put + piece + tail;
  if (kind === 'delete') return head + tail;
  if (kind === 'repeat') return head + piece.repeat(5) + tail;
  if (kind === 'replace') return head + put + tail;
  return head;
}

/** One of a list, or something troubling in its place. */
export function usually(...values) {
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: troubling });
}

/** Several texts one after the other. */
export function joined(separator, ...texts) {
  return fc.tuple(...texts).map((pieces) => pieces.join(separator));
}

/** A text as bytes, sometimes with bytes that are not UTF-8. */
export function asBytes(texts) {
  return fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 2 }))
    .map(([text, changes]) => {
      const bytes = new TextEncoder().encode(text);
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    });
}
