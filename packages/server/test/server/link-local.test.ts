import { afterEach, expect, test } from 'vitest';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { createCall, sendSigned } from './signed-request.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

// No time passes in these calls, so that nothing is due to be sent anywhere.

test.each(['http://169.254.169.254/latest', 'https://[::ffff:a9fe:a9fe]/', 'http://metadata.google.internal/'])(
  'a call whose callbacks would go to %s is refused in the words of ACS',
  async (address) => {
    const server = await start();
    const answer = await createCall(server.url, '+14255550123', address);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: {
        code: '8523',
        message: 'The field CallbackUri is invalid',
        details: [{ message: expect.stringMatching(/a link-local address or a metadata service.*allowLinkLocal/) }],
      },
    });
    expect(server.control.calls()).toEqual([]);
  },
);

test('so is one whose audio would be streamed there', async () => {
  const server = await start();
  const answer = await sendSigned('acs', 'POST', `${server.url}/calling/callConnections?api-version=2026-03-12`, {
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } }],
    sourceCallerIdNumber: { value: '+12065550100' },
    callbackUri: 'http://127.0.0.1:9/',
    mediaStreamingOptions: {
      transportUrl: 'wss://169.254.169.254/audio',
      transportType: 'websocket',
      contentType: 'audio',
      audioChannelType: 'mixed',
    },
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: { code: '8523', details: [{ message: expect.stringContaining('169.254.169.254 is a link-local address') }] },
  });
});

test('what the configuration allows is not', async () => {
  const server = await start({ allowLinkLocal: ['metadata.google.internal'] });
  const answer = await createCall(server.url, '+14255550123', 'http://metadata.google.internal/');
  expect(answer.status).toBe(201);
});

test.each(['http://printer.local/', 'printer.local:80', ''])('"%s" is no host that could be allowed', async (entry) => {
  await expect(start({ allowLinkLocal: [entry] })).rejects.toThrow('/allowLinkLocal/0');
});
