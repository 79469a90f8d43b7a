import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { message } from '@countersign/core/message';
import { expect, test } from 'vitest';
import { sendExactly } from '../src/requests/exact-request.ts';

function requestTo(authority: string, headers: Readonly<Record<string, string>>): Parameters<typeof sendExactly>[0] {
  const unsent = message({ url: `http://${authority}/`, headers });
  return { protocol: 'http:', authority, message: { ...unsent, body: new Uint8Array(0) } };
}

test('a header goes out as the UTF-8 that was signed', async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(Buffer.from(request.headers['x-name'] as string, 'latin1').toString('utf8'));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await sendExactly(requestTo(`127.0.0.1:${(server.address() as AddressInfo).port}`, { 'X-Name': 'é 日' }));
  server.close();
  expect(heard).toEqual(['é 日']);
});

test.each([
  ['a port that there is not', 'localhost:99999', {}],
  ['a control character in a header', 'localhost:1', { 'X-Name': 'a\u0001' }],
])('%s is bad input, and no fault of the command', async (_, authority, headers) => {
  await expect(sendExactly(requestTo(authority, headers))).rejects.toMatchObject({
    code: 'usage/request',
    exitCode: 2,
  });
});
