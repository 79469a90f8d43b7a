import { beforeAll, describe, expect, it } from 'vitest';
import { PrivateKey } from '@countersign/core/private-key';
import type { PublicKey } from '@countersign/core/public-key';
import { sendgrid } from '@countersign/core/schemes/sendgrid';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { attacks } from '../../src/probe/catalog.ts';
import { keyPairProver } from '../../src/probe/key-pair-prover.ts';
import { isHmacUnderKey, keyPairJudge, strictKeyPair, type KeyPairWays } from './key-pairs-by-hand.ts';
import { probed, virtualClock, type Probed } from './probed.ts';
import { serveJudge } from './served.ts';

const schemes = { telnyx, sendgrid };

interface Fault {
  readonly scheme: keyof typeof schemes;
  readonly ways: Partial<KeyPairWays>;
  readonly holes: readonly string[];
}

/** One receiver for each hole, with one fault each. */
const faults: Readonly<Record<string, Fault>> = {
  'reads a time up to what is no digit': {
    scheme: 'telnyx',
    ways: { seconds: (text) => Number.parseInt(text, 10) },
    holes: ['parts/moved-bytes'],
  },
  'reads the first ten digits of a time': {
    scheme: 'sendgrid',
    ways: { seconds: (text) => Number(text.slice(0, 10)) },
    holes: ['parts/moved-bytes'],
  },
  'remembers the signature, of which there are two': {
    scheme: 'sendgrid',
    ways: { repeatKey: (_, signature) => signature },
    holes: ['repeat/at-once'],
  },
  'takes an HMAC under the public key as well': {
    scheme: 'telnyx',
    ways: { isSigned: (...given) => strictKeyPair.isSigned(...given) || isHmacUnderKey(...given) },
    holes: ['key/public-as-secret'],
  },
  'remembers for one window': {
    scheme: 'telnyx',
    ways: { rememberMs: 300_000 },
    holes: ['repeat/later'],
  },
  'judges the age by whichever Date header there is': {
    scheme: 'telnyx',
    ways: {
      seconds: (text, { values }) => {
        const [date] = values('date');
        return date === undefined ? strictKeyPair.seconds(text, {} as never) : Date.parse(date) / 1000;
      },
    },
    holes: ['date/unsigned-fresh'],
  },
};

const isMatrix = process.env['MATRIX'] === 'all';
const tried = isMatrix ? attacks : attacks.filter(({ id }) => id !== 'body/large');

describe('a receiver of signatures by a private key that', () => {
  let keys: Readonly<Record<keyof typeof schemes, { readonly privateKey: PrivateKey; readonly publicKey: PublicKey }>>;

  beforeAll(async () => {
    const [ed25519, p256] = [await PrivateKey.generate('ed25519'), await PrivateKey.generate('ec-p256')];
    keys = {
      telnyx: { privateKey: ed25519, publicKey: await ed25519.publicKey() },
      sendgrid: { privateKey: p256, publicKey: await p256.publicKey() },
    };
  });

  async function probeKeyPair(scheme: keyof typeof schemes, ways: Partial<KeyPairWays>): Promise<Probed> {
    const { privateKey, publicKey } = keys[scheme];
    const clock = virtualClock();
    const judge = keyPairJudge(scheme, { ...strictKeyPair, ...ways }, clock.now, publicKey.pem());
    await using served = await serveJudge(judge);
    const prover = keyPairProver(schemes[scheme], privateKey, publicKey);
    return await probed(served.url, prover, clock, { isPatient: true, attacks: tried });
  }

  it.each(Object.entries(faults).slice(0, isMatrix ? undefined : 4))(
    '%s has that hole, and no other',
    async (_, { scheme, ways, holes }) => {
      const { ids, ending } = await probeKeyPair(scheme, ways);
      expect(ids('hole')).toEqual(holes);
      expect(ending).toEqual({ kind: 'complete' });
    },
  );

  it.each((Object.keys(schemes) as (keyof typeof schemes)[]).slice(0, isMatrix ? undefined : 1))(
    'verifies %s strictly has no hole',
    async (scheme) => {
      const { ids, ending } = await probeKeyPair(scheme, {});
      expect(ids('hole')).toEqual([]);
      expect(ids('not-tried')).toEqual([]);
      expect(ids('refused')).toEqual(
        expect.arrayContaining(['key/wrong', 'key/public-as-secret', 'parts/moved-bytes', 'repeat/later']),
      );
      expect(ending).toEqual({ kind: 'complete' });
    },
  );
});
