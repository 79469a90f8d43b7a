import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionNotices } from '../../src/http/connection-notices.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server.ts';

/** A server, and what whoever runs it is told. */
async function start(options: ServerOptions = {}): Promise<[RunningServer, string[]]> {
  const told: string[] = [];
  const server = await startServer({ port: 0, onProblem: (problem) => told.push(problem), ...options });
  onTestFinished(() => server.close());
  return [server, told];
}

describe('whoever runs the server is told, once, of a client that', () => {
  test('speaks https to http, as the Azure SDK for Python does', async () => {
    const [{ url }, told] = await start();
    for (const _ of [1, 2]) {
      const client = connectTls(Number(new URL(url).port), 'localhost');
      await once(client, 'error');
    }
    expect(told).toEqual([expect.stringMatching(/speaks https to this server, which speaks http.*Python.*--tls/)]);
  });

  test('speaks http to https', async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'countersign-notices-'));
    onTestFinished(() => rm(stateFolder, { recursive: true }));
    const [{ url }, told] = await start({ tls: true, stateFolder });
    for (const _ of [1, 2]) {
      const client = connect(Number(new URL(url).port), 'localhost', () =>
        client.write('GET /_control/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      );
      client.on('error', () => {});
      await once(client, 'close');
    }
    expect(told).toEqual([expect.stringContaining('speaks http to this server, which speaks https')]);
  });

  // The codes that Node gave when curl, Python and Java refused the certificate.
  test.each(['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN'])(
    'does not trust the certificate (%s)',
    (code) => {
      const told: string[] = [];
      const noticed = connectionNotices((notice) => told.push(notice));
      for (const _ of [1, 2]) noticed(Object.assign(new Error('alert'), { code }));
      expect(told).toEqual([expect.stringContaining("does not trust this server's certificate")]);
    },
  );
});

test('an ordinary malformed request is nothing to tell', async () => {
  const [{ url }, told] = await start();
  const client = connect(Number(new URL(url).port), 'localhost', () => client.write('nonsense\r\n\r\n')).resume();
  await once(client, 'close');
  expect(told).toEqual([]);
});
