import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type End =
  | { readonly kind: 'too many'; readonly what: keyof typeof names }
  /** The scheme's own ending. */
  | { readonly kind: 'lacking'; readonly ending: string }
  /** What the echo of sh prints that knows no options. */
  | { readonly kind: 'echo'; readonly option: string };

/** A newline at the end of the string to sign. */
export const layoutTrailingNewline: MistakeClass<End> = {
  id: 'layout/trailing-newline',
  rank: 290,
  needs: 'nothing',
  wholeString: true,
  layouts: function* (layout) {
    const last = layout.at(-1);
    if (!last) return;
    const ending = (after: string, detail: End, cost: number): LayoutMove<End> => ({
      detail,
      cost,
      layout: [...layout.slice(0, -1), { ...last, after }],
    });
    const more = (text: keyof typeof names, cost: number): LayoutMove<End> =>
      ending(last.after + text, { kind: 'too many', what: text }, cost);
    yield more('\n', 1);
    yield more('\r\n', 1);
    yield more('\\n', 2);
    yield more('\n\n', 2);
    yield more(' ', 2);
    yield more('\0', 3);
    yield more('\r', 3);
    yield more(' \n', 3);
    const [first, ...others] = ending(`${last.after}\n`, { kind: 'too many', what: '\n' }, 2).layout;
    for (const option of ['-n', '-e', '-ne']) {
      if (first)
        yield {
          detail: { kind: 'echo', option },
          cost: 2,
          layout: [{ ...first, before: `${option} ${first.before}` }, ...others],
        };
    }
    if (last.after !== '') yield ending('', { kind: 'lacking', ending: last.after }, 1);
  },
  say: (detail) =>
    detail.kind === 'echo'
      ? `The string to sign begins with "${detail.option}" and ends in a newline: the echo of sh has no such option, and prints it.`
      : detail.kind === 'lacking'
        ? `The string to sign lacks the ${JSON.stringify(detail.ending)} at its end.`
        : `The string to sign ends in ${names[detail.what]}.`,
  fixes: ({ scheme }, { kind }) =>
    kind === 'lacking'
      ? stringToSignFixes(scheme)
      : stringToSignFixes(scheme, {
          javascript: 'nothing after the last part',
          python: 'nothing after the last part',
          csharp: 'not AppendLine',
          java: 'not println',
          php: 'nothing after the last part',
          go: 'not Fprintln',
          ruby: 'nothing after the last part',
          bash: 'printf %s "$string_to_sign", not echo',
          powershell: 'nothing after the last part',
          postman: 'nothing after the last part',
        }),
};

const names = {
  '\n': 'a newline too many',
  '\r\n': 'a CRLF too many',
  '\\n': 'the two characters \\n',
  '\n\n': 'two newlines too many',
  ' ': 'a space too many',
  '\0': 'a zero byte',
  '\r': 'a carriage return',
  ' \n': 'a space and a newline too many',
} as const;
