// Why: run in a copy of the house that has the toy provider. It is called, and its accounts are configured like any other's.
import { strict as assert } from 'node:assert';
import { startServer } from '@countersign/server';

const server = await startServer({
  port: 0,
  clock: 'virtual',
  accounts: [{ provider: 'toy', name: 'mine', secret: { env: 'MINE' } }],
  environment: { MINE: 'bWluZSwgYW5kIG5vYm9keSBlbHNlJ3M=' },
  toy: { greeting: 'Toys can talk.' },
});
try {
  assert.deepEqual(
    server.accounts.filter(({ provider }) => provider === 'toy').map(({ id }) => id),
    ['development', 'mine'],
  );
  assert.equal(server.environment.TOY_SECRET, 'dG95IGtleSwgcHVibGlj');
  const { providers } = await (await fetch(`${server.url}/_control/state`)).json();
  assert.equal(providers.at(-1).product, 'Toy Voice');
  const created = await fetch(`${server.url}/toy/calls/+14255550123`, { method: 'POST' });
  assert.equal(created.status, 201);
  const { call } = await created.json();
  await server.control.advance('5s');
  assert.deepEqual(
    server.control.heard(call).map(({ text }) => text),
    ['Toys can talk.'],
  );
  assert.equal(server.control.exchanges().find(({ provider }) => provider === 'toy')?.account, 'development');
} finally {
  await server.close();
}
