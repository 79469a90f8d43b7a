import { describe, expect, it } from 'vitest';
import { publicEntries, undocumentedExports } from '../check-tsdoc.js';

describe('the TSDoc check', () => {
  const texts: Record<string, string> = {
    'src/sign.ts': `/** Signs. */
export function sign(): void {}
export interface Bare {}
const inner = 1;

export const alone = inner;
/** Two ways to call it. */
export function over(a: string): void;
export function over(a: number): void;
export function over(): void {}
export { passed, type Kept } from './deeper/inner.ts';
`,
    'src/deeper/inner.ts': `export class passed {}
/** Kept. */
export type Kept = string;
export const notPublic = 1;
`,
  };
  const read = (file: string): string => texts[file] ?? '';

  it('names exports without a comment in front, also those that are passed on, and nothing else', () => {
    expect(undocumentedExports(['src/sign.ts'], read)).toEqual([
      'src/sign.ts: Bare has no TSDoc',
      'src/sign.ts: alone has no TSDoc',
      'src/deeper/inner.ts: passed has no TSDoc',
    ]);
  });

  it('knows a package’s entries by its exports, under every condition', () => {
    const exports = {
      './package.json': './package.json',
      './sign': { 'countersign-source': './src/sign.ts', default: './dist/sign.js' },
      './digest': { 'countersign-source': { node: './src/node.ts', default: './src/web.ts' } },
    };
    expect(publicEntries(exports)).toEqual(['./src/sign.ts', './src/node.ts', './src/web.ts']);
  });
});
