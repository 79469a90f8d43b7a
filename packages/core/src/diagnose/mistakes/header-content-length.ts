import { lengthFixes } from '../fixes/length.ts';
import { bodyLength } from '../../message.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { isNormalizable } from '../text/normalizable.ts';

type Length =
  | { readonly kind: 'counted'; readonly unit: keyof typeof units }
  | { readonly kind: 'number' | 'word'; readonly written: string }
  | { readonly kind: 'blank' };

/** The length counted in another unit, or written where it stays blank. */
export const headerContentLength: MistakeClass<Length> = {
  id: 'header/content-length',
  rank: 370,
  needs: 'content-length',
  values: function* (slot, { bodyText, message }) {
    if (!isLength(slot)) return;
    const bytes = bodyLength(message.body);
    const counts: readonly [keyof typeof units, number | undefined][] = [
      ['bytes', bytes],
      ['UTF-16 units', bodyText?.length],
      ['characters', bodyText === undefined ? undefined : [...bodyText].length],
      ['graphemes', bodyText !== undefined && isNormalizable(bodyText) ? bodyText.normalize('NFC').length : undefined],
      ['newline too', bytes + 1],
      ['CRLF too', bytes + 2],
      ['last byte missing', bytes - 1],
      ['UTF-16 bytes', bodyText === undefined ? undefined : bodyText.length * 2],
    ];
    for (const [unit, count] of counts) {
      if (count !== undefined)
        yield { detail: { kind: 'counted', unit }, cost: 1, value: String(count) } satisfies ValueMove<Length>;
    }
    const others: readonly Length[] = [
      { kind: 'number', written: '0' },
      { kind: 'blank' },
      { kind: 'word', written: 'undefined' },
      { kind: 'word', written: 'null' },
      { kind: 'number', written: '-1' },
    ];
    for (const detail of others) yield { detail, cost: 1, value: 'written' in detail ? detail.written : '' };
  },
  say: (detail, { yours, expected }) =>
    `The content length was signed ${inWords(detail)}: "${yours}" instead of "${expected}".`,
  fixes: lengthFixes,
};

/** The header as it was sent, or the length that a scheme signs in its place. */
function isLength({ source }: Slot): boolean {
  return source.from === 'content-length' || (source.from === 'header' && source.header === 'content-length');
}

const units = {
  bytes: 'in bytes',
  'UTF-16 units': 'in UTF-16 units (string length)',
  characters: 'in characters',
  graphemes: 'in grapheme clusters',
  'newline too': 'with one newline more than the body has',
  'CRLF too': 'with one CRLF more than the body has',
  'last byte missing': 'without the body’s last byte',
  'UTF-16 bytes': 'as twice the characters (UTF-16)',
} as const;

function inWords(detail: Length): string {
  switch (detail.kind) {
    case 'counted':
      return units[detail.unit];
    case 'number':
      return `as ${detail.written}`;
    case 'word':
      return `as the text "${detail.written}"`;
    case 'blank':
      return 'blank';
  }
}
