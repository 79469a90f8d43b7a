import { stringToSignFixes } from '../fixes/concatenation.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

interface Characters {
  readonly kind: 'characters';
  readonly characters: string;
}

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
  },
  say: (detail) => `The characters ${detail.characters} stand in the string to sign where a newline belongs.`,
  fixes: ({ scheme }) =>
    stringToSignFixes(scheme.parts, {
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
