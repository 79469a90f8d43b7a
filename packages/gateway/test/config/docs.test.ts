import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkGuardConfig } from '../../src/config/read-config.ts';
import { statusOf } from '../../src/guard/judge.ts';

const page = readFileSync(new URL('../../../../docs/production.md', import.meta.url), 'utf8');

it('the documentation’s configuration is one', () => {
  const text = /<!-- guard\.json -->\n+```json\n([^]*?)```/.exec(page)?.[1] ?? '';
  expect(() => checkGuardConfig(JSON.parse(text))).not.toThrow();
  expect(checkGuardConfig(JSON.parse(text)).routes).toHaveLength(2);
});

it('the documentation has every status that a refusal is answered with', () => {
  const codes = [
    'framing/ambiguous',
    'authorization/missing',
    'date/expired',
    'route/none',
    'body/too-long',
    'replay/unavailable',
  ] as const;
  const table = /## What is answered\n([^]*?)\n## /.exec(page)?.[1] ?? '';
  for (const code of codes) expect(table).toMatch(new RegExp(`^\\|[^|]*${statusOf(code)}`, 'm'));
});
