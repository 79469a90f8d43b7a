import type { Fixes } from '../diagnosis.ts';
import { stringToSignFixes } from '../fixes/concatenation.ts';
import { encodeComponent, encodeRfc3986, encodeWhole } from '../text/percent-encoding.ts';
import { bytesOf } from '../text/visible.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type Characters =
  | { readonly kind: 'characters'; readonly characters: string }
  /** With all that is not plain: the string to sign went through a URL encoder. */
  | { readonly kind: 'URL-encoded'; readonly by: keyof typeof encoders };

const encoders = {
  encodeURIComponent: encodeComponent,
  'RFC 3986': encodeRfc3986,
  encodeURI: encodeWhole,
  'a form': (text: string) => encodeRfc3986(text).replaceAll('%20', '+'),
  'Python’s quote': (text: string) => encodeRfc3986(text).replaceAll('%2F', '/'),
} as const;

/** The two characters backslash and n where a newline belongs. */
export const layoutLiteralNewline: MistakeClass<Characters> = {
  id: 'layout/literal-newline',
  rank: 300,
  needs: 'a newline',
  wholeString: true,
  layouts: function* (layout) {
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
      }));
      yield {
        detail: { kind: 'characters', characters: text },
        cost,
        layout: everywhere,
      } satisfies LayoutMove<Characters>;
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
    for (const [by, encode] of Object.entries(encoders) as [keyof typeof encoders, (text: string) => string][])
      yield { detail: { kind: 'URL-encoded', by }, cost: 3, layout, encode: (text) => bytesOf(encode(text)) };
  },
  say: (detail) =>
    detail.kind === 'URL-encoded'
      ? `The string to sign was percent-encoded as a whole (as by ${detail.by}), so that %0A stands where a newline belongs.`
      : `The characters ${detail.characters} stand in the string to sign where a newline belongs.`,
  fixes: ({ scheme }, { kind }) => (kind === 'URL-encoded' ? stringToSignFixes(scheme.parts) : newlineFixes),
};

const newlineFixes: Fixes = {
  javascript: "'\\n' // in quotes or backticks; String.raw and '\\\\n' are two characters",
  python: "'\\n'  # not r'\\n'",
  csharp: '"\\n" // not @"\\n"',
  java: '"\\n" // not "\\\\n"',
  php: '"\\n" // double quotes: \'\\n\' is two characters; bash: $\'\\n\'; PowerShell: "`n"',
  postman: "'\\n'",
};
