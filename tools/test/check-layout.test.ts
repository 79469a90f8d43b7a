import { describe, expect, it } from 'vitest';
import { layoutViolations } from '../check-layout.js';

describe('the layout check', () => {
  const texts: Record<string, string> = {
    'packages/core/src/sign.ts': "export { a } from './a.ts';",
    'packages/core/src/utils.ts': '',
    'packages/core/src/shared/thing.ts': '',
    'packages/core/src/index.ts': '',
    'packages/core/src/all.ts': "export * from './a.ts';",
  };

  it('names files called after nothing, index files and star exports, and nothing else', () => {
    const violations = layoutViolations(Object.keys(texts), (file: string) => texts[file] ?? '');
    expect(violations.map((line: string) => line.split(':')[0])).toEqual([
      'packages/core/src/utils.ts',
      'packages/core/src/shared/thing.ts',
      'packages/core/src/index.ts',
      'packages/core/src/all.ts',
    ]);
  });
});
