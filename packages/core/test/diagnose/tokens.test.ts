import { diagnose, type Diagnosis, type DiagnoseOptions, type MistakeId } from '@countersign/core/diagnose';
import { message, type Message } from '@countersign/core/message';
import { livekit } from '@countersign/core/schemes/livekit';
import { messagebirdJwt } from '@countersign/core/schemes/messagebird-jwt';
import { vonageWebhook } from '@countersign/core/schemes/vonage-webhook';
import { verify } from '@countersign/core/verify';
import { Secret } from '@countersign/core/secret';
import { createHash, createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expectWhole } from './speakable.ts';

// Webhooks with tokens, made and broken by node:crypto alone.

const now = new Date('2024-05-27T09:08:07Z');
const seconds = now.getTime() / 1000;
const secret = 'ZYtdTtGV3BCFN7tWmOWr1md66XsquMggr4W2cTtXtcPg';
const body = '{"from": "447700900001", "text": "Grüße", "amount": 12.50, "list": [1, 2]}';
const url = 'https://hooks.example.com/in?b=1&a=2';
const encoded = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const base64 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Everything that the sender does, each of which a case may do otherwise. */
interface Sending {
  header: object;
  claims: Record<string, unknown> | string;
  key: string | Buffer;
  hash: string;
  /** What becomes of the finished token. */
  last: (token: string) => string;
  /** What arrives. */
  body: string;
  url: string;
  extra: Record<string, string>;
}

const sides = {
  vonage: {
    scheme: vonageWebhook,
    header: 'authorization',
    word: 'Bearer ',
    claims: { iat: seconds, jti: 'c5ba8f24', iss: 'Vonage', payload_hash: hex(body), api_key: 'a1b2c3d' },
  },
  messagebird: {
    scheme: messagebirdJwt,
    header: 'messagebird-signature-jwt',
    word: '',
    claims: {
      iss: 'MessageBird',
      nbf: seconds,
      exp: seconds + 60,
      jti: '59a244dc',
      url_hash: hex(url),
      payload_hash: hex(body),
    },
  },
  livekit: {
    scheme: livekit,
    header: 'authorization',
    word: '',
    claims: { iss: 'APIkey', nbf: seconds, exp: seconds + 300, sha256: base64(body) },
  },
} as const;
type Side = keyof typeof sides;

function sent(side: Side, change: (sending: Sending) => void = () => undefined): Message {
  const { header: name, word, claims } = sides[side];
  const sending: Sending = {
    header: { alg: 'HS256', typ: 'JWT' },
    claims: { ...claims },
    key: secret,
    hash: 'sha256',
    last: (token) => word + token,
    body,
    url,
    extra: {},
  };
  change(sending);
  const input = `${encoded(sending.header)}.${encoded(sending.claims)}`;
  const token = `${input}.${createHmac(sending.hash, sending.key).update(input).digest('base64url')}`;
  return message({
    method: 'POST',
    url: sending.url,
    headers: { 'content-type': 'application/json', ...sending.extra, [name]: sending.last(token) },
    body: sending.body,
  });
}

function judged(side: Side, request: Message, options: DiagnoseOptions = {}): Diagnosis {
  const found = diagnose(sides[side].scheme, { secret, keyId: 'APIkey' }, request, { now, ...options });
  expect(JSON.stringify(found)).not.toContain(secret);
  for (const mistake of [found.mistakes, ...found.alternatives].flat()) expectWhole(mistake.summary);
  return found;
}

const ids = ({ mistakes }: Diagnosis): MistakeId[] => mistakes.map(({ id }) => id);
const hashClaim = { vonage: 'payload_hash', messagebird: 'payload_hash', livekit: 'sha256' } as const;
const withClaims =
  (change: object) =>
  (sending: Sending): void => {
    sending.claims = { ...(sending.claims as object), ...change };
  };
const without =
  (name: string) =>
  (sending: Sending): void => {
    const { [name]: _, ...others } = sending.claims as Record<string, unknown>;
    sending.claims = others;
  };

const all = Object.keys(sides) as Side[];

interface Case {
  readonly id: MistakeId;
  readonly what: string;
  readonly of?: readonly Side[];
  readonly apply: (sending: Sending, side: Side) => void;
  readonly says?: RegExp;
}

const cases: readonly Case[] = [
  {
    id: 'key/other',
    what: 'the name of a key’s file as the key',
    apply: (sending) => void (sending.key = './private.key'),
    says: /the name of a file, "\.\/private\.key", was used as the key/,
  },
  {
    id: 'request/refused',
    what: 'a time in milliseconds',
    apply: (sending, side) =>
      withClaims(side === 'vonage' ? { iat: seconds * 1000 } : { exp: seconds * 1000 })(sending),
    says: /is in milliseconds, and seconds belong there/,
  },
  {
    id: 'token/algorithm',
    what: 'alg none, and no signature',
    apply(sending, side) {
      sending.header = { alg: 'none', typ: 'JWT' };
      sending.last = (token) => sides[side].word + token.replace(/[^.]*$/, '');
    },
    says: /not signed \(alg "none"\)/,
  },
  {
    id: 'token/algorithm',
    what: 'HS512 under a key of HS256',
    apply(sending) {
      sending.header = { alg: 'HS512' };
      sending.hash = 'sha512';
    },
    says: /HS512, and its key is used with HS256/,
  },
  {
    id: 'token/malformed',
    what: 'a header of 200 kB',
    apply: (sending) => void (sending.header = { ...sending.header, note: 'x'.repeat(150_000) }),
    says: /its header has 200,\d{3} characters, and more than 16,384 are refused unread/,
  },
  {
    id: 'token/malformed',
    what: 'claims with padding',
    apply: (sending) => padded(sending),
    says: /claims are padded/,
  },
  {
    id: 'token/malformed',
    what: 'the signature cut off',
    apply: (sending, side) => void (sending.last = (token) => sides[side].word + token.replace(/\.[^.]*$/, '')),
  },
  {
    id: 'token/malformed',
    what: 'a claim that is there twice',
    apply(sending) {
      sending.claims = JSON.stringify(sending.claims).replace('{', '{"iss":"x",');
    },
    says: /claims name a member twice/,
  },
  {
    id: 'signature/damaged',
    what: 'the end of the token cut off',
    apply: (sending, side) => void (sending.last = (token) => sides[side].word + token.slice(0, -3)),
  },
  {
    id: 'digest/encoding',
    what: 'the signature with padding',
    apply: (sending, side) => void (sending.last = (token) => `${sides[side].word}${token}=`),
  },
  {
    id: 'digest/encoding',
    what: 'the signature in hexadecimal',
    apply(sending, side) {
      sending.last = (token) =>
        sides[side].word + token.replace(/[^.]*$/, (text) => Buffer.from(text, 'base64url').toString('hex'));
    },
  },
  {
    id: 'token/claim',
    what: 'another issuer',
    of: ['vonage', 'messagebird'],
    apply: withClaims({ iss: 'somebody' }),
    says: /issued by somebody/,
  },
  { id: 'token/claim', what: 'no jti', of: ['vonage', 'messagebird'], apply: without('jti'), says: /no claim jti/ },
  {
    id: 'token/claim',
    what: 'no url_hash',
    of: ['messagebird'],
    apply: without('url_hash'),
    says: /no claim url_hash/,
  },
  { id: 'key/id', what: 'another API key', of: ['livekit'], apply: withClaims({ iss: 'APIother' }) },
  {
    id: 'date/clock-skew',
    what: 'a token that has ended',
    apply: withClaims({ exp: seconds - 3600, nbf: seconds - 7200 }),
    says: /the token ended 1 h ago/,
  },
  {
    id: 'date/clock-skew',
    what: 'a token that has not begun',
    apply: withClaims({ nbf: seconds + 3600, exp: seconds + 7200 }),
    says: /begins in 1 h/,
  },
  { id: 'date/clock-skew', what: 'a token of an hour ago', of: ['vonage'], apply: withClaims({ iat: seconds - 3600 }) },
  {
    id: 'key/encoding',
    what: 'the secret decoded as base64',
    apply: (sending) => void (sending.key = Buffer.from(secret, 'base64')),
  },
  {
    id: 'key/stray-characters',
    what: 'a line break behind the secret',
    apply: (sending) => void (sending.key = `${secret}\n`),
  },
  {
    id: 'content-hash/not-sent',
    what: 'no hash of the body',
    apply: (sending, side) => without(hashClaim[side])(sending),
    says: /says nothing of the body/,
  },
  {
    id: 'content-hash/encoding',
    what: 'the hash of the body in another encoding',
    apply: (sending, side) => withClaims({ [hashClaim[side]]: side === 'livekit' ? hex(body) : base64(body) })(sending),
  },
  {
    id: 'body/reserialized',
    what: 'the body was parsed and written again',
    apply: (sending) => void (sending.body = JSON.stringify(JSON.parse(body))),
  },
  {
    id: 'content-hash/mismatch',
    what: 'the body of another webhook',
    apply: (sending) => void (sending.body = '{"other":1}'),
  },
  {
    id: 'url/scheme',
    what: 'http behind a proxy that ends TLS',
    of: ['messagebird'],
    apply: (sending) => void (sending.url = url.replace('https', 'http')),
  },
  {
    id: 'url/host',
    what: 'the host that a proxy puts in place of the public one',
    of: ['messagebird'],
    apply(sending) {
      sending.url = url.replace('hooks.example.com', 'app:8080');
      sending.extra = { 'x-forwarded-host': 'hooks.example.com' };
    },
  },
  {
    id: 'url/query-order',
    what: 'the query sorted',
    of: ['messagebird'],
    apply: (sending) => void (sending.url = url.replace('b=1&a=2', 'a=2&b=1')),
  },
  {
    id: 'url/query-omitted',
    what: 'the query lost',
    of: ['messagebird'],
    apply: (sending) => withClaims({ url_hash: hex(url.split('?')[0] ?? '') })(sending),
  },
  {
    id: 'url/hash',
    what: 'quite another URL',
    of: ['messagebird'],
    apply: withClaims({ url_hash: hex('https://elsewhere.example.org/') }),
    says: /another URL than/,
  },
];

function padded(sending: Sending): void {
  // As long as it takes for padding.
  for (let pad = ''; Buffer.from(JSON.stringify(sending.claims)).length % 3 === 0; pad += 'x')
    withClaims({ pad })(sending);
  const claims = Buffer.from(JSON.stringify(sending.claims)).toString('base64');
  const { last } = sending;
  sending.last = (token) => {
    const [header = ''] = token.split('.');
    const input = `${header}.${claims.replaceAll('+', '-').replaceAll('/', '_')}`;
    return last(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`);
  };
}

describe.each(all)('a webhook of %s', (side) => {
  const { scheme } = sides[side];

  test('that is right is said to be right, as verification says', () => {
    const request = sent(side);
    expect(judged(side, request)).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(verify(scheme, { secret: new Secret(secret, 'utf8'), keyId: 'APIkey' }, request, { now })).toMatchObject({
      ok: true,
    });
  });

  test.each(cases.filter(({ of = all }) => of.includes(side)))('$id is named alone: $what', ({ id, apply, says }) => {
    const request = sent(side, (sending) => apply(sending, side));
    const found = judged(side, request, { callerHoldsKey: true });
    expect([found.verdict, ids(found)]).toEqual([id === 'date/clock-skew' ? 'valid' : 'explained', [id]]);
    if (says) expect(found.mistakes[0]?.summary).toMatch(says);
    expect(verify(scheme, { secret: new Secret(secret, 'utf8'), keyId: 'APIkey' }, request, { now })).toMatchObject({
      ok: false,
    });
  });

  test('of another key is not explained, and nothing is accused', () => {
    const found = judged(
      side,
      sent(side, (sending) => void (sending.key = 'quite another secret')),
      { budget: { ms: 500 } },
    );
    expect([found.verdict, ids(found)]).toEqual(['unexplained', []]);
  });

  test('whose token is made with a private key is told to be of another kind', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const request = sent(side, (sending) => {
      sending.header = { alg: 'RS256', typ: 'JWT' };
      sending.last = (token) => {
        const input = token.replace(/\.[^.]*$/, '');
        return `${sides[side].word}${input}.${signWith('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
      };
    });
    expect(ids(judged(side, request))).toEqual(['token/algorithm']);
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const confused = sent(side, (sending) => void (sending.key = pem));
    const found = diagnose(scheme, { secret: pem, keyId: 'APIkey' }, confused, { now });
    expect(found.notes.map(({ summary }) => summary).join()).toContain('is a public key or a certificate');
  });
});

test.each([
  ['a private key', privatePem(), 'is a private key'],
  ['the name of a file', 'private.key', 'is the name of a file'],
])('%s in the place of the secret verifies, and is called what it is', (_what, given, says) => {
  const request = sent('vonage', (sending) => void (sending.key = given));
  const { verdict, notes } = diagnose(vonageWebhook, { secret: given }, request, { now });
  expect(verdict).toBe('valid');
  expect(notes.map(({ summary }) => summary).join()).toContain(says);
  expect(JSON.stringify(notes)).not.toContain(given);
});

function privatePem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}
