import type { Terminal } from '../terminal.ts';
import type { ProbeLine, AttackOutcome } from './probe-endpoint.ts';

/** A verdict as the table says it. */
export const verdictWords: Readonly<Record<AttackOutcome, string>> = {
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
  const of = (verdict: AttackOutcome): number => lines.filter((line) => line.verdict === verdict).length;
  const counts = [
    `${of('refused')} refused`,
    counted(of('limit'), 'limit', ' of the scheme'),
    counted(holes.length, 'hole'),
  ];
  if (of('not-tried') > 0) counts.push(`${of('not-tried')} not tried`);
  return [...explained, '', counts.join(', ')].join('\n');
}

function counted(count: number, word: string, rest = ''): string {
  return `${count === 0 ? 'no' : count} ${word}${count > 1 ? 's' : ''}${rest}`;
}
