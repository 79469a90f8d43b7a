import { readFileSync } from 'node:fs';
import { signedFetch } from '@countersign/core/fetch';
import { acsProvider } from '@countersign/core/providers/acs';
import { acsEntry, sinchEntry } from '@countersign/core/providers/catalog';
import { sinchProvider } from '@countersign/core/providers/sinch';
import { Secret } from '@countersign/core/secret';
import { startServer, type RunningServer } from '@countersign/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The requests of a table of operations: `POST /path/{name}`, each once. */
function documented(page: string, base: string): (readonly [method: string, path: string])[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const [, table = ''] = /## Operations\n(.*?)\n## /s.exec(text) ?? [];
  const rows = [...table.matchAll(/^\|.*?`(GET|POST|PATCH|PUT|DELETE) (\/[^`]+)`.*\| done/gm)];
  const requests = new Map(
    rows.map(([, method = '', path = '']) => [`${method} ${base}${path}`, [method, base + path]]),
  );
  return [...requests.values()] as [string, string][];
}

/** What either provider answers where it has no operation. */
const unserved = /No HTTP resource|UnsupportedMethod|No operation at/;

const unnamed = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');
const filledIn = (path: string): string => path.replaceAll(/\{\w+\}/g, 'x1');

describe.each([
  ['ACS', documented('acs-operations.md', '/calling'), acsEntry, acsProvider, '?api-version=2026-03-12'],
  ['Sinch', documented('sinch-operations.md', ''), sinchEntry, sinchProvider, ''],
] as const)('the documented operations of %s', (_, operations, { scheme, development }, { routes }, query) => {
  let server: RunningServer;
  beforeAll(async () => void (server = await startServer({ port: 0, clock: 'virtual' })));
  afterAll(() => server.close());

  const { keyId } = development;
  const secret = new Secret(development.secret, scheme.key.encoding);
  const send = signedFetch(scheme, { secret, ...(keyId !== undefined && { keyId }) });
  const answer = async (method: string, path: string): Promise<string> => {
    const response = await send(server.url + filledIn(path) + query, { method });
    return `${response.status} ${await response.text()}`;
  };

  it.each(operations)('%s %s is served', async (method, path) => {
    expect(await answer(method, path)).not.toMatch(unserved);
  });

  it.each(operations)('%s %s has a path by which its provider is recognized', (__, path) => {
    expect(routes.map(unnamed)).toContain(unnamed(path));
  });

  it('are told from what is not served', async () => {
    expect(operations.length).toBeGreaterThan(10);
    const [, path = ''] = operations[0] ?? [];
    expect(await answer('POST', `${path}/none/such`)).toMatch(unserved);
    expect(await answer('PUT', path)).toMatch(unserved);
  });
});
