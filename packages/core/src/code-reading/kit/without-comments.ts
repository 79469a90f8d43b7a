import type { FixLanguage } from '../../diagnose/diagnosis.ts';

const byHash: readonly FixLanguage[] = ['python', 'ruby', 'bash', 'powershell', 'php'];
const bySlashes: readonly FixLanguage[] = ['javascript', 'postman', 'csharp', 'java', 'go', 'php'];

/**
 * Code with blanks in the place of its comments, so that places stay the same. Texts are left as they are; one that does not
 * end in its line is taken to end there, for prose has apostrophes.
 */
export function withoutComments(code: string, language: FixLanguage): string {
  const [hash, slashes] = [byHash.includes(language), bySlashes.includes(language)];
  let result = '';
  let kept = 0;
  let at = 0;
  const blank = (end: number): void => {
    result += code.slice(kept, at) + code.slice(at, end).replace(/[^\n]/g, ' ');
    kept = at = end;
  };
  const endOf = (mark: string, from: number, ending: number): number => {
    const found = code.indexOf(mark, from);
    return found < 0 ? code.length : found + ending;
  };
  while (at < code.length) {
    const character = code[at] ?? '';
    if (character === '"' || character === "'") at = endOfText(code, at);
    else if (slashes && code.startsWith('//', at) && code[at - 1] !== ':') blank(endOf('\n', at, 0));
    else if (slashes && code.startsWith('/*', at)) blank(endOf('*/', at + 2, 2));
    else if (hash && character === '#' && /^[\s]?$/.test(code[at - 1] ?? '')) blank(endOf('\n', at, 0));
    else at++;
  }
  return result + code.slice(kept);
}

/** Where a text ends that begins here: behind its quote, or at the end of its line. */
function endOfText(code: string, start: number): number {
  const quote = code[start];
  for (let at = start + 1; at < code.length; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === quote) return at + 1;
    else if (code[at] === '\n') return at;
  }
  return code.length;
}
