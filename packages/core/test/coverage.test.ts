import { readFileSync } from 'node:fs';
import { headerValue, message, type Message } from '@countersign/core/message';
import { PrivateKey } from '@countersign/core/private-key';
import { hasPublicKeys, type AnyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { verifyAsync } from '@countersign/core/verify-async';
import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../src/canonical/timestamp.ts';
import {
  publicKeyVectors,
  schemeVectors,
  signedVector,
  vectorCredential,
  vectorScheme,
} from './conformance/vectors.ts';
import { signed, signedAt, withHeader } from './requests.ts';

// What each scheme covers is found out from its data: one thing is changed in a signed request, which is refused or not.
// The documentation and the schemes' own comments are held against that.

const changes = {
  method: (request: Message) => ({ ...request, method: 'PUT' }),
  path: (request: Message) => ({ ...request, target: request.target.replace('/hook', '/other') }),
  query: (request: Message) => ({ ...request, target: request.target.replace('a=1', 'a=2') }),
  host: (request: Message) => ({
    ...withHeader(request, 'host', 'other.example.com'),
    origin: 'https://other.example.com',
  }),
  'Content-Type': (request: Message) => withHeader(request, 'content-type', 'text/plain'),
  'other headers': (request: Message) => withHeader(request, 'x-other', 'changed'),
  body: (request: Message) => ({ ...request, body: new TextEncoder().encode(bodyText(request).replace('10', '99')) }),
  time: (request: Message, scheme: AnyScheme) => {
    const { date, authorization } = scheme;
    const later = {
      rfc1123: 'Mon, 27 May 2024 09:08:08 GMT',
      iso8601: '2024-05-27T09:08:08.000Z',
      'epoch-seconds': '1716800888',
      'epoch-milliseconds': '1716800888000',
      epoch: '1716800888',
    };
    if (!date) return undefined;
    if (scheme.components)
      return withHeader(request, 'signature-input', inputOf(request).replace('1716800887', '1716800888'));
    if (date.claim !== undefined)
      return withClaims(request, authorization.header, (text) => text.replace('1716800887', '1716800888'));
    const [header] = date.headers;
    if (header !== undefined) return withHeader(request, header, later[date.format]);
    const changed = (text: string): string => text.replace('1716800887', '1716800888');
    const beside = headerValue(request.headers, authorization.header) ?? '';
    const body = new TextEncoder().encode(changed(bodyText(request)));
    return withHeader({ ...request, body }, authorization.header, changed(beside));
  },
  nonce: (request: Message, { nonce, parts, authorization }: AnyScheme) => {
    const source = parts.find(({ name }) => name === nonce)?.source;
    if (source?.from === 'token-claims')
      return withClaims(request, authorization.header, (text) => text.replace(/"jti":"[^"]*"/, '"jti":"another"'));
    return source?.from === 'header' ? withHeader(request, source.header, '01ARZ3NDEKTSV4RRFFQ69G5FAV') : undefined;
  },
};
function inputOf({ headers }: Message): string {
  return headerValue(headers, 'signature-input') ?? '';
}

/** The request with other claims in its token, under the same signature. */
function withClaims(request: Message, header: string, change: (text: string) => string): Message {
  const [head, claims = '', signature] = (headerValue(request.headers, header) ?? '').split('.');
  const text = Buffer.from(claims, 'base64url').toString();
  expect(change(text)).not.toBe(text);
  return withHeader(request, header, [head, Buffer.from(change(text)).toString('base64url'), signature].join('.'));
}

function bodyText({ body }: Message): string {
  return new TextDecoder().decode(body as Uint8Array);
}

const names = Object.keys(changes) as (keyof typeof changes)[];

const form = 'application/x-www-form-urlencoded';

/** A request that was signed by the scheme, and what its verifier says of another. */
async function judged(
  scheme: AnyScheme,
  unsigned: Message,
): Promise<{ readonly request: Message; readonly accepts: (changed: Message) => Promise<boolean> }> {
  if (hasPublicKeys<Scheme>(scheme)) {
    const privateKey = await PrivateKey.generate(scheme.publicKey.algorithm === 'ed25519' ? 'ed25519' : 'ec-p256');
    const publicKey = await privateKey.publicKey();
    const request = signedMessage(unsigned, await signAsync(scheme, { privateKey }, unsigned, { date: signedAt }));
    const accepts = async (changed: Message): Promise<boolean> =>
      (await verifyAsync(scheme, { publicKey }, changed, { now: signedAt })).ok;
    return { request, accepts };
  }
  const [vector] = schemeVectors.find((one) => one.scheme === scheme)?.sign ?? [];
  if (!vector) throw new Error(`no vector of ${scheme.id}`);
  const credential = vectorCredential(vector, scheme);
  return {
    request: signed(scheme, credential, unsigned),
    accepts: async (changed) => verify(scheme, credential, changed, { now: signedAt }).ok,
  };
}

function keyIdOf(scheme: AnyScheme): string {
  return schemeVectors.find((one) => one.scheme === scheme)?.sign[0]?.key.id ?? '';
}

async function coverage(scheme: AnyScheme): Promise<Record<keyof typeof changes, boolean>> {
  const isForm = scheme.parts.some(({ source }) => ['form', 'parameters', 'query-and-form'].includes(source.from));
  const type = isForm && !scheme.parts.some(({ source }) => source.from === 'body-digest') ? form : 'application/json';
  const headers: Record<string, string> = { 'Content-Type': type, 'X-Other': 'x' };
  for (const { source } of scheme.parts) {
    if (source.from === 'header' && source.absent === 'refused') headers[source.header] = '01FJA8B4A7BM43YGWSG9GBV067';
  }
  const { required = [], keyHeader } = scheme.components ?? {};
  for (const name of required.filter((one) => !one.startsWith('@') && one !== 'content-digest'))
    headers[name] = name === keyHeader ? keyIdOf(scheme) : '01FJA8B4A7BM43YGWSG9GBV067';
  const url = 'https://example.com/hook?a=1';
  const body = type === form ? 'amount=10&timestamp=1716800887' : '{"amount":10}';
  const { request, accepts } = await judged(scheme, message({ method: 'POST', url, headers, body }));
  expect(await accepts(request)).toBe(true);
  const covered = await Promise.all(
    names.map(async (name) => {
      const changed = changes[name](request, scheme);
      return [name, changed !== undefined && !(await accepts(changed))] as const;
    }),
  );
  return Object.fromEntries(covered) as Record<keyof typeof changes, boolean>;
}

const schemes: readonly AnyScheme[] = [...schemeVectors, ...publicKeyVectors].map(({ scheme }) => scheme);
const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('the documentation’s table says what each scheme covers', async () => {
  const rows = await Promise.all(
    schemes.map(async (scheme) => {
      const covered = await coverage(scheme);
      return [`\`${scheme.id}\``, ...names.map((name) => (covered[name] ? 'yes' : '–'))];
    }),
  );
  const table = [['scheme', ...names], ...rows];
  const [, documented = ''] = /<!-- coverage -->\n\n((?:\|.*\n)+)/.exec(read('docs/schemes.md')) ?? [];
  const lines = documented.trim().split('\n');
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(cells.filter((_, at) => at !== 1)).toEqual(table);
});

test.each(schemes)('$id says beside itself what it does not cover', async (scheme) => {
  const covered = await coverage(scheme);
  const not = names.filter((name) => !covered[name] && name !== 'nonce');
  const comment = read(`packages/core/src/schemes/${scheme.id}.ts`).replace(/\n \* ?/g, ' ');
  const [, said = ''] = /Not covered: ([^.]+?)(?:, unless [^.]+)?\./.exec(comment) ?? [];
  expect(said.split(', ')).toEqual(not);
});

/** Another value is refused, and not every other one: a form has parameters in its type, and a token is good for any port. */
function isJudgedInPart({ parts }: Scheme, name: string): boolean {
  const froms = parts.map(({ source }) => source.from);
  if (name === 'host') return froms.includes('resource');
  return name === 'content-type' && froms.some((from) => ['form', 'parameters', 'query-and-form'].includes(from));
}

describe('the headers that a result calls covered', () => {
  test.each(schemeVectors)('are those of $scheme.id whose change is refused', ({ scheme, sign }) => {
    for (const vector of sign) {
      const request = signedVector(vector);
      const credential = vectorCredential(vector, scheme);
      const asked = vectorScheme(vector, scheme);
      const now = scheme.date ? new Date(parseTimestamp(vector.date ?? '', scheme.date.format) ?? 0) : signedAt;
      const result = verify(asked, credential, request, { now });
      if (!result.ok) throw new Error(`${vector.id}: ${result.code}`);
      const sent = [...new Set(request.headers.map(([name]) => name.toLowerCase()))];
      const refused = sent.filter((name) => {
        const value = headerValue(request.headers, name) ?? '';
        // A change of the last character that keeps a date a date and a hash a hash.
        const changed = (value || '0').replace(
          /(\w)(\W*)$/,
          (_, last: string, rest: string) => (last === '1' ? '2' : '1') + rest,
        );
        return (
          name !== scheme.authorization.header &&
          name !== 'signature-input' &&
          name !== scheme.authorization.keyHeader?.header &&
          !verify(asked, credential, withHeader(request, name, changed), { now }).ok
        );
      });
      const wanted = refused.filter((name) => !isJudgedInPart(scheme, name));
      expect(result.coveredHeaders.toSorted(), vector.id).toEqual(wanted.toSorted());
    }
  });
});
