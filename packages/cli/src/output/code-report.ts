import type { CodeReading } from '@countersign/core/code-reading';
import type { FixLanguage } from '@countersign/core/diagnose';
import type { Terminal } from '../terminal.ts';
import { describe } from './diagnosis-report.ts';

/** What was read off somebody's code, for people: each mistake with the line that makes it and the fix, and what would prove it. */
export function codeReport(
  { language, scheme, mistakes, notes }: CodeReading,
  wanted: FixLanguage,
  paint: Terminal['paint'],
): string {
  const what = `${language} code${scheme === undefined ? '' : ` by ${scheme}`}`;
  const head = `${paint('bold', paint('yellow', 'likely'))}  ${what}`;
  const each = mistakes.flatMap((mistake) => {
    const [title = '', summary = '', ...rest] = describe({ ...mistake, yours: '' }, wanted, paint);
    return ['', title, summary, '', `  in  ${mistake.yours}`, ...rest];
  });
  const told = ['', paint('bold', 'notes'), ...notes.map(({ id, summary }) => `  ${id}: ${summary}`)];
  return [head, ...each, ...told].join('\n');
}
