import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from '@countersign/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Each example is its own process, as a reader runs it; the calls take the seconds that their prompts last.
const run = promisify(execFile);
const example = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

describe('the examples with the official SDKs', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ port: 0 });
  });
  afterAll(() => server.close());

  test.concurrent('azure-sdk.js places a call, speaks and hangs up', async () => {
    const { stdout } = await run(process.execPath, [example('azure-sdk.js')], {
      env: { ...process.env, ...server.environment },
    });
    const kinds = stdout.trim().split('\n');
    expect(kinds.filter((kind) => kind !== 'ParticipantsUpdated')).toEqual([
      'CallConnected',
      'PlayStarted',
      'PlayCompleted',
      'CallDisconnected',
    ]);
  });

  test.concurrent('sinch-sdk.js places a callout that is answered and ends by itself', async () => {
    const { stdout } = await run(process.execPath, [example('sinch-sdk.js')], {
      env: { ...process.env, ...server.environment, SINCH_URL: server.url },
    });
    expect(stdout).toMatch(/^FINAL ANSWERED /);
  });
});
