import { messageFromIncoming } from '@countersign/core/receive';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const example = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

test('sign-and-verify.js prints the right signature for the request of the documentation', async () => {
  const { stdout } = await run(process.execPath, [example('sign-and-verify.js')]);
  expect(stdout).toContain('x-timestamp:2014-06-04T13:41:58Z\n/calling/v1/callouts \n');
  expect(stdout).toContain('aS9fG2smJx6MIhPJDSNiaDQ1D3+e493HuL+VVA9pqyM=');
  expect(stdout).toContain('verified: true');
  expect(stdout).toContain('tampered: signature/mismatch');
});

test('sign-fetch.js sends a request that verifies', async () => {
  const credential = {
    keyId: 'c0157e51-0000-4000-8000-000000000002',
    secret: new Secret('cHVibGljIGRldiBrZXkhIQ==', 'base64'),
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { ok } = verify(sinchApplication, credential, messageFromIncoming(request, body));
    const { ttsCallout } = JSON.parse(body.toString()) as { ttsCallout: unknown };
    response.writeHead(ok ? 200 : 401).end(JSON.stringify(ttsCallout));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = {
    ...process.env,
    SINCH_APPLICATION_KEY: credential.keyId,
    SINCH_APPLICATION_SECRET: 'cHVibGljIGRldiBrZXkhIQ==',
    SINCH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const { stdout } = await run(process.execPath, [example('sign-fetch.js'), '+12065550123', 'Hi'], { env });
  server.close();
  expect(stdout.trim()).toBe(
    '200 {"cli":"+12065550150","destination":{"type":"number","endpoint":"+12065550123"},"text":"Hi"}',
  );
});
