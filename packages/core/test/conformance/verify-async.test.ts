import { constants, createHmac, generateKeyPairSync, sign as signWith, verify as verifyWith } from 'node:crypto';
import { message, type Message } from '@countersign/core/message';
import { PrivateKey } from '@countersign/core/private-key';
import { PublicKey } from '@countersign/core/public-key';
import { definePublicKeyScheme, type PublicKeyRule, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signAsync } from '@countersign/core/sign-async';
import { stripe } from '@countersign/core/schemes/stripe';
import { verifyAsync } from '@countersign/core/verify-async';
import { describe, expect, test } from 'vitest';

// What is signed here is signed, and judged once more, by node:crypto directly.

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ec-p256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ec-p384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const;

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING };
const rules: readonly (readonly [
  rule: PublicKeyRule,
  kind: keyof typeof pairs,
  hash: string | null,
  options: object,
])[] = [
  [{ algorithm: 'ed25519', encoding: 'base64' }, 'ed25519', null, {}],
  [{ algorithm: 'ed25519', encoding: 'hex' }, 'ed25519', null, {}],
  [{ algorithm: 'ecdsa-p256-sha256', encoding: 'base64', form: 'der' }, 'ec-p256', 'sha256', { dsaEncoding: 'der' }],
  [
    { algorithm: 'ecdsa-p256-sha256', encoding: 'base64url', form: 'p1363' },
    'ec-p256',
    'sha256',
    { dsaEncoding: 'ieee-p1363' },
  ],
  [
    { algorithm: 'ecdsa-p384-sha384', encoding: 'base64', form: 'p1363' },
    'ec-p384',
    'sha384',
    { dsaEncoding: 'ieee-p1363' },
  ],
  [{ algorithm: 'rsa-v1_5-sha256', encoding: 'base64' }, 'rsa', 'sha256', {}],
  [{ algorithm: 'rsa-pss-sha256', encoding: 'base64' }, 'rsa', 'sha256', { ...pss, saltLength: 32 }],
  [{ algorithm: 'rsa-pss-sha512', encoding: 'base64' }, 'rsa', 'sha512', { ...pss, saltLength: 64 }],
];

const schemeOf = (publicKey: PublicKeyRule): PublicKeyScheme =>
  definePublicKeyScheme({
    id: 'own-keys',
    title: 'Own',
    documentation: 'https://example.com',
    publicKey,
    date: { headers: ['x-time'], format: 'epoch-seconds', toleranceSeconds: 300 },
    authorization: { header: 'x-signature', template: 'v1={signature}', list: ',' },
    parts: [
      { name: 'time', source: { from: 'date' }, after: '|' },
      { name: 'body', source: { from: 'body' }, after: '' },
    ],
  });

const now = new Date(1_717_000_000_000);
const body = '{"event":"ringing"}\r\n';
const stringToSign = Buffer.from(`1717000000|${body}`);

/** The request with these signatures. */
const delivered = (...signatures: readonly string[]): Message => {
  const value = signatures.map((text) => `v1=${text}`).join(',');
  const headers = { 'x-time': '1717000000', 'x-signature': value };
  return message({ method: 'POST', url: 'https://example.com/hook', headers, body });
};

const publicKeyOf = (kind: keyof typeof pairs): PublicKey =>
  new PublicKey(pairs[kind].publicKey.export({ format: 'der', type: 'spki' }));
/** Somebody else's keys, made once because RSA takes its time. */
const others = new Map<keyof typeof pairs, Promise<PublicKey>>();
const otherKey = (kind: keyof typeof pairs): Promise<PublicKey> => {
  const made = others.get(kind) ?? PrivateKey.generate(kind).then((key) => key.publicKey());
  others.set(kind, made);
  return made;
};
const privateKeyOf = (kind: keyof typeof pairs): PrivateKey =>
  new PrivateKey(pairs[kind].privateKey.export({ format: 'der', type: 'pkcs8' }));

describe.each(rules)('$algorithm in $encoding', (rule, kind, hash, options) => {
  const scheme = schemeOf(rule);
  const right = (): string =>
    signWith(hash, stringToSign, { key: pairs[kind].privateKey, ...options }).toString(rule.encoding);

  test('accepts what node:crypto signed', async () => {
    const text = right();
    const result = await verifyAsync(scheme, { publicKey: publicKeyOf(kind), name: 'live' }, delivered(text), { now });
    expect(result).toMatchObject({ ok: true, signature: text, signsTime: true, signedAt: now });
    expect(result.ok && result.credential.name).toBe('live');
    expect(result.trace()?.stringToSign.toString()).toBe(new Uint8Array(stringToSign).toString());
  });

  test('signs what node:crypto accepts', async () => {
    const unsigned = message({ method: 'POST', url: 'https://example.com/hook', body });
    const { headers, signature } = await signAsync(scheme, { privateKey: privateKeyOf(kind) }, unsigned, { date: now });
    expect(headers).toEqual([
      ['x-time', '1717000000'],
      ['x-signature', `v1=${signature}`],
    ]);
    const key = { key: pairs[kind].publicKey, ...options };
    expect(verifyWith(hash, stringToSign, key, Buffer.from(signature, rule.encoding))).toBe(true);
  });

  test('refuses every other byte of the body, key and signature', async () => {
    const key = { publicKey: publicKeyOf(kind) };
    const text = right();
    const code = async (received: Message, credential = key): Promise<string | true> => {
      const result = await verifyAsync(scheme, credential, received, { now });
      return result.ok || result.code;
    };
    const changed = { ...delivered(text), body: Buffer.from(body.trimEnd()) };
    expect(await code(changed)).toBe('signature/mismatch');
    expect(await code(delivered(text), { publicKey: await otherKey(kind) })).toBe('signature/mismatch');
    expect(await code(delivered(''))).toBe('authorization/malformed');
    expect(await code(delivered('AA=='))).toBe(kind === 'rsa' ? 'signature/mismatch' : 'signature/malformed');
    const damaged = Buffer.from(text, rule.encoding);
    damaged[damaged.length - 1]! ^= 1;
    expect(await code(delivered(damaged.toString(rule.encoding)))).toBe('signature/mismatch');
  });

  test('takes the one that is right, of several signatures and several keys', async () => {
    const keys = [{ publicKey: await otherKey(kind) }, { publicKey: publicKeyOf(kind), name: 'second' }];
    const text = right();
    const result = await verifyAsync(scheme, keys, delivered('bm90IGl0', text), { now });
    expect(result.ok && [result.credential.name, result.signature]).toEqual(['second', text]);
  });
});

const ed25519 = schemeOf({ algorithm: 'ed25519', encoding: 'base64' });
const signed = (): string => signWith(null, stringToSign, pairs.ed25519.privateKey).toString('base64');

test('an old signature is refused as such, and only where it is right', async () => {
  const key = { publicKey: publicKeyOf('ed25519') };
  const later = new Date(now.getTime() + 301_000);
  const outcome = async (text: string): Promise<unknown> => {
    const result = await verifyAsync(ed25519, key, delivered(text), { now: later });
    return result.ok || result.code;
  };
  expect(await outcome(signed())).toBe('date/expired');
  expect(await outcome(Buffer.alloc(64).toString('base64'))).toBe('signature/mismatch');
});

test('the replay key is that of the bytes and the key, not that of the signature', async () => {
  const scheme = schemeOf({ algorithm: 'ecdsa-p256-sha256', encoding: 'base64', form: 'der' });
  const key = { publicKey: publicKeyOf('ec-p256') };
  const accepted = async (): Promise<readonly string[]> => {
    const text = signWith('sha256', stringToSign, pairs['ec-p256'].privateKey).toString('base64');
    const result = await verifyAsync(scheme, key, delivered(text), { now });
    return result.ok ? [result.signature, result.replayKey] : [];
  };
  const [first, second] = [await accepted(), await accepted()];
  expect(first[0]).not.toBe(second[0]);
  expect(first[1]).toMatch(/^[\da-f]{64}$/);
  expect(first[1]).toBe(second[1]);
});

test('a scheme with a shared secret is verified as well', async () => {
  const credential = { secret: new Secret('whsec_test', 'utf8') };
  const request = message({ method: 'POST', url: 'https://example.com/hook', body });
  const { headers, signature } = sign(stripe, credential, request, { date: now });
  expect(signature).toBe(createHmac('sha256', 'whsec_test').update(`1717000000.${body}`).digest('hex'));
  const result = await verifyAsync(
    stripe,
    credential,
    { ...request, headers: [...request.headers, ...headers] },
    { now },
  );
  expect(result.ok && result.credential).toBe(credential);
});

test('a key of another kind, a key that is none and an option that cannot be used stop the verifier', async () => {
  const request = delivered(signed());
  await expect(verifyAsync(ed25519, { publicKey: publicKeyOf('rsa') }, request)).rejects.toThrow(
    expect.objectContaining({ code: 'key/kind' }),
  );
  const text = 'pasted text' as never;
  await expect(verifyAsync(ed25519, { publicKey: text }, request)).rejects.toThrow('needs a publicKey: a PublicKey');
  const bad = { now: new Date(Number.NaN) };
  await expect(verifyAsync(ed25519, { publicKey: publicKeyOf('ed25519') }, request, bad)).rejects.toThrow('valid Date');
  await expect(signAsync(ed25519, { privateKey: privateKeyOf('rsa') }, request)).rejects.toThrow(
    expect.objectContaining({ code: 'key/kind' }),
  );
});

test.each([
  [{ algorithm: 'ed448', encoding: 'base64' }, '`publicKey.algorithm` must be one of ed25519, '],
  [{ algorithm: 'ed25519', encoding: 'binary' }, '`publicKey.encoding` must be one of base64, base64url, hex'],
  [{ algorithm: 'ed25519', encoding: 'hex', form: 'der' }, '`publicKey.form` is there for ECDSA, and for nothing else'],
  [{ algorithm: 'ecdsa-p256-sha256', encoding: 'hex' }, '`publicKey.form` is there for ECDSA, and for nothing else'],
  [{ algorithm: 'ed25519', encoding: 'hex', key: 1 }, 'publicKey has the unknown member `key`'],
])('a rule that is inconsistent is refused when it is defined: %o', (rule, problem) => {
  expect(() => schemeOf(rule as never)).toThrow(problem);
});
