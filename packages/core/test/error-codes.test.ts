import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The unions of codes are closed from one side by the compiler (no other code can be thrown), from the other side here.

const folder = fileURLToPath(new URL('../src/', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const errors = readFileSync(join(folder, 'errors.ts'), 'utf8');
const thrown = sources
  .filter((file) => file !== 'errors.ts')
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

/** The members of a union that is written one a line. */
function membersOf(union: string): string[] {
  const [, text = ''] = new RegExp(`export type ${union} =([^;]*);`).exec(errors) ?? [];
  return [...text.matchAll(/'([^']+)'/g)].map(([, code = '']) => code);
}

test.each(['RefusalCode', 'ReceiverRefusalCode', 'CountersignErrorCode', 'InputErrorCode'])(
  '%s holds no code that nothing gives',
  (union) => {
    const codes = membersOf(union);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !thrown.includes(`'${code}'`))).toEqual([]);
    expect(codes.filter((code) => !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(code))).toEqual([]);
  },
);
