import { told, type Told } from '../search/told.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

/** A newline at the end of the string to sign. */
export const layoutTrailingNewline: MistakeClass<Told> = {
  id: 'layout/trailing-newline',
  rank: 290,
  needs: 'nothing',
  wholeString: true,
  layouts: function* (layout) {
    const last = layout.at(-1);
    if (!last) return;
    const ending = (after: string, detail: string, cost: number): LayoutMove<Told> => ({
      detail: told(detail),
      cost,
      layout: [...layout.slice(0, -1), { ...last, after }],
    });
    yield ending(`${last.after}\n`, 'ends in a newline too many', 1);
    yield ending(`${last.after}\r\n`, 'ends in a CRLF too many', 1);
    yield ending(`${last.after}\\n`, 'ends in the two characters \\n', 2);
    yield ending(`${last.after}\n\n`, 'ends in two newlines too many', 2);
    yield ending(`${last.after} `, 'ends in a space too many', 2);
    yield ending(`${last.after}\0`, 'ends in a zero byte', 3);
    yield ending(`${last.after}\r`, 'ends in a carriage return', 3);
    yield ending(`${last.after} \n`, 'ends in a space and a newline too many', 3);
    if (last.after !== '') yield ending('', `lacks the ${JSON.stringify(last.after)} at its end`, 1);
  },
  say: ({ how }) => `The string to sign ${how}.`,
  fixes: {
    javascript: "lines.join('\\n') // not lines.map(line => line + '\\n').join('')",
    python: "'\\n'.join(lines)  # no newline at the end",
    csharp: 'string.Join("\\n", lines) // not AppendLine',
    java: 'String.join("\\n", lines) // not println',
    php: 'implode("\\n", $lines); // in a shell: printf %s, not echo',
    postman: "lines.join('\\n')",
  },
};
