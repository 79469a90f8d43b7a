import { readFileSync } from 'node:fs';
import { acsProvider } from '@countersign/core/providers/acs';
import { sinchProvider } from '@countersign/core/providers/sinch';
import { describe, expect, it } from 'vitest';

/** The paths of a page's table of operations, each once. Other tests hold the table against what the server serves. */
function documentedPaths(page: string, base: string): readonly string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const [, table = ''] = /## Operations\n(.*?)\n## /s.exec(text) ?? [];
  const rows = [...table.matchAll(/^\|.*?`(?:GET|POST|PATCH|PUT|DELETE) (\/[^`]+)`.*\| done/gm)];
  return [...new Set(rows.map(([, path = '']) => base + path))];
}

const unnamed = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');

describe.each([
  ['ACS', documentedPaths('acs-operations.md', '/calling'), acsProvider],
  ['Sinch', documentedPaths('sinch-operations.md', ''), sinchProvider],
] as const)('a request to %s', (_, paths, { routes }) => {
  it.each(paths)('is recognized by the path %s', (path) => {
    expect(paths.length).toBeGreaterThan(5);
    expect(routes.map(unnamed)).toContain(unnamed(path));
  });
});
