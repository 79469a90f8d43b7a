/**
 * Why: three rules of the house are about names and files, which no linter rule covers: no `export *`, no barrels called
 * index, and no file or folder named after nothing (utils, common, …). Run by `npm run lint`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const emptyNames = /(^|\/)(utils?|common|helpers?|shared|misc)(\.|\/|$)/i;

/** The violations among the given files; `read` gives a file's text. */
export function layoutViolations(files, read) {
  const violations = [];
  for (const file of files) {
    if (emptyNames.test(file)) violations.push(`${file}: name the concept instead`);
    if (!/\.(ts|tsx|js|mjs)$/.test(file)) continue;
    if (/(^|\/)index\.(ts|tsx|js|mjs)$/.test(file))
      violations.push(`${file}: no index files; import the file that has the name`);
    if (/^export \*/m.test(read(file))) violations.push(`${file}: no "export *"`);
  }
  return violations;
}

if (process.argv[1] === import.meta.filename) {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => /^(packages|tools|examples|benchmarks)\//.test(file));
  const violations = layoutViolations(files, (file) => readFileSync(file, 'utf8'));
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
