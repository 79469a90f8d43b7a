import { told, type Told } from '../search/told.ts';
import { bodyLength } from '../../message.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { isNormalizable } from '../text/normalizable.ts';

/** The length counted in another unit, or written where it stays blank. */
export const headerContentLength: MistakeClass<Told> = {
  id: 'header/content-length',
  rank: 370,
  needs: 'content-length',
  values: function* (slot, { bodyText, message }) {
    if (slot.source.from !== 'header' || slot.source.header !== 'content-length') return;
    const bytes = bodyLength(message.body);
    const counts: readonly [string, number | undefined][] = [
      ['in bytes', bytes],
      ['in UTF-16 units (string length)', bodyText?.length],
      ['in characters', bodyText === undefined ? undefined : [...bodyText].length],
      [
        'in grapheme clusters',
        bodyText !== undefined && isNormalizable(bodyText) ? bodyText.normalize('NFC').length : undefined,
      ],
      ['with a newline', bytes + 1],
      ['with a CRLF', bytes + 2],
      ['without its last byte', bytes - 1],
      ['as twice the characters (UTF-16)', bodyText === undefined ? undefined : bodyText.length * 2],
    ];
    for (const [detail, count] of counts)
      if (count !== undefined) yield { detail: told(detail), cost: 1, value: String(count) } satisfies ValueMove<Told>;
    for (const [detail, value] of [
      ['as 0', '0'],
      ['blank', ''],
      ['as the text "undefined"', 'undefined'],
      ['as the text "null"', 'null'],
      ['as -1', '-1'],
    ] as const) {
      yield { detail: told(detail), cost: 1, value };
    }
  },
  say: ({ how }, { yours, expected }) => `The content length was signed ${how}: "${yours}" instead of "${expected}".`,
  fixes: {
    javascript: 'Buffer.byteLength(body) // not body.length',
    python: 'len(body.encode())  # not len(body)',
    csharp: 'Encoding.UTF8.GetByteCount(body) // not body.Length',
    java: 'body.getBytes(StandardCharsets.UTF_8).length // not body.length()',
    php: 'strlen($body) // not mb_strlen($body)',
  },
};
