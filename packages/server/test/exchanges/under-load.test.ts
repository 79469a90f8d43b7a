import { createHash, createHmac } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { developmentAccount } from '@countersign/core/development-account';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';

// Signatures are computed here by the words of the providers' pages.

const repeats = 20;
const acsKey = Buffer.from(developmentAccount.acs.accessKey, 'base64');
const { applicationKey, applicationSecret } = developmentAccount.sinch;
const play = '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play?api-version=2024-04-15';

let server: RunningServer;
let busy: Worker[] = [];
beforeAll(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  // More of them than a small machine has cores.
  busy = Array.from({ length: 3 }, () => new Worker('for (;;);', { eval: true }));
});
afterAll(async () => {
  await Promise.all(busy.map((worker) => worker.terminate()));
  await server.close();
});

function sendPlay(n: number, signedTarget: string, key: Buffer): Promise<Response> {
  const body = JSON.stringify({ playSources: [{ kind: 'text', text: { text: `Hello ${n}` } }] });
  const date = new Date().toUTCString();
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `POST\n${signedTarget}\n${date};${new URL(server.url).host};${hash}`;
  const signature = createHmac('sha256', key).update(text).digest('base64');
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  const headers = { 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization };
  return fetch(server.url + play, { method: 'POST', body, headers });
}

function sendCallout(n: number): Promise<Response> {
  const body = JSON.stringify({ method: 'ttsCallout', ttsCallout: { text: `Hello ${n}` } });
  const at = new Date().toISOString();
  const md5 = createHash('md5').update(body).digest('base64');
  const text = `POST\n${md5}\napplication/json\nx-timestamp:${at}\n/calling/v1/callouts`;
  const signature = createHmac('sha256', Buffer.from(applicationSecret, 'base64')).update(text).digest('base64');
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'x-timestamp': at,
    authorization: `application ${applicationKey}:${signature}`,
  };
  return fetch(`${server.url}/calling/v1/callouts`, { method: 'POST', body, headers });
}

const placeholder = play.replace(/[0-9a-f-]{36}/, '{{callConnectionId}}');

test.each<[string, (n: number) => Promise<Response>, RegExp]>([
  ['a placeholder in the path', (n) => sendPlay(n, placeholder, acsKey), /^template\/unresolved: /],
  ['another key', (n) => sendPlay(n, play, Buffer.from('nobody’s')), /^unexplained at first sight/],
  ['another content type', sendCallout, /^header\/content-type: /],
])(
  'verdict and identifiers do not change under load: %s',
  async (_, send, expected) => {
    for (let n = 0; n < repeats; n += 1) {
      const response = await send(n + 10);
      expect(response.status).toBe(401);
      expect(response.headers.get('x-countersign-diagnosis')).toMatch(expected);
    }
  },
  60_000,
);
