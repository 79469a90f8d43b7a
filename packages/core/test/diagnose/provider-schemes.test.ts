import { createHash, createHmac } from 'node:crypto';
import { diagnose, type MistakeId } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import type { MacRule, Scheme } from '@countersign/core/scheme';
import { describe, expect, test } from 'vitest';
import { schemeVectors, signedVector, type SignVector } from '../conformance/vectors.ts';

// A request of each scheme, signed wrongly with node:crypto alone: what every scheme can suffer is found in each of them.

const keyBytes = ({ key }: SignVector, encoding: Scheme['key']['encoding']): Buffer => {
  if (encoding === 'utf8') return Buffer.from(key.secret);
  return Buffer.from(key.secret.replace(/^whsec_/, ''), encoding === 'hex' ? 'hex' : 'base64');
};

function digest(algorithm: MacRule['algorithm'], key: Buffer, data: Buffer): Buffer {
  if (algorithm === 'md5-suffix') return createHash('md5').update(data).update(key).digest();
  return createHmac(algorithm, key).update(data).digest();
}

function written(bytes: Buffer, encoding: MacRule['encoding']): string {
  return encoding === 'upper-hex' ? bytes.toString('hex').toUpperCase() : bytes.toString(encoding);
}

const bytesOf = (text: SignVector['stages']['stringToSign']): Buffer =>
  typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.base64, 'base64');

/** AWS's signing key for a secret. */
function derivedKey(secret: Buffer, { date = '', fields = {} }: SignVector): Buffer {
  const steps = [date.slice(0, 8), fields['region'] ?? '', fields['service'] ?? '', 'aws4_request'];
  return steps.reduce<Buffer>(
    (key, step) => createHmac('sha256', key).update(step).digest(),
    Buffer.concat([Buffer.from('AWS4'), secret]),
  );
}

/** When a vector was signed. */
function signedAt({ date }: SignVector): Date {
  if (date === undefined) return new Date();
  if (/^\d+$/.test(date)) return new Date(Number(date) * (date.length > 12 ? 1 : 1000));
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const all = schemeVectors.map(({ scheme, sign: [vector] }) => ({ scheme, vector: vector as SignVector }));
// One of a few here, all of them in the matrix.
// Azure Storage is asked at an emulator's address, which speaks for no service.
const few = ['twilio', 'vonage-sms', 'bird', 'jambonz', 'retell', 'standard-webhooks', 'azure-storage-sharedkeylite'];
const samples = process.env['MATRIX'] === 'all' ? all : all.filter(({ scheme }) => few.includes(scheme.id));

describe.each(samples)('$scheme.id', ({ scheme, vector }) => {
  const right = vector.stages.signature;
  const string = bytesOf(vector.stages.stringToSign);
  const key = keyBytes(vector, scheme.key.encoding);
  const mac = (vector.key.mac && scheme.mac.choices?.[vector.key.mac]) || scheme.mac;
  const signingKey = (of: Buffer): Buffer => (scheme.key.derived ? derivedKey(of, vector) : of);
  const signature = (withKey: Buffer, data: Buffer): string =>
    written(digest(mac.algorithm, signingKey(withKey), data), mac.encoding);
  const request = signedVector(vector);
  const now = signedAt(vector);

  /** The request with another signature, wherever it stands. */
  const carrying = (other: string): Message => {
    const put = (text: string): string =>
      text.replaceAll(right, other).replaceAll(encodeURIComponent(right), encodeURIComponent(other));
    const body = new TextEncoder().encode(put(new TextDecoder().decode(request.body as Uint8Array)));
    const headers = request.headers.map(([name, value]): Header => [name, put(value)]);
    return { ...request, target: put(request.target), headers, body };
  };
  const ids = (other: string): MistakeId[] | string => {
    const { id: keyId, secret, mac: chosen } = vector.key;
    const credential = { secret, ...(keyId !== undefined && { keyId }), ...(chosen !== undefined && { mac: chosen }) };
    const found = diagnose(scheme, credential, carrying(other), { now, exactBody: true, callerHoldsKey: true });
    return found.verdict === 'valid' ? 'valid' : found.mistakes.map(({ id }) => id);
  };

  test('a right signature is right', () => {
    expect(ids(right)).toBe('valid');
  });

  test('a key that was decoded, or was not', () => {
    const secret = vector.key.secret;
    const other = scheme.key.encoding === 'utf8' ? Buffer.from(secret, 'base64') : Buffer.from(secret);
    expect(ids(signature(other, string))).toEqual(['key/encoding']);
  });

  test('a newline behind the key', () => {
    const found = ids(signature(Buffer.from(`${vector.key.secret}\n`), string));
    expect(found).toContain('key/stray-characters');
  });

  test('the hash of key and string in the place of HMAC', () => {
    // There the secret derives keys, by HMAC, and is none itself.
    if (scheme.key.derived) return;
    const algorithm = mac.algorithm === 'md5-suffix' ? 'md5' : mac.algorithm;
    const plain = createHash(algorithm).update(signingKey(key)).update(string).digest();
    expect(ids(written(plain, mac.encoding))).toEqual(['digest/not-hmac']);
  });

  test('another hash function', () => {
    if (mac.algorithm === 'md5-suffix') return;
    const other = mac.algorithm === 'sha256' ? 'sha1' : 'sha256';
    expect(ids(written(digest(other, signingKey(key), string), mac.encoding))).toEqual(['digest/algorithm']);
  });

  test('another encoding', () => {
    const bytes = digest(mac.algorithm, signingKey(key), string);
    expect(ids(mac.encoding === 'base64' ? bytes.toString('hex') : bytes.toString('base64'))).toContain(
      'digest/encoding',
    );
  });

  const { body } = vector.request;
  const bodyAt = typeof body === 'string' ? string.indexOf(body) : -1;
  const isBodySigned = scheme.parts.some(({ source }) => source.from === 'body');
  if (!isBodySigned || bodyAt < 0 || typeof body !== 'string' || !body.startsWith('{')) return;
  test('a body that was parsed and written again, and one that was left out', () => {
    const compact = JSON.stringify(JSON.parse(body));
    const again = compact === body ? JSON.stringify(JSON.parse(body), null, 2) : compact;
    const around = (middle: string): Buffer =>
      Buffer.concat([
        string.subarray(0, bodyAt),
        Buffer.from(middle),
        string.subarray(bodyAt + Buffer.byteLength(body)),
      ]);
    expect(ids(signature(key, around(again)))).toEqual(['body/reserialized']);
    expect(ids(signature(key, around('')))).toEqual(['body/missing']);
  });
});
