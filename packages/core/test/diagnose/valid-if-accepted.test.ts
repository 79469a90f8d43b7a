import { createHash, createHmac } from 'node:crypto';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import type { MacRule } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { verify, type Verification } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { schemeVectors, signedVector, vectorCredential, type SignVector } from '../conformance/vectors.ts';

// Whoever asks why a request was refused is never told that it is right: both judge by the same rules, in every scheme.

/** A request as it was sent, and the bytes that its signer signed. */
interface Sent {
  readonly request: Message;
  readonly signed: Buffer;
}
type Change = readonly [what: string, made: Sent | undefined];

const bytes = (text: SignVector['stages']['stringToSign']): Buffer =>
  typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.base64, 'base64');
const withHeaders = (sent: Sent, headers: readonly Header[]): Sent => ({
  ...sent,
  request: { ...sent.request, headers },
});

/** The same text in another place: in the request by the caller, and in the bytes that are signed where it stands there once. */
function signedInstead({ signed }: Sent, own: string, other: string): Buffer | undefined {
  const at = own === '' ? -1 : signed.indexOf(own);
  if (at < 0 || signed.indexOf(own, at + 1) >= 0) return undefined;
  return Buffer.concat([signed.subarray(0, at), Buffer.from(other), signed.subarray(at + Buffer.byteLength(own))]);
}

function* changes(sent: Sent): Generator<Change> {
  const { request } = sent;
  yield ['nothing', sent];
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  for (const type of [
    undefined,
    '',
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ])
    yield [
      `Content-Type: ${type}`,
      withHeaders(sent, type === undefined ? others : [...others, ['Content-Type', type]]),
    ];
  for (const [at, [name, value]] of request.headers.entries()) {
    yield [`${name} twice`, withHeaders(sent, [...request.headers, [name, value]])];
    yield [`no ${name}`, withHeaders(sent, request.headers.toSpliced(at, 1))];
    for (const other of [
      '',
      ` ${value}`,
      `${value} `,
      `${value}\t`,
      value.toUpperCase(),
      value.toLowerCase(),
      `${value},`,
      `${value}, ${value}`,
      `${value}\n`,
      `${value};`,
      `a\0b`,
      '\ud800',
    ]) {
      const changed = withHeaders(sent, request.headers.with(at, [name, other]));
      yield [`${name}: ${JSON.stringify(other)}`, changed];
      const signed = signedInstead(sent, value, other);
      yield [`${name}: ${JSON.stringify(other)}, signed so`, signed && { ...changed, signed }];
    }
  }
  const { method, target } = request;
  for (const other of ['get', 'GET', `${method} `, `${method}\n`]) {
    const signed = signedInstead(sent, method, other);
    yield [`method ${JSON.stringify(other)}`, { ...sent, request: { ...request, method: other } }];
    yield [`method ${JSON.stringify(other)}, signed so`, signed && { request: { ...request, method: other }, signed }];
  }
  const joint = target.includes('?') ? '&' : '?';
  for (const added of [
    '#top',
    `${joint}a=1`,
    `${joint}a=%zz`,
    `${joint}a=1&a=2`,
    `${joint}b=\n`,
    `${joint}é`,
    ' ',
    '/',
    `${joint}%ff`,
    `\ud800`,
  ]) {
    const other = target + added;
    const signed = signedInstead(sent, target, other);
    yield [`target … ${JSON.stringify(added)}`, { ...sent, request: { ...request, target: other } }];
    yield [
      `target … ${JSON.stringify(added)}, signed so`,
      signed && { request: { ...request, target: other }, signed },
    ];
  }
  for (const other of ['', '*', 'hook', `http://[${target}`, target.replace(/^\//, '//'), `/x/..${target}`]) {
    const signed = signedInstead(sent, target, other);
    yield [`target ${JSON.stringify(other)}`, { ...sent, request: { ...request, target: other } }];
    yield [`target ${JSON.stringify(other)}, signed so`, signed && { request: { ...request, target: other }, signed }];
  }
  const body = Buffer.from(request.body as Uint8Array);
  for (const [what, other] of [
    ['empty', Buffer.alloc(0)],
    ['other', Buffer.from('{"quite":"another"}')],
    ['a line more', Buffer.concat([body, Buffer.from('\n')])],
    ['no UTF-8', Buffer.concat([body, Buffer.from([0xff])])],
    ['a bad escape', Buffer.concat([body, Buffer.from('&a=%zz')])],
    ['a field more', Buffer.concat([body, Buffer.from('&a=1')])],
  ] as const) {
    const signed = signedInstead(sent, body.toString(), other.toString());
    yield [`body ${what}`, { ...sent, request: { ...request, body: other } }];
    yield [`body ${what}, signed so`, signed && { request: { ...request, body: other }, signed }];
  }
}

/** AWS's signing key, and what is signed in place of the canonical request. */
function derived(secret: string, { date = '', fields = {} }: SignVector, canonical: Buffer): [Buffer, Buffer] {
  const scope = [date.slice(0, 8), fields['region'] ?? '', fields['service'] ?? '', 'aws4_request'];
  const key = scope.reduce<Buffer>(
    (last, step) => createHmac('sha256', last).update(step).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const hash = createHash('sha256').update(canonical).digest('hex');
  return [key, Buffer.from(`AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${hash}`)];
}

function digest({ algorithm, encoding }: MacRule, key: Buffer, data: Buffer): string {
  const made =
    algorithm === 'md5-suffix'
      ? createHash('md5').update(data).update(key).digest()
      : createHmac(algorithm, key).update(data).digest();
  return encoding === 'upper-hex' ? made.toString('hex').toUpperCase() : made.toString(encoding);
}

const all = schemeVectors.map(({ scheme, sign: [vector] }) => ({ scheme, vector: vector as SignVector }));
// Few kinds and every fourth change here, all of them in the matrix.
const isMatrix = process.env['MATRIX'] === 'all';
const few = ['twilio-shared-key', 'shopify-oauth', 'azure-sas', 'azure-storage-sharedkey'];
const samples = isMatrix ? all : all.filter(({ scheme }) => few.includes(scheme.id));

describe.each(samples)('$scheme.id', ({ scheme, vector }) => {
  const right = vector.stages.signature;
  const mac = (vector.key.mac && scheme.mac.choices?.[vector.key.mac]) || scheme.mac;
  const { secret: keyText, id: keyId, mac: chosen } = vector.key;
  const key =
    scheme.key.encoding === 'utf8'
      ? Buffer.from(keyText)
      : Buffer.from(keyText.replace(/^whsec_/, ''), scheme.key.encoding === 'hex' ? 'hex' : 'base64');
  const credential = { secret: keyText, ...(keyId !== undefined && { keyId }), ...(chosen && { mac: chosen }) };

  function judged({ request, signed }: Sent): { verified: Verification; diagnosed: Diagnosis } {
    const [ownKey, string] = vector.stages.canonicalRequest ? derived(keyText, vector, signed) : [key, signed];
    const signature = digest(mac, ownKey, string);
    const put = (text: string): string =>
      text
        .replaceAll(right, () => signature)
        .replaceAll(encodeURIComponent(right), () => encodeURIComponent(signature));
    const carrying: Message = {
      ...request,
      target: put(request.target),
      headers: request.headers.map(([name, value]): Header => [name, put(value)]),
      body: signature === right ? request.body : Buffer.from(put(Buffer.from(request.body as Uint8Array).toString())),
    };
    return {
      verified: verify(scheme, vectorCredential(vector, scheme), carrying, { toleranceSeconds: Infinity }),
      diagnosed: diagnose(scheme, credential, carrying, {
        exactBody: true,
        callerHoldsKey: true,
        otherSchemes: schemes,
        budget: { ms: 20, mistakes: 1 },
      }),
    };
  }

  test('a diagnosis says valid where verification accepts, and nowhere else', () => {
    const { canonicalRequest, stringToSign } = vector.stages;
    const first: Sent = { request: signedVector(vector), signed: bytes(canonicalRequest ?? stringToSign) };
    const unlike: string[] = [];
    let accepted = 0;
    for (const [at, [what, sent]] of [...changes(first)].entries()) {
      if (!sent || (!isMatrix && at % 4 > 0)) continue;
      const { verified, diagnosed } = judged(sent);
      if (verified.ok) accepted++;
      const isStale = diagnosed.mistakes.every(({ id }) => id === 'date/clock-skew');
      const isValid =
        diagnosed.verdict === 'valid' ||
        (diagnosed.verdict === 'explained' && isStale && diagnosed.mistakes.length > 0);
      if (isValid !== verified.ok)
        unlike.push(
          `${what}: ${verified.ok ? 'accepted' : verified.code}, but ${diagnosed.verdict} ${diagnosed.mistakes.map(({ id }) => id).join()}`,
        );
    }
    expect(unlike).toEqual([]);
    expect(accepted).toBeGreaterThan(0);
  });
});
