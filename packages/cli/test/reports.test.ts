import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './in-process.ts';
import { expectSchema } from './schemas.ts';

// Each report is a request as somebody posted it, with what it should be explained by: see reports/README.md.

interface Report {
  readonly id: string;
  readonly kind: string;
  readonly what: string;
  readonly input: 'file' | 'curl' | 'har';
  readonly text: string;
  readonly yourString?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly now: string;
  readonly args: readonly string[];
  readonly expect: readonly string[];
  readonly atLeast?: 'part';
  readonly accept?: readonly string[];
  readonly verdict?: string;
  readonly expectOf?: 'yourString.mistakes';
  readonly notes?: readonly string[];
  readonly missing?: readonly string[];
}

interface Judged {
  readonly verdict: string;
  readonly mistakes: readonly { readonly id: string }[];
  readonly notes: readonly { readonly id: string }[];
  readonly missing: readonly { readonly option: string }[];
  readonly yourString?: { readonly mistakes: readonly { readonly id: string }[] };
}

const reports = readFileSync(new URL('reports/reports.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Report)
  // `npm test` takes one of each kind but those with the longest searches, `npm run test:matrix` all of them.
  .filter(
    ({ kind }, at, all) =>
      process.env['MATRIX'] === 'all' ||
      (!['several-faults', 'header-names', 'endpoint-slash'].includes(kind) &&
        all.findIndex((other) => other.kind === kind) === at),
  );

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'countersign-reports-'))));
afterAll(() => rm(folder, { recursive: true }));

async function judge(report: Report): Promise<Judged> {
  const file = join(folder, `${report.id}.txt`);
  await writeFile(file, report.text);
  const source = report.input === 'curl' ? ['--curl', report.text] : report.input === 'har' ? ['--har', file] : [file];
  const yourString = join(folder, `${report.id}.string`);
  if (report.yourString !== undefined) await writeFile(yourString, report.yourString);
  const own = report.yourString === undefined ? [] : ['--your-string', yourString];
  // What is missing is told however long the search in vain was.
  const brief = report.missing ? ['--budget-ms', '500'] : [];
  const { json } = await answerOf(
    ['diagnose', ...source, ...own, '--now', report.now, '--json', ...brief, ...report.args],
    report.env,
  );
  await expectSchema('diagnose', json);
  return json as Judged;
}

const ids = (mistakes: readonly { readonly id: string }[] = []): string[] => mistakes.map(({ id }) => id);

describe('what people report is explained as it should be', () => {
  test.for(reports)('$kind $id: $what', async (report) => {
    const judged = await judge(report);
    const wanted = report.expect;
    const allowed = new Set([...wanted, ...(report.accept ?? [])]);
    const found = ids(report.expectOf === 'yourString.mistakes' ? judged.yourString?.mistakes : judged.mistakes);
    expect(
      found.filter((id) => !allowed.has(id)),
      `no wrong one; all: ${found.join()}`,
    ).toEqual([]);
    if (wanted.length > 0) {
      const fits =
        report.atLeast === 'part' || report.accept ? found.length > 0 : wanted.every((id) => found.includes(id));
      expect(fits, `wanted ${wanted.join()}, found ${found.join()}`).toBe(true);
    }
    if (report.verdict !== undefined) expect(judged.verdict).toBe(report.verdict);
    else if (wanted.length === 0) expect(judged.verdict).toBe('valid');
    else expect(judged.verdict).not.toBe('valid');
    for (const id of report.notes ?? []) expect(ids(judged.notes)).toContain(id);
    for (const option of report.missing ?? [])
      expect(judged.missing.map((missing) => missing.option)).toContain(option);
  });
});
