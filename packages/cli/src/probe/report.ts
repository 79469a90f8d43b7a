import type { Terminal } from '../terminal.ts';
import type { ProbeLine, Verdict } from './probe-endpoint.ts';

/** A verdict as the table says it. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  refused: 'refused',
  limit: 'limit of the scheme',
  hole: 'hole',
  'not-tried': 'not tried',
};

const styles = { refused: 'green', limit: 'yellow', hole: 'red', 'not-tried': 'yellow' } as const;
const verdictWidth = Math.max(...Object.values(verdictWords).map(({ length }) => length));

/**
 * One attack as a line of the table.
 *
 * @param titleWidth that of the longest title
 */
export function lineText(
  { attack, verdict, answer, detail }: ProbeLine,
  titleWidth: number,
  { paint }: Pick<Terminal, 'paint'>,
): string {
  const word = paint(styles[verdict], verdictWords[verdict].padEnd(verdictWidth));
  const rest = [answer, verdict === 'hole' ? undefined : detail].filter((text) => text).join('; ');
  return `${word}  ${attack.title.padEnd(titleWidth)}  ${rest}`.trimEnd();
}

/** What stands behind the table: each hole with how it is closed, then the count. */
export function summaryText(lines: readonly ProbeLine[], { paint }: Pick<Terminal, 'paint'>): string {
  const holes = lines.filter(({ verdict }) => verdict === 'hole');
  const explained = holes.flatMap(({ attack, detail }) => [
    '',
    `${paint('red', 'hole')}  ${attack.id}: ${detail ?? attack.title}`,
    `      ${attack.close}`,
  ]);
  const counts = (Object.keys(verdictWords) as Verdict[])
    .map((verdict) => ({ verdict, count: lines.filter((line) => line.verdict === verdict).length }))
    .filter(({ verdict, count }) => count > 0 || verdict === 'hole')
    .map(({ verdict, count }) => `${count} ${verdictWords[verdict]}`);
  return [...explained, '', counts.join(', ')].join('\n');
}
