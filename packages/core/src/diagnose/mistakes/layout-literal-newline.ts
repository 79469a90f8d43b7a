import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { utf8 } from '../../canonical/byte-encoding.ts';
import { hasLines } from '../reading/layout.ts';
import { formDialects } from '../text/percent-encoding.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type Literal =
  | { readonly kind: 'characters'; readonly characters: string }
  /** All of the string was percent-encoded, its newlines too. */
  | { readonly kind: 'percent-encoded'; readonly dialect: string }
  | { readonly kind: 'JSON string' };

/** Of the dialects of percent-encoding, the likely ones. */
const usualDialects = 4;

/** The two characters backslash and n where a newline belongs. */
export const layoutLiteralNewline: MistakeClass<Literal> = {
  id: 'layout/literal-newline',
  rank: 300,
  needs: 'a newline',
  wholeString: true,
  layouts: function* (layout, { isStringLong }) {
    for (const [text, cost] of [
      ['\\n', 1],
      ['\\r\\n', 1],
      ['\\\\n', 2],
      ['`n', 1],
      ['%0A', 2],
      ['%0a', 2],
      ['&#10;', 3],
      ['<br>', 3],
      ['/n', 2],
      ['\\u000a', 3],
      ['\\x0a', 3],
    ] as const) {
      const everywhere = layout.map((slot) => ({
        ...slot,
        after: slot.after.replaceAll('\n', text),
        before: slot.before.replaceAll('\n', text),
        value: hasLines(slot) ? String(slot.value).replaceAll('\n', text) : slot.value,
      }));
      yield {
        detail: { kind: 'characters', characters: text },
        cost,
        layout: everywhere,
      } satisfies LayoutMove<Literal>;
      if (layout.filter(({ after }) => after.includes('\n')).length < 2) continue;
      for (const [index, slot] of layout.entries()) {
        if (slot.after.includes('\n'))
          yield {
            detail: { kind: 'characters', characters: text },
            cost: cost + 1,
            layout: layout.with(index, { ...slot, after: slot.after.replace('\n', text) }),
          };
      }
    }
    if (isStringLong) return;
    yield { detail: { kind: 'JSON string' }, cost: 3, layout, encode: (text) => utf8.encode(JSON.stringify(text)) };
    for (const [at, { label, encode }] of formDialects.entries()) {
      yield {
        detail: { kind: 'percent-encoded', dialect: label },
        cost: at < usualDialects ? 2 : 3,
        layout,
        encode: (text) => utf8.encode(encode(text)),
      };
    }
  },
  say: (detail) => {
    if (detail.kind === 'percent-encoded')
      return `All of the string to sign was percent-encoded (${detail.dialect}), so that %0A stands where a newline belongs.`;
    if (detail.kind === 'JSON string')
      return 'The string to sign was written as a JSON string: in quotes, with the characters \\n where a newline belongs.';
    return `The characters ${detail.characters} stand in the string to sign where a newline belongs.`;
  },
  fixes: ({ scheme }) =>
    stringToSignFixes(scheme, {
      javascript: 'in backticks or quotes; String.raw and a doubled backslash give two characters',
      python: 'not r-strings',
      csharp: 'not @-strings',
      java: 'one backslash',
      php: 'double quotes: in single quotes \\n is two characters',
      go: 'not in backquotes',
      ruby: 'double quotes: in single quotes it is two characters',
      bash: '$ before the quotes',
      powershell: '`n in double quotes',
    }),
};
