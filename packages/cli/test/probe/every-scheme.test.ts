import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { receiver } from '@countersign/core/receiver';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { attacks } from '../../src/probe/catalog.ts';
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
/** One whose date stands beside the signature, one that signs a form and its URL, one that carries all in parameters. */
const sample = ['stripe', 'twilio', 'vonage-sms'];

it.each(schemes.filter(({ id }) => isMatrix || sample.includes(id)).map((scheme) => [scheme.id, scheme] as const))(
  'a receiver of %s that verifies strictly and knows repeats has no hole',
  async (_, scheme) => {
    const credential = { keyId: 'my-key', secret: new Secret(texts[scheme.key.encoding], scheme.key.encoding) };
    const clock = virtualClock();
    let port = 0;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => {});
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const publicUrl = `http://127.0.0.1:${port}`;
        const judge = receiver({ scheme, credentials: credential, publicUrl, now: clock.now });
        const result = judge.verify(request, Buffer.concat(chunks));
        const isRepeat = result.ok && seen.has(result.replayKey);
        if (result.ok) seen.add(result.replayKey);
        response.writeHead(!result.ok ? 403 : isRepeat ? 409 : 200).end(result.ok ? '' : result.summary);
      });
    });
    const seen = new Set<string>();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    const prover = schemeProver(scheme, credential);
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
