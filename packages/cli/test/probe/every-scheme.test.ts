import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { asyncReceiver } from '@countersign/core/async-receiver';
import { PrivateKey } from '@countersign/core/private-key';
import { keyKindOf, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { receiver } from '@countersign/core/receiver';
import type { Scheme } from '@countersign/core/scheme';
import { publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { attacks } from '../../src/probe/catalog.ts';
import { keyPairProver } from '../../src/probe/key-pair-prover.ts';
import type { Prover } from '../../src/probe/prover.ts';
import { schemeProver } from '../../src/probe/scheme-prover.ts';
import { probed, virtualClock } from './probed.ts';

const texts = {
  base64: 'a2V5IG9mIHRoZXNlIHRlc3Rz',
  hex: '6b6579',
  utf8: 'key of these tests',
  whsec: 'whsec_a2V5IG9mIHRoZXNlIHRlc3Rz',
};
const isMatrix = process.env['MATRIX'] === 'all';
const tried = isMatrix ? attacks : attacks.filter(({ id }) => id !== 'body/large');
/** One whose date stands beside the signature, one that signs a form and its URL, one that carries all in parameters, one of key pairs. */
const sample = ['stripe', 'twilio', 'vonage-sms', 'sendgrid'];

type Judged = { readonly ok: true; readonly replayKey: string } | { readonly ok: false; readonly summary: string };

/** Whoever proves requests by a scheme, and a receiver of them that verifies strictly. */
interface Sides {
  readonly prover: Prover;
  readonly judge: (publicUrl: string, request: IncomingMessage, body: Buffer, now: () => Date) => Promise<Judged>;
}

async function bySecret(scheme: Scheme): Promise<Sides> {
  const credential = { keyId: 'my-key', secret: new Secret(texts[scheme.key.encoding], scheme.key.encoding) };
  return {
    prover: schemeProver(scheme, credential),
    judge: async (publicUrl, request, body, now) =>
      receiver({ scheme, credentials: credential, publicUrl, now }).verify(request, body),
  };
}

async function byKeyPair(scheme: PublicKeyScheme): Promise<Sides> {
  const privateKey = await PrivateKey.generate(keyKindOf(scheme));
  const publicKey = await privateKey.publicKey();
  return {
    prover: keyPairProver(scheme, privateKey, publicKey),
    judge: async (publicUrl, request, body, now) =>
      asyncReceiver({ scheme, credentials: { publicKey }, publicUrl, now }).verify(request, body),
  };
}

const all: readonly (readonly [string, () => Promise<Sides>])[] = [
  ...schemes.map((scheme) => [scheme.id, () => bySecret(scheme)] as const),
  ...publicKeySchemes.map((scheme) => [scheme.id, () => byKeyPair(scheme)] as const),
];

it.each(all.filter(([id]) => isMatrix || sample.includes(id)))(
  'a receiver of %s that verifies strictly and knows repeats has no hole',
  async (_, sides) => {
    const { prover, judge } = await sides();
    const clock = virtualClock();
    let port = 0;
    const seen = new Set<string>();
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => {});
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const result = await judge(`http://127.0.0.1:${port}`, request, Buffer.concat(chunks), clock.now);
        const isRepeat = result.ok && seen.has(result.replayKey);
        if (result.ok) seen.add(result.replayKey);
        response.writeHead(!result.ok ? 403 : isRepeat ? 409 : 200).end(result.ok ? '' : result.summary);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    const { ids, ending, lines } = await probed(`http://127.0.0.1:${port}/hook`, prover, clock, { attacks: tried });
    server.closeAllConnections();
    server.close();
    const said = 'outcome' in ending && 'body' in ending.outcome ? Buffer.from(ending.outcome.body).toString() : '';
    expect([ending.kind, said]).toEqual(['complete', '']);
    expect(ids('hole'), JSON.stringify(lines.filter(({ verdict }) => verdict === 'hole'))).toEqual([]);
    expect(ids('not-tried')).toEqual([]);
    expect(ids('refused')).toEqual(expect.arrayContaining(['signature/none', 'key/wrong', 'repeat/at-once']));
  },
);
