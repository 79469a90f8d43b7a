import type { DiagnosisNote, FixLanguage, Mistake } from '../diagnose/diagnosis.ts';
import { kindOfCode } from '../requests/code-kind.ts';
import { readingRules } from './catalog.ts';
import { signingCode } from './kit/signing-code.ts';

/** What was read off somebody's code. */
export interface CodeReading {
  readonly language: FixLanguage;
  /** The id of the scheme by which it signs, where its headers and hosts tell. */
  readonly scheme?: string;
  /** Each likely and none proven; `yours` is the line of the code. */
  readonly mistakes: readonly Mistake[];
  /** How it was read, and what to bring for a proof. */
  readonly notes: readonly DiagnosisNote[];
}

const mostShown = 160;

/**
 * Reads code that makes or checks a signature, for mistakes that can be seen in it: a script, a program, or a text with one in
 * it. Nothing is run, so what is found is likely and what is not found may still be wrong.
 *
 * @returns nothing where there is no such code in the text
 */
export function readCode(text: string): CodeReading | undefined {
  const code = signingCode(text);
  if (!code) return undefined;
  const mistakes = readingRules.flatMap(({ mistake: id, find }): Mistake[] => {
    const found = find(code);
    if (!found) return [];
    const { at, part, summary, fix } = found;
    return [
      {
        id,
        proven: false,
        certainty: 'likely',
        summary,
        yours: lineAt(code.whole, at),
        expected: '',
        at: { part, offset: 0 },
        fix,
      },
    ];
  });
  const bring = kindOfCode(text.trimStart())?.bring ?? 'the request as it was sent';
  return {
    language: code.language,
    ...(code.scheme && { scheme: code.scheme.id }),
    mistakes,
    notes: [{ id: 'code/read', summary: `this was read off the code and not run; for a proof bring ${bring}` }],
  };
}

/** Texts in which a key could stand in a program. */
const keyLike = /(["'`])[A-Za-z0-9+/=_-]{16,}\1|(?<=accesskey=)[A-Za-z0-9+/=]+/gi;

/** The line of a place in a text, cut where it is long, without what may be a key. */
function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text
    .slice(start, end < 0 ? text.length : Math.min(end, start + 2000))
    .trim()
    .replace(keyLike, (_, quote = '') => `${quote}…${quote}`);
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line;
}
