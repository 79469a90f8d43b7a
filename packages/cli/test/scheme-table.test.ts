import { readFile, readdir } from 'node:fs/promises';
import type { AnyScheme } from '@countersign/core/public-key-scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { expect, test } from 'vitest';
import { directionOf, freshnessOf, signatureWords } from '../src/output/scheme-facts.ts';

const root = new URL('../../../', import.meta.url);

interface VectorFile {
  readonly kind: string;
  readonly vectors: readonly { readonly provenance: string }[];
}

/** Whose values a scheme is held against, by its files of vectors and what they say of themselves. */
async function evidenceOf({ id }: AnyScheme): Promise<string> {
  const folder = new URL(`vectors/${id}/`, root);
  const found = new Set<string>();
  for (const name of await readdir(folder)) {
    const { kind, vectors } = JSON.parse(await readFile(new URL(name, folder), 'utf8')) as VectorFile;
    if (kind !== 'sign') continue;
    for (const { provenance } of vectors) {
      if (name === 'published.json') found.add(/test|spec\b/i.test(provenance) ? 'SDK test' : 'published');
      else found.add(name === 'computed.json' ? 'computed' : 'recorded');
    }
  }
  return ['published', 'SDK test', 'recorded', 'computed'].filter((one) => found.has(one)).join(', ');
}

test('the documentation’s table has every scheme, with direction, algorithm, freshness, evidence and page', async () => {
  const rows = await Promise.all(
    everyScheme.map(async (scheme) => [
      `\`${scheme.id}\``,
      directionOf(scheme),
      signatureWords(scheme),
      freshnessOf(scheme),
      await evidenceOf(scheme),
      `[page](${scheme.documentation})`,
    ]),
  );
  const text = await readFile(new URL('docs/schemes.md', root), 'utf8');
  const [, documented = ''] = /<!-- schemes -->\n\n((?:\|.*\n)+)/.exec(text) ?? [];
  const cells = documented
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(cells.filter((_, at) => at !== 1)).toEqual([
    ['scheme', 'direction', 'signed with', 'freshness', 'evidence', 'provider'],
    ...rows,
  ]);
});

test('there are at least forty schemes, and each has somebody’s value or a rule that was computed', async () => {
  expect(everyScheme.length).toBeGreaterThanOrEqual(40);
  for (const scheme of everyScheme) expect(await evidenceOf(scheme), scheme.id).not.toBe('');
});
