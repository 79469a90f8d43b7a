import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { PrivateKey } from '@countersign/core/private-key';
import { PublicKey } from '@countersign/core/public-key';
import { describe, expect, test } from 'vitest';

// Keys are made and written by node:crypto and openssl, which no code under test stands behind.

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ec-p256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ec-p384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const;
const kinds = Object.keys(pairs) as (keyof typeof pairs)[];

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString();
const derOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
const pinOf = (key: KeyObject): string => createHash('sha256').update(derOf(key)).digest('base64');

/** What a refusal says, and that it says nothing of what was given. */
function refusalOf(make: () => unknown, given: string): { readonly code: string; readonly message: string } {
  try {
    make();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    for (const piece of given.match(/[\w+/=-]{12,}/g) ?? [])
      if (!/^(?:BEGIN|PRIVATE|PUBLIC|-+)/.test(piece)) expect(message).not.toContain(piece);
    return { code, message };
  }
  throw new Error('nothing was refused');
}

describe.each(kinds)('a public key of the kind %s', (kind) => {
  const { publicKey } = pairs[kind];

  test('is read from PEM, DER, base64 of that and a JSON Web Key, and is the same key each time', () => {
    const der = derOf(publicKey);
    const forms: (string | Uint8Array | JsonWebKey)[] = [
      pemOf(publicKey),
      `\r\n${pemOf(publicKey).replaceAll('\n', '\r\n')}`,
      Buffer.from(pemOf(publicKey)),
      der,
      new Uint8Array(der),
      der.toString('base64'),
      der.toString('base64url'),
      publicKey.export({ format: 'jwk' }) as JsonWebKey,
      JSON.stringify(publicKey.export({ format: 'jwk' })),
    ];
    if (kind === 'rsa') forms.push(publicKey.export({ format: 'pem', type: 'pkcs1' }).toString());
    if (kind === 'rsa') forms.push(publicKey.export({ format: 'der', type: 'pkcs1' }).toString('base64'));
    for (const form of forms) {
      const key = new PublicKey(form);
      expect(key.kind).toBe(kind);
      expect(key.fingerprint).toBe(pinOf(publicKey));
      expect(Buffer.from(key.spki())).toEqual(der);
      expect(key.pem()).toBe(pemOf(publicKey));
    }
  });

  test('prints as its kind and fingerprint', () => {
    const key = new PublicKey(pemOf(publicKey));
    const shown = `[public key ${kind} ${pinOf(publicKey)}]`;
    expect([String(key), JSON.parse(JSON.stringify({ key })), inspect(key)]).toEqual([shown, { key: shown }, shown]);
  });

  test('is asked for by kind', () => {
    for (const wanted of kinds) {
      const make = (): PublicKey => new PublicKey(pemOf(publicKey), wanted);
      if (wanted === kind) expect(make().kind).toBe(kind);
      else
        expect(refusalOf(make, pemOf(publicKey))).toMatchObject({
          code: 'key/kind',
          message: /of another kind/ as never,
        });
    }
  });

  test('with one byte more, less or other is no key, or another one', () => {
    const der = derOf(publicKey);
    for (const bytes of [der.subarray(0, -1), Buffer.concat([der, Buffer.of(0)]), der.subarray(1)])
      expect(() => new PublicKey(bytes)).toThrow(expect.objectContaining({ code: 'key/malformed' }));
    for (let at = 0; at < der.length; at += kind === 'rsa' ? 7 : 1) {
      const other = Buffer.from(der);
      other[at]! ^= 0x11;
      let fingerprint: string | undefined;
      try {
        fingerprint = new PublicKey(other).fingerprint;
      } catch (error) {
        expect((error as { code: string }).code).toMatch(/^key\/(?:malformed|kind|weak)$/);
      }
      expect(fingerprint).not.toBe(pinOf(publicKey));
    }
  });
});

test('the 32 bytes of an Ed25519 key are read as they are, in base64, base64url and behind whpk_', () => {
  const raw = derOf(pairs.ed25519.publicKey).subarray(-32);
  const forms = [raw, raw.toString('base64'), raw.toString('base64url'), `whpk_${raw.toString('base64')}`];
  for (const form of forms) expect(new PublicKey(form).fingerprint).toBe(pinOf(pairs.ed25519.publicKey));
});

test('keys of openssl are read', () => {
  const openssl = (args: readonly string[], input = ''): string =>
    execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  const rsa = pairs.rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  for (const pem of [
    openssl(['genpkey', '-algorithm', 'ed25519']),
    openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']),
    openssl(['ecparam', '-name', 'secp384r1', '-genkey', '-noout']),
    openssl(['rsa', '-traditional'], rsa),
  ]) {
    const publicPem = openssl(['pkey', '-pubout'], pem);
    expect(new PublicKey(publicPem).pem()).toBe(publicPem);
    expect(new PrivateKey(pem).kind).toBe(new PublicKey(publicPem).kind);
  }
});

const rawSecret = createHash('sha256').update('a secret').digest();
const secrets = {
  'a private key in PEM': pairs.rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  'a private key of the old form': pairs.rsa.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
  'a private key in DER': pairs['ec-p256'].privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  'a private JSON Web Key': JSON.stringify(pairs.ed25519.privateKey.export({ format: 'jwk' })),
  'a private key and its public one in 64 bytes': `whsk_${Buffer.alloc(64, 7).toString('base64')}`,
  'a shared secret with its prefix': `whsec_${rawSecret.toString('base64')}`,
  'a shared secret as a JSON Web Key': JSON.stringify({ kty: 'oct', k: rawSecret.toString('base64url') }),
};

test.each(Object.entries(secrets))('%s is refused as what it is, and not shown', (_name, given) => {
  const { code, message } = refusalOf(() => new PublicKey(given), given);
  expect(code).toBe('key/kind');
  expect(message).toMatch(/private key|shared secret/);
});

// Made by node:crypto once, because that takes long.
const dsaKey = [
  'MIIBtjCCASsGByqGSM44BAEwggEeAoGBAJZDQg4/6L0J+vKzgpvI68jCz3E1K4y54wvyKlI2PYOpc+wfzfUHCLerRihVE2IOqbgr',
  'GwWnwO4j/vumJ56IKzmNZB6u3xh9nHbVUDJ9S0IsokcxmXCgwe1lxji54hVNZbpUPiWz8dU36QmXxHi0fDprrDMxL6GskQWHlhI0',
  '2NKXAhUA7mN9iTQLseo9zHFzot3qnwrKsX8CgYA73fdBNaa5nZ9UpiWFZhSj48dbRKanoTl3URs9kLHNJutUicNYYODesjfLMR6W',
  'QT7oMgxRJIK7akqdy7dGmHFEbgSrxIJgCLl1H6ZcuylaSZTeW3bzc9ZfGKOHD+ayGLU/d6bujyKdyDBPVtv9Rdl8RHR8p0epe9uR',
  'biP6JhASLwOBhAACgYB+PKdnU8WeXnMhtREzcnXKTNU8lh+KdxbL3HRlwQBGS66jgSQOF1UCj4TewyeZ/1IXTHU+c5Kc6IrXc0iR',
  'EzpThknZlMvQdPsrxCMc3j+mTabC2qoATPDl64BT0o3isbZW1lBlNwzN3qOeRh4bhVvo68qiLXFJxoBA/swfVMy9Aw==',
].join('');

const others: Readonly<Record<string, readonly [given: string, code: string, says: RegExp]>> = {
  nothing: ['', 'key/empty', /not set, empty/],
  'white space': [' \n', 'key/empty', /not set, empty/],
  'a certificate': [
    `-----BEGIN CERTIFICATE-----\n${Buffer.alloc(90, 3).toString('base64')}\n-----END CERTIFICATE-----`,
    'key/kind',
    /certificate; openssl x509 -pubkey/,
  ],
  'an OpenSSH key': [`ssh-ed25519 AAAA${'C3NzaC1lZDI1NTE5'.repeat(3)} me@host`, 'key/kind', /OpenSSH/],
  hexadecimal: [rawSecret.toString('hex'), 'key/kind', /hexadecimal; write the same bytes in base64/],
  'a JSON Web Token': ['eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl', 'key/kind', /JSON Web Token/],
  'the name of a file': ['./keys/public.pem', 'key/malformed', /the name of a file/],
  'PEM with \\n in it': [
    pemOf(pairs.rsa.publicKey).replaceAll('\n', '\\n'),
    'key/malformed',
    /the two characters \\ and n/,
  ],
  'two PEM blocks': [pemOf(pairs.rsa.publicKey).repeat(2), 'key/malformed', /several PEM blocks/],
  'PEM without its end': [pemOf(pairs.rsa.publicKey).slice(0, 200), 'key/malformed', /without its end/],
  'a set of keys': ['{"keys":[]}', 'key/kind', /a set of JSON Web Keys/],
  'a key for encryption': [
    JSON.stringify({ ...pairs.rsa.publicKey.export({ format: 'jwk' }), use: 'enc' }),
    'key/kind',
    /something else than signatures/,
  ],
  'an X25519 key': [pemOf(generateKeyPairSync('x25519').publicKey), 'key/kind', /X25519/],
  'an Ed448 key': [pemOf(generateKeyPairSync('ed448').publicKey), 'key/kind', /Ed448/],
  'a key on another curve': [
    pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
    'key/kind',
    /secp256k1/,
  ],
  'a DSA key': [dsaKey, 'key/kind', /DSA/],
  'a short RSA key': [pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), 'key/weak', /1024 bits/],
  'a point that is not on its curve': [
    JSON.stringify({ kty: 'EC', crv: 'P-256', x: rawSecret.toString('base64url'), y: rawSecret.toString('base64url') }),
    'key/malformed',
    /no point of the curve P-256/,
  ],
  'words in quotes': ['"not a key at all"', 'key/malformed', /neither PEM, base64 nor JSON/],
};

test.each(Object.entries(others))('%s is no public key, and is told as what it is', (_name, [given, code, says]) => {
  const refusal = refusalOf(() => new PublicKey(given), given);
  expect(refusal.code).toBe(code);
  expect(refusal.message).toMatch(says);
});

// The points of small order on edwards25519, of which RFC 8032 §5.1.7 and draft-irtf-cfrg-unique-signatures tell.
test.each([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])('an Ed25519 key under which anybody could sign is refused: %s', (hex) => {
  expect(() => new PublicKey(Buffer.from(hex, 'hex'))).toThrow('anybody could make signatures');
});

test('a private key is never printed', () => {
  for (const kind of kinds) {
    const pem = pairs[kind].privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const key = new PrivateKey(pem);
    expect([String(key), JSON.stringify(key), inspect(key), inspect({ key }, { showHidden: true })].join()).not.toMatch(
      /M[A-Z][A-Za-z0-9+/]{12}/,
    );
    expect(key.exposePem()).toBe(pem);
  }
});

test.each([
  ['a public key', pemOf(pairs.rsa.publicKey), 'key/kind', /a public key/],
  [
    'a key behind a passphrase',
    pairs.rsa.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    'key/kind',
    /behind a passphrase/,
  ],
  ['a public JSON Web Key', JSON.stringify(pairs.rsa.publicKey.export({ format: 'jwk' })), 'key/kind', /without d/],
  ['the name of a file', 'private.pem', 'key/malformed', /the name of a file/],
])('%s is no private key', (_name, given, code, says) => {
  const refusal = refusalOf(() => new PrivateKey(given), given);
  expect(refusal.code).toBe(code);
  expect(refusal.message).toMatch(says);
});
