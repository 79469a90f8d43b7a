import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { providerEvents, type TokenKey } from '@countersign/server/ready-events';
import { attacks } from '../../src/probe/catalog.ts';
import { tokenProver } from '../../src/probe/token-prover.ts';
import {
  acsJudge,
  keys,
  onlyValue,
  sinchJudge,
  strict,
  strictToken,
  tokenJudge,
  webhookJudge,
  type TokenWays,
  type Ways,
} from './by-hand.ts';
import { probed, proverOf, virtualClock } from './probed.ts';
import { serveJudge, type ReadBody, type Received } from './served.ts';

const judges = { 'sinch-application': sinchJudge, 'acs-hmac': acsJudge, 'sinch-webhook': webhookJudge } as const;

interface Fault {
  readonly scheme: keyof typeof judges;
  readonly ways?: Partial<Ways>;
  readonly read?: ReadBody;
  /** What is found: the hole, and those that follow from the same fault. */
  readonly holes: readonly string[];
}

const first = ({ values }: Received, name: string): string => values(name)[0] ?? '';
const claimed = (received: Received, name: string, otherwise: string): string => first(received, name) || otherwise;

/** One receiver for each hole, with one fault each. */
const faults: Readonly<Record<string, Fault>> = {
  'takes what has no signature': {
    scheme: 'sinch-application',
    ways: { acceptsBefore: ({ values }) => values('authorization').length === 0 },
    holes: ['signature/none'],
  },
  'takes an empty signature': {
    scheme: 'sinch-application',
    ways: { isSame: (received, expected) => received === '' || received === expected },
    holes: ['signature/empty'],
  },
  'has an empty key for ids that it does not know': {
    scheme: 'sinch-application',
    ways: { secretOf: (keyId) => (keyId === keys.keyId ? keys.secret : '') },
    holes: ['key/empty'],
  },
  'looks at the form of a signature alone': {
    scheme: 'sinch-application',
    ways: {
      isSame: (received) => /^[\w+/]{43}=$/.test(received),
      repeatKey: (received) => first(received, 'authorization'),
    },
    holes: [
      'key/empty',
      'key/wrong',
      'signature/lower-case',
      'other/body',
      'other/path',
      'other/method',
      'target/re-encoded',
      'header/joined',
      'repeat/at-once',
      'content-type/other',
      'content-type/form',
      'body/slow',
    ],
  },
  'compares as much of a signature as is sent': {
    scheme: 'sinch-application',
    ways: { isSame: (received, expected) => received !== '' && expected.startsWith(received) },
    holes: ['signature/cut'],
  },
  'compares the beginning of a signature': {
    scheme: 'sinch-application',
    ways: { isSame: (received, expected) => received.startsWith(expected) },
    holes: ['signature/padded'],
  },
  'compares signatures regardless of case': {
    scheme: 'sinch-application',
    ways: { isSame: (received, expected) => received.toLowerCase() === expected.toLowerCase() },
    holes: ['signature/lower-case'],
  },
  'believes the hash that the sender wrote': {
    scheme: 'acs-hmac',
    ways: { hash: (received) => onlyValue(received, 'x-ms-content-sha256') },
    holes: ['other/body', 'content-type/form', 'body/slow'],
  },
  'takes the path from a header of proxies': {
    scheme: 'sinch-application',
    ways: { path: (received) => claimed(received, 'x-original-url', received.url) },
    holes: ['other/path'],
  },
  'takes the target from a header of proxies': {
    scheme: 'acs-hmac',
    ways: { path: (received) => claimed(received, 'x-original-uri', received.url) },
    holes: ['other/path', 'other/query'],
  },
  'verifies without the query': {
    scheme: 'acs-hmac',
    ways: { path: ({ url }) => url.split('?', 1)[0] ?? '' },
    holes: ['query/unsigned'],
  },
  'takes the host from a header of proxies': {
    scheme: 'acs-hmac',
    ways: { host: (received) => claimed(received, 'x-forwarded-host', first(received, 'host')) },
    holes: ['other/host'],
  },
  'takes the method from a header': {
    scheme: 'acs-hmac',
    ways: { method: (received) => claimed(received, 'x-http-method-override', received.method) },
    holes: ['other/method'],
  },
  'verifies the path that its router decoded': {
    scheme: 'sinch-application',
    ways: { path: ({ url }) => decodeURIComponent(url) },
    holes: ['target/re-encoded'],
  },
  'looks at no date': {
    scheme: 'acs-hmac',
    ways: { isStale: () => false },
    holes: ['date/stale', 'date/future'],
  },
  'looks at the past alone': {
    scheme: 'acs-hmac',
    ways: { isStale: (ageMs) => ageMs > 900_000 },
    holes: ['date/future'],
  },
  'judges the age by whichever Date header there is': {
    scheme: 'acs-hmac',
    ways: { dateHeader: (received, signed) => claimed(received, 'date', onlyValue(received, signed)) },
    holes: ['date/unsigned-fresh'],
  },
  'judges the age by x-ms-date, whichever header is signed': {
    scheme: 'acs-hmac',
    ways: { dateHeader: (received) => claimed(received, 'x-ms-date', first(received, 'date')) },
    holes: ['date/swapped'],
  },
  'verifies the first of several headers': {
    scheme: 'sinch-application',
    ways: { header: first },
    holes: ['header/duplicated'],
  },
  'verifies a header up to its comma': {
    scheme: 'sinch-application',
    ways: { header: (received, name) => onlyValue(received, name).split(',')[0] ?? '' },
    holes: ['header/joined'],
  },
  'takes a nonce with the separator in it': {
    scheme: 'sinch-webhook',
    ways: { nonce: (received) => onlyValue(received, 'x-sinch-webhook-signature-nonce') },
    holes: ['parts/moved-bytes'],
  },
  'remembers nothing': {
    scheme: 'sinch-application',
    ways: { repeatKey: () => undefined },
    holes: ['repeat/at-once'],
  },
  'remembers the text of the header': {
    scheme: 'sinch-application',
    ways: { repeatKey: (received) => first(received, 'authorization') },
    holes: ['repeat/at-once'],
  },
  'remembers for one window': {
    scheme: 'acs-hmac',
    ways: { rememberMs: 900_000 },
    holes: ['repeat/later'],
  },
  'takes a hash out of the JSON': {
    scheme: 'acs-hmac',
    ways: {
      hash: (received, computed) => {
        const { hash } = JSON.parse(received.body.toString() || '{}') as { hash?: string };
        return hash ?? strict.hash(received, computed);
      },
    },
    holes: ['body/digest'],
  },
  'verifies JSON that it wrote itself': {
    scheme: 'sinch-application',
    ways: {
      body: ({ body }) =>
        body.length === 0 || body.length > 1e6 ? body : Buffer.from(JSON.stringify(JSON.parse(body.toString()))),
    },
    holes: ['body/json'],
  },
  'takes it that what comes is JSON': {
    scheme: 'sinch-application',
    ways: {
      header: (received, name) => (name === 'content-type' ? 'application/json' : onlyValue(received, name)),
    },
    holes: ['header/duplicated', 'header/joined', 'content-type/other', 'content-type/form'],
  },
  'verifies no body where there is a long one': {
    scheme: 'sinch-application',
    read: 'none-when-large',
    holes: ['body/large'],
  },
  'reads no body without a Content-Length': {
    scheme: 'sinch-application',
    read: 'by-content-length',
    holes: ['body/chunked'],
  },
  'verifies the beginning of a body': {
    scheme: 'sinch-application',
    read: 'first-chunk',
    holes: ['body/slow'],
  },
};

/** All of them in the matrix; else the first of each family of holes, without the attack that sends 20 MB. */
const isMatrix = process.env['MATRIX'] === 'all';
const tried = isMatrix ? attacks : attacks.filter(({ id }) => id !== 'body/large');
function sampleOf<Of extends { readonly holes: readonly string[] }>(all: Readonly<Record<string, Of>>): [string, Of][] {
  const families = new Set<string>();
  return Object.entries(all).filter(([, { holes }]) => {
    const [family = ''] = holes[0]?.split('/') ?? [];
    return isMatrix || (!families.has(family) && families.add(family));
  });
}

describe('a receiver that', () => {
  it.each(sampleOf(faults))('%s has that hole, and no other', async (_, { scheme, ways, read, holes }) => {
    const clock = virtualClock();
    const judge = judges[scheme]({ ...strict, ...ways }, clock.now);
    await using served = await serveJudge(judge, read);
    const { ids, ending } = await probed(served.url, proverOf(scheme), clock, { isPatient: true, attacks: tried });
    expect(ids('hole')).toEqual(holes);
    expect(ending).toEqual({ kind: 'complete' });
  });

  const strictOnes = Object.keys(judges) as (keyof typeof judges)[];
  it.each(isMatrix ? strictOnes : strictOnes.slice(1, 2))('verifies %s strictly has no hole', async (scheme) => {
    const clock = virtualClock();
    await using served = await serveJudge(judges[scheme](strict, clock.now));
    const { ids, ending } = await probed(served.url, proverOf(scheme), clock, { isPatient: true });
    expect(ids('hole')).toEqual([]);
    expect(ids('not-tried')).toEqual([]);
    expect(ending).toEqual({ kind: 'complete' });
    expect(ids('limit')).toEqual(limits[scheme]);
  });
});

/** What each scheme's documentation says that it signs leaves open. */
const limits = {
  'sinch-application': ['other/query', 'query/unsigned', 'other/host'],
  'acs-hmac': ['content-type/other', 'content-type/form'],
  'sinch-webhook': [
    'other/path',
    'other/query',
    'query/unsigned',
    'other/host',
    'other/method',
    'target/re-encoded',
    'content-type/other',
    'content-type/form',
  ],
} as const;

/** One fault each in how tokens are verified. */
const tokenFaults: Readonly<Record<string, { readonly ways: Partial<TokenWays>; readonly holes: readonly string[] }>> =
  {
    'takes alg: none': { ways: { algorithms: ['RS256', 'none'] }, holes: ['token/algorithm-none'] },
    'takes the public key for a shared secret': {
      ways: { algorithms: ['RS256', 'HS256'] },
      holes: ['token/key-confusion'],
    },
    'takes the key that a token brings along': { ways: { takesKeyOfToken: true }, holes: ['token/other-key'] },
    'reads claims without verifying them': {
      ways: { verifies: false },
      holes: [
        'signature/empty',
        'signature/cut',
        'signature/padded',
        'signature/lower-case',
        'token/other-key',
        'token/changed-claims',
      ],
    },
    'takes tokens for everybody': { ways: { audience: false }, holes: ['token/other-audience'] },
    'takes tokens of any issuer': { ways: { issuer: false }, holes: ['token/other-issuer'] },
    'takes tokens without an end': { ways: { expiry: 'if-there' }, holes: ['token/endless'] },
    'looks at no expiry': { ways: { expiry: 'ignored' }, holes: ['token/endless', 'date/stale'] },
    'takes tokens before their time': { ways: { notBefore: false }, holes: ['date/future'] },
  };

describe('a receiver of tokens that', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'mine', alg: 'RS256' } as TokenKey;

  async function probeTokens(ways: TokenWays): ReturnType<typeof probed> {
    const token = (await providerEvents()).find(({ token: found }) => found)?.token;
    if (!token) throw new Error('no provider proves its events by a token');
    const clock = virtualClock();
    const { kty, n, e } = privateKey.export({ format: 'jwk' });
    const trusted = { jwk: { kty, n, e } as never, issuer: token.issuer, audience: 'mine' };
    await using served = await serveJudge(tokenJudge(ways, clock.now, trusted));
    return await probed(served.url, tokenProver(token, 'mine', key), clock, { attacks: tried });
  }

  it.each(sampleOf(tokenFaults).slice(0, isMatrix ? undefined : 1))(
    '%s has that hole, and no other',
    async (_, { ways, holes }) => {
      const { ids } = await probeTokens({ ...strictToken, ...ways });
      expect(ids('hole')).toEqual(holes);
    },
  );

  it('verifies them strictly has no hole: what a token does not cover is no fault of the receiver', async () => {
    const { ids, ending } = await probeTokens(strictToken);
    expect(ending).toEqual({ kind: 'complete' });
    expect(ids('hole')).toEqual([]);
    expect(ids('limit')).toEqual(
      expect.arrayContaining(['other/body', 'other/path', 'other/method', 'repeat/at-once']),
    );
  });
});
