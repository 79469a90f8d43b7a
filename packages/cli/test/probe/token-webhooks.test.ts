import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receiver } from '@countersign/core/receiver';
import { vonageWebhook } from '@countersign/core/schemes/vonage-webhook';
import { Secret } from '@countersign/core/secret';
import { expect, test } from 'vitest';
import { attacks } from '../../src/probe/catalog.ts';
import { schemeProver } from '../../src/probe/scheme-prover.ts';
import { probed, virtualClock } from './probed.ts';

// Receivers of webhooks with tokens that look at less than all of them, written by hand: what each lets in is found.

const secret = 'key of these tests';
const credential = { secret: new Secret(secret, 'utf8') };

interface Ways {
  /** Whether a token may say that it is not signed. */
  readonly takesNone?: boolean;
  /** Whether the body is compared with the token's hash of it: a verifier of tokens alone does not. */
  readonly ignoresBody?: boolean;
}

function signatureHolds({ headers }: IncomingMessage, { takesNone }: Ways): boolean {
  const [head = '', claims = '', signature = ''] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString() || '{}') as { alg?: string };
  if (takesNone && /^none$/i.test(alg ?? '')) return true;
  return signature === createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
}

async function holesOf(ways: Ways): Promise<readonly string[]> {
  const clock = virtualClock();
  const judge = receiver({ scheme: vonageWebhook, credentials: credential, now: clock.now });
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const result = judge.verify(request, Buffer.concat(chunks));
      // What is right by the scheme, a receiver of this test takes; of all else it looks at less.
      const isLax =
        !result.ok &&
        ((ways.takesNone && result.code === 'token/algorithm') ||
          (ways.ignoresBody && result.code.startsWith('content-hash/'))) &&
        signatureHolds(request, ways);
      const key = result.ok ? result.replayKey : (request.headers.authorization ?? '');
      const isRepeat = (result.ok || isLax) && seen.has(key);
      seen.add(key);
      response.writeHead(!result.ok && !isLax ? 403 : isRepeat ? 409 : 200).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const tried = attacks.filter(({ id }) => id !== 'body/large');
  const { ids } = await probed(url, schemeProver(vonageWebhook, credential), clock, { attacks: tried });
  server.closeAllConnections();
  server.close();
  return ids('hole');
}

test('a receiver that takes tokens which say that they are not signed', async () => {
  expect(await holesOf({ takesNone: true })).toEqual(['token/algorithm-none']);
});

test('a receiver that verifies the token and not the body, as a verifier of tokens alone does', async () => {
  const holes = await holesOf({ ignoresBody: true });
  expect(holes).toContain('other/body');
  expect(holes.filter((id) => !/body|content-type/.test(id))).toEqual([]);
});
