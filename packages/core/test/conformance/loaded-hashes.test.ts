import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { PublicKeyScheme } from '../../src/public-key-scheme.ts';
import type { Scheme } from '../../src/scheme.ts';

const ids = readdirSync(new URL('../../src/schemes/', import.meta.url))
  .map((file) => file.replace('.ts', ''))
  .filter((id) => id !== 'catalog');

/** The hash functions that a scheme signs with when nothing is chosen, and those of its choices that a browser has by default. */
function algorithmsOf({ mac, contentHash }: Partial<Scheme>): string[] {
  const signing = mac ? [mac, ...Object.values(mac.choices ?? {})].map(({ algorithm }) => algorithm) : [];
  return [...signing, ...(contentHash ? [contentHash.algorithm] : [])].filter(
    (name) => !['sha384', 'sha512'].includes(name),
  );
}

test.each(ids)('%s brings along the hash functions that it signs with, for who only signs', async (id) => {
  vi.resetModules();
  const exported: object[] = Object.values(await import(`../../src/schemes/${id}.ts`));
  const scheme = exported.find((value): value is Scheme | PublicKeyScheme => 'parts' in value);
  const { prepareMac } = await import('#digest');
  for (const algorithm of algorithmsOf(scheme as Partial<Scheme>))
    expect(prepareMac(algorithm as 'sha1', new Uint8Array(16)).text('', 'hex'), algorithm).toMatch(/^[0-9a-f]{32,}$/);
});

test('a scheme that is defined or read needs no import: both older hash functions come with it', async () => {
  vi.resetModules();
  await import('../../src/scheme.ts');
  const { hashText } = await import('#digest');
  // `printf '' | openssl md5`, `printf '' | openssl sha1`
  expect(hashText('md5', '', 'hex')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  expect(hashText('sha1', '', 'hex')).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709');
});
