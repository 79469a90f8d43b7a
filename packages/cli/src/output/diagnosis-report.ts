import type { Certainty, Diagnosis, FixLanguage, Mistake, YourString } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { Terminal } from '../terminal.ts';
import { differenceLines } from './difference-lines.ts';

const verdicts = {
  valid: { style: 'green', text: 'the signature is valid' },
  explained: { style: 'yellow', text: 'explained' },
  unexplained: { style: 'red', text: 'unexplained' },
  malformed: { style: 'red', text: 'malformed: it cannot be judged as a signed request' },
  basic: { style: 'green', text: 'the credentials are valid, and there is no signature' },
} as const;

const certainties: Readonly<Record<Certainty, string>> = {
  proven: 'proven: recomputing with this mistake gives the received value exactly',
  certain: 'certain: the request itself shows it',
  likely: 'likely, not proven',
};

const counts = new Intl.NumberFormat('en');

/** The same of what the user's own code makes of the request. */
const ownCertainties: typeof certainties = {
  ...certainties,
  proven: 'proven: doing this gives exactly yours',
};

/**
 * A diagnosis for people: the fact, both texts with the first difference, how sure it is, the fix.
 *
 * @param language of the fix, where it is known
 */
export function diagnosisReport(
  diagnosis: Omit<Diagnosis, 'scheme'> & { readonly scheme: string | null },
  message: Message,
  language: FixLanguage | undefined,
  paint: Terminal['paint'],
): string {
  const { verdict, mistakes, alternatives, notes, missing, tried, elapsedMs, scheme, yourString } = diagnosis;
  const isBasic = verdict === 'valid' && notes.some(({ id }) => id === 'scheme/basic');
  const { style, text } = verdicts[isBasic ? 'basic' : verdict];
  const lines = [
    `${paint('bold', paint(style, text))}  ${scheme === null ? '' : `${scheme}, `}${message.method} ${message.target}`,
  ];
  if (mistakes.length > 1) lines.push('', `${mistakes.length} things together:`);
  for (const mistake of mistakes) lines.push('', ...describe(mistake, language, paint));
  if (verdict === 'unexplained') {
    lines.push('', 'No mistake that was tried gives this signature.');
  }
  if (alternatives.length > 0) {
    lines.push('', paint('bold', 'or, with the same result'));
    for (const parts of alternatives) {
      lines.push(`  ${parts.map(({ id }) => id).join(' + ')}: ${parts.map(({ summary }) => summary).join(' ')}`);
    }
  }
  if (yourString) lines.push('', ...describeOwn(yourString, language, paint));
  if (notes.length > 0)
    lines.push('', paint('bold', 'notes'), ...notes.map(({ id, summary }) => `  ${id}: ${summary}`));
  if (missing.length > 0)
    lines.push('', paint('bold', 'to try more'), ...missing.map(({ option, summary }) => `  ${option}: ${summary}`));
  const elapsed = elapsedMs < 10 ? elapsedMs.toFixed(1) : String(Math.round(elapsedMs));
  lines.push('', paint('dim', `${counts.format(tried)} candidate${tried === 1 ? '' : 's'} tried in ${elapsed} ms`));
  return lines.join('\n');
}

/** What the user's own code makes of the request. */
function describeOwn(
  { equal, mistakes }: YourString,
  language: FixLanguage | undefined,
  paint: Terminal['paint'],
): string[] {
  const verdict = equal ? 'right, byte for byte' : mistakes.length > 0 ? 'different' : 'different, unexplained';
  const head = `${paint('bold', 'your string')}  ${paint(equal ? 'green' : 'yellow', verdict)}`;
  return [head, ...mistakes.flatMap((mistake) => ['', ...describe(mistake, language, paint, ownCertainties)])];
}

/** One mistake: what it is and how sure, the fact, both texts, the fix. */
export function describe(
  mistake: Mistake,
  language: FixLanguage | undefined,
  paint: Terminal['paint'],
  words = certainties,
): string[] {
  const { id, certainty, summary, yours, expected, fix } = mistake;
  const strings = yours === '' && expected === '' ? [] : both(mistake, paint);
  const wanted = language ?? 'javascript';
  const shown = fix[wanted] === undefined ? 'javascript' : wanted;
  const code = fix[shown];
  // Nobody chose it, and no agent told it.
  const hint = language === undefined ? '; --language for others' : '';
  return [
    `${paint('bold', id)}  ${paint(certainty === 'likely' ? 'yellow' : 'green', words[certainty])}`,
    `  ${summary}`,
    ...(strings.length > 0 ? ['', ...strings] : []),
    ...(code ? ['', `  fix (${shown}${hint})`, ...code.split('\n').map((line) => `    ${line}`)] : []),
  ];
}

/** Both values, and where they part; keys are told by their fingerprints, of which no place means anything. */
function both({ yours, expected, at }: Mistake, paint: Terminal['paint']): string[] {
  const lines = differenceLines(['  yours', '  expected'], [yours, expected]);
  if (at.part === 'key') return lines.slice(0, 2);
  return [...lines, paint('dim', `  first difference: byte ${at.offset} of ${at.part}`)];
}
