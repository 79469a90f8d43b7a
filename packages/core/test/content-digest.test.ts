import { contentHasher, digestStream } from '@countersign/core/content-hasher';
import { diagnose } from '@countersign/core/diagnose';
import { signedFetch } from '@countersign/core/fetch';
import { isContentDigest, message } from '@countersign/core/message';
import { messageFromIncoming } from '@countersign/core/receive';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { acsCredential, acsRequest, sinchCredential, sinchRequest, signedAt } from './requests.ts';

// Only what hashed the bytes may stand for them: whatever a parser makes of what a sender sent is nobody's digest.

const digest = createHash('md5').update('{"message":"Hello world"}').digest();

/** What the query-string parser of `express.urlencoded()` makes of `algorithm=md5&length=25&digest[]=…&pay=1000000`. */
const parsedForm = { algorithm: 'md5', length: '25', digest: [...digest].map(String), pay: '1000000' };

const impostors: [what: string, body: unknown][] = [
  ['a parsed form with fields of these names', parsedForm],
  ['an object of the same shape', { algorithm: 'md5', digest: new Uint8Array(digest), length: 25 }],
  ['a copy of a digest', { ...contentHasher('md5').digest() }],
  ['a clone of a digest', structuredClone(contentHasher('md5').digest())],
  ['what inherits from a digest', Object.create(contentHasher('md5').digest())],
  ['text', '{"message":"Hello world"}'],
  ['an array of bytes', [...digest]],
  ['an empty array', []],
  ['an empty object', {}],
  ['a number', 25],
  ['null', null],
  ['a DataView', new DataView(new ArrayBuffer(2))],
  ['bytes as 16-bit numbers', new Uint16Array(2)],
];

describe.each(impostors)('%s is no body', (_, body) => {
  const given = body as never;

  test('to messageFromIncoming', () => {
    if (body === null) return; // what some servers have for a request without a body
    const request = { method: 'POST', url: '/', rawHeaders: ['Content-Length', '25'] };
    expect(() => messageFromIncoming(request, given)).toThrow('the body must be the raw bytes as they arrived');
  });

  test('to sign, verify and diagnose, whatever the scheme signs', () => {
    const refusal = 'the body must be raw bytes (Uint8Array) or a digest by contentHasher';
    const utf8 = { secret: new Secret('key', 'utf8') };
    const numbers = { ...acsRequest(), headers: [['x-sinch-signature', 'a'.repeat(40)]] as const, body: given };
    for (const use of [
      () => sign(acsHmac, acsCredential, { ...acsRequest(), body: given }),
      () => sign(sinchNumbers, utf8, numbers),
      () => verify(acsHmac, acsCredential, { ...acsRequest(), body: given }),
      () => verify(sinchApplication, sinchCredential, { ...sinchRequest(), body: given }, { now: signedAt }),
      () => verify(sinchNumbers, utf8, numbers),
      () => diagnose(acsHmac, acsCredential, { ...acsRequest(), body: given }),
    ]) {
      expect(use).toThrow(new TypeError(refusal));
    }
  });

  test('to message, unless it is text', () => {
    if (typeof body === 'string') return;
    expect(() => message({ url: '/', body: given })).toThrow('the body must be raw bytes');
  });

  test('to a signing fetch that streams', async () => {
    const send = signedFetch(acsHmac, acsCredential, { fetch: async () => Response.error() });
    const init = { method: 'POST', body: { stream: new ReadableStream<Uint8Array>(), digest: given } };
    await expect(send('https://h/', init)).rejects.toThrow('a stream with its digest by contentHasher');
  });
});

test('a captured request lets no other body through', () => {
  const captured = sinchRequest();
  const request = { method: 'POST', url: captured.target, rawHeaders: captured.headers.flat() };
  const accepted = verify(sinchApplication, sinchCredential, captured, { now: signedAt });
  expect(accepted.ok).toBe(true);
  const forged = { ...parsedForm, digest: new Uint8Array(digest) };
  expect(() => messageFromIncoming(request, forged as never)).toThrow(
    'but this is an object, parsed or decoded before',
  );
});

test('the digest of what streamed is a body, and cannot be changed', async () => {
  const { body, ...rest } = sinchRequest();
  const streamed = await digestStream([body as Uint8Array], 'md5');
  expect(isContentDigest(streamed)).toBe(true);
  expect(Object.isFrozen(streamed)).toBe(true);
  expect(verify(sinchApplication, sinchCredential, { ...rest, body: streamed }, { now: signedAt }).ok).toBe(true);
});

test('chunks that are views of something else are refused, because their length would be another', () => {
  for (const chunk of [new DataView(new ArrayBuffer(2)), new Uint16Array(2), 'text']) {
    expect(() => contentHasher('md5').update(chunk as never)).toThrow('a chunk of a body is bytes');
  }
});
