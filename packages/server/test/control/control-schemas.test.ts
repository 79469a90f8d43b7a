import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { format } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endCauses } from '../../src/engine/call.ts';
import { controlSchemas } from '../../src/control/views/control-schemas.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { createCall } from '../server/signed-request.ts';

const ajv = new Ajv({ strict: false });

let server: RunningServer;
let callId: string;
beforeAll(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  await fetch(`${server.url}/calling/callConnections?api-version=2024-04-15`, { method: 'POST' });
  const created = await createCall(server.url, '+14255550123', 'http://localhost:9/');
  callId = ((await created.json()) as { callConnectionId: string }).callConnectionId;
  await server.control.advance('2s');
});
afterAll(() => server.close());

const paths: readonly (readonly [schema: keyof typeof controlSchemas, path: () => string])[] = [
  ['state', () => 'state'],
  ['exchanges', () => 'exchanges?limit=1'],
  ['exchange', () => 'exchanges/x1'],
  ['exchange', () => 'exchanges/x2'],
  ['calls', () => 'calls'],
  ['call', () => `calls/${callId}`],
  ['heard', () => `calls/${callId}/heard`],
  ['heard', () => 'phones/+14255550123/heard'],
  ['callbacks', () => 'callbacks'],
  ['callback', () => `callbacks/${server.control.callbacks()[0]?.id}`],
  ['phones', () => 'phones'],
  ['phone', () => 'phones/+14255550123'],
  ['error', () => 'calls?nonsense=1'],
  ['error', () => 'calls/none'],
];

describe('what the control API answers', () => {
  test.each(paths)('is of its published schema: %s', async (name, path) => {
    const response = await fetch(`${server.url}/_control/${path()}`);
    const validate = ajv.compile(JSON.parse(JSON.stringify(controlSchemas[name])) as object);
    expect(validate(await response.json()), JSON.stringify(validate.errors)).toBe(true);
  });

  test('events are of theirs', async () => {
    const validate = ajv.compile(JSON.parse(JSON.stringify(controlSchemas.event)) as object);
    const wrong: string[] = [];
    const seen = new Set<string>();
    const look = server.control.waitFor(
      ({ id: _id, ...fact }) => {
        seen.add(fact.type);
        if (!validate(JSON.parse(JSON.stringify(fact)))) wrong.push(`${fact.type}: ${JSON.stringify(validate.errors)}`);
        return false;
      },
      { timeoutMs: 1 },
    );
    await expect(look).rejects.toThrow('did not happen');
    expect(wrong).toEqual([]);
    expect(seen).toEqual(new Set(['exchange', 'call', 'callback', 'clock']));
  });

  test('every cause that ends a leg is explained in docs/control-api.md', async () => {
    const page = await readFile(new URL('../../../../docs/control-api.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split(/^\| `cause` .*$/m);
    const explained = [...table.matchAll(/^\| `([a-z-]+)` +\| [a-z].*\|$/gm)].map(([, cause]) => cause);
    expect(explained).toEqual([...endCauses]);
  });

  test('has its schemas published', async () => {
    const $schema = 'http://json-schema.org/draft-07/schema#';
    const text = JSON.stringify({ $schema, title: 'Countersign control API', definitions: controlSchemas });
    await expect(await format(text, { parser: 'json', printWidth: 120 })).toMatchFileSnapshot(
      '../../schema/control.schema.json',
    );
  });
});
