import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import newman from 'newman';
import { expect, it } from 'vitest';
import { startServer } from '../../src/server.ts';

// The published thread, on the wire: its script takes "https://" off the endpoint, so the server is one of https.

const thread = await readFile(
  new URL('../../../cli/test/collections/fixtures/thread.postman_collection.json', import.meta.url),
  'utf8',
);
const asPosted = "const url = pm.request.url.toString().replace('{{endpoint}}','');";
const fixed = 'const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());';

interface Call {
  readonly callConnectionId: string;
}

function send(text: string, folder: string, variables: Record<string, string>): Promise<newman.NewmanRunExecution> {
  const collection = JSON.parse(text) as newman.NewmanRunOptions['collection'];
  const envVar = Object.entries(variables).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection, envVar, folder, insecure: true }, (error, summary) => {
      const [execution] = summary?.run.executions ?? [];
      if (error || !execution) reject(error ?? new Error('nothing was sent'));
      else resolve(execution);
    });
  });
}

it('creates a call and is refused to play, as in the thread; with the fix in its script it plays', async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'countersign-thread-'));
  const server = await startServer({ port: 0, clock: 'virtual', tls: true, stateFolder });
  try {
    const { COMMUNICATION_SERVICES_CONNECTION_STRING: connection = '' } = server.environment;
    const variables = { endpoint: server.url, key: connection.replace(/^.*accesskey=/i, '') };
    // The bodies of the thread, to numbers that this server has.
    const here = thread.replace('+919', '+14255550123').replace('+11231230672', '+14255550123');
    const created = await send(here, 'CreateCall', variables);
    expect(created.response.code).toBe(201);
    const { callConnectionId } = created.response.json() as Call;
    await server.control.advance('3s');
    const refused = await send(here, 'Play', { ...variables, callConnectionId });
    expect(refused.response.code).toBe(401);
    expect(here).toContain(JSON.stringify(asPosted).slice(1, -1));
    const right = here.replace(JSON.stringify(asPosted), JSON.stringify(fixed));
    expect((await send(right, 'Play', { ...variables, callConnectionId })).response.code).toBe(202);
  } finally {
    await server.close();
    await rm(stateFolder, { recursive: true });
  }
});
