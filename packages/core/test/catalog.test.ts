import { everyScheme, publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { providers } from '@countersign/core/providers/catalog';
import { Secret } from '@countersign/core/secret';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = (path: string): string[] => readdirSync(new URL(path, import.meta.url)).toSorted();

test('the catalog has every scheme once, under the name of its file and of its vectors', () => {
  const ids = everyScheme.map(({ id }) => id).toSorted();
  const files = here('../src/schemes').filter((file) => file !== 'catalog.ts');
  expect(ids).toEqual(files.map((file) => file.replace('.ts', '')).toSorted());
  const others = ['README.md', 'diagnosis', 'runners', 'vectors.schema.json'];
  expect(ids).toEqual(here('../../../vectors').filter((folder) => !others.includes(folder)));
});

test('the documentation names each scheme that no value of its provider stands behind', () => {
  const documentation = readFileSync(new URL('../../../docs/schemes.md', import.meta.url), 'utf8');
  const [, named = ''] = /^Whose values.*Computed by the rule[^:]*: (.*)\.$/m.exec(documentation) ?? [];
  const values = ['published.json', 'recorded.json', 'captured.json'];
  const computed = everyScheme.filter(
    ({ id }) => !here(`../../../vectors/${id}`).some((file) => values.includes(file)),
  );
  expect(named.split(', ')).toEqual(computed.map(({ id }) => `\`${id}\``));
});

test('each scheme of the catalog has a title of its own', () => {
  expect(everyScheme).toEqual([...schemes, ...publicKeySchemes]);
  expect(new Set(everyScheme.map(({ title }) => title)).size).toBe(everyScheme.length);
});

test('each provider of the catalog has a name, a title and variables of its own', () => {
  for (const of of ['name', 'title'] as const) expect(new Set(providers.map((provider) => provider[of])).size).toBe(2);
  const variables = providers.flatMap(({ variables: { keyId, secret, otherNames } }) => [
    ...(keyId === undefined ? [] : [keyId]),
    secret,
    ...Object.values(otherNames).flat(),
  ]);
  expect(new Set(variables).size).toBe(variables.length);
});

test.each(providers)(
  'the development account of $title has a secret that its scheme can read',
  ({ scheme, development }) => {
    expect(new Secret(development.secret, scheme.key.encoding).expose().bytes.length).toBeGreaterThan(0);
  },
);

test.each([
  ['endpoint=https://contoso.communication.azure.com/;accesskey=bm8=', 'bm8='],
  [' Endpoint=https://contoso.communication.azure.com/; AccessKey=bm8=!', 'bm8=!'],
  ['a secret that stands alone', undefined],
  ['Endpoint=https://contoso.azconfig.io;Id=a;Secret=bm8=', undefined],
])('the connection string %j is known by its form, with its key as it stands', (text, key) => {
  const [form] = providers.flatMap(({ variables }) => variables.connectionString ?? []);
  expect(form?.pattern.exec(text)?.[1]).toBe(key);
});
