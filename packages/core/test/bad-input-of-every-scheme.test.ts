import { readFileSync } from 'node:fs';
import type { Header, Message } from '@countersign/core/message';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { Secret, type Credential } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { schemeVectors, signedVector, vectorCredential } from './conformance/vectors.ts';
import { thrownBy } from './requests.ts';

// What strangers send, and what operators configure, to each scheme of the catalog: a refusal with a code of the closed union,
// or an error with one; never an exception of the language, and in the time of one look at each character.

const errors = readFileSync(new URL('../src/errors.ts', import.meta.url), 'utf8');
const [, union = ''] = /export type RefusalCode =([^;]*);/.exec(errors) ?? [];
const refusalCodes = new Set([...union.matchAll(/'([^']+)'/g)].map(([, code]) => code));

interface Sample {
  readonly scheme: Scheme;
  readonly credential: Credential;
  readonly request: Message;
}

const samples = schemeVectors.map(({ scheme, sign }): Sample => {
  const [vector] = sign;
  if (!vector) throw new Error(`no vector of ${scheme.id}`);
  return { scheme, credential: vectorCredential(vector, scheme), request: signedVector(vector) };
});

const refusalOf = ({ scheme, credential }: Sample, request: Message): string => {
  const result = verify(scheme, credential, request, { toleranceSeconds: Number.POSITIVE_INFINITY });
  return result.ok ? 'accepted' : result.code;
};

const signatureHeaders = ({ authorization }: Scheme): string[] =>
  [authorization.header, authorization.keyHeader?.header ?? ''].filter((name) => name !== '');

/** The request with its signature's header repeated inside itself, as a list of that many. */
function withManySignatures({ scheme, request }: Sample, count: number): Message {
  const { list = ',' } = scheme.authorization;
  const headers = request.headers.map(([name, value]): Header => {
    const isSignature = signatureHeaders(scheme).includes(name.toLowerCase());
    return [name, isSignature ? `${value.replace(/[0-9A-Za-z+/]{16,}/, 'A'.repeat(40))}${list}`.repeat(count) : value];
  });
  return { ...request, headers };
}

describe.each(samples)('$scheme.id', (sample) => {
  const { scheme, request } = sample;

  test.each(['', ' ', '\n'])('refuses the key %j', (text) => {
    expect(thrownBy(() => new Secret(text, scheme.key.encoding))).toMatchObject({ code: 'secret/empty' });
  });

  test('refuses a key that is none in its encoding', () => {
    if (scheme.key.encoding === 'utf8') return expect(new Secret('é€', 'utf8').expose().bytes.length).toBe(5);
    for (const text of ['no base64!', 'whsec_?', 'abc=d'])
      expect(thrownBy(() => new Secret(text, scheme.key.encoding))).toMatchObject({ code: 'secret/undecodable' });
  });

  test('refuses ten thousand signatures', () => {
    const { parameter } = scheme.authorization;
    const many =
      parameter === undefined
        ? withManySignatures(sample, 10_000)
        : { ...request, target: `/hook?${`${parameter}=ab&`.repeat(10_000)}`, body: new Uint8Array() };
    expect(refusalCodes).toContain(refusalOf(sample, many));
  });

  test('refuses a query of a megabyte, or accepts it where no query is signed', () => {
    // Of a request with a form, the scheme that signs parameters signs no query.
    const body = scheme.authorization.parameter === undefined ? request.body : new Uint8Array();
    const long = { ...request, body, target: `/hook?${'a=%41&'.repeat(170_000)}` };
    const covered = scheme.parts.some(({ source }) => !['body', 'date', 'header', 'literal'].includes(source.from));
    const result = refusalOf(sample, long);
    if (covered) expect(refusalCodes).toContain(result);
    else expect(result).toBe('accepted');
  });

  test('refuses each header of its own that comes twice', () => {
    const own = [
      ...signatureHeaders(scheme),
      ...(scheme.date?.headers.slice(0, 1) ?? []),
      ...scheme.parts.flatMap(({ source }) =>
        source.from === 'header' && source.absent === 'refused' ? [source.header] : [],
      ),
    ];
    for (const name of own) {
      const [line] = request.headers.filter(([spelled]) => spelled.toLowerCase() === name);
      if (!line) continue;
      const twice = { ...request, headers: [...request.headers, line] };
      expect(refusalOf(sample, twice), name).toMatch(/\/(?:duplicate|malformed)$/);
    }
  });

  test.each(['', ' ', ',', '=', '\0', '\ud800', '💥', 'a'.repeat(100_000), ','.repeat(100_000), '='.repeat(100_000)])(
    'refuses a signature header that is %.20j',
    (value) => {
      const [name] = signatureHeaders(scheme);
      if (name === undefined) return;
      const headers = request.headers.filter(([spelled]) => spelled.toLowerCase() !== name);
      expect(refusalOf(sample, { ...request, headers: [...headers, [name, value]] })).toMatch(
        /^(?:authorization|signature)\/malformed$/,
      );
    },
  );
});

test('a query does not sign the time that is read from a form', () => {
  const oauth = schemeVectors.find(({ scheme }) => scheme.id === 'shopify-oauth')?.scheme;
  if (!oauth) throw new Error('no scheme');
  const [part] = oauth.parts;
  const parts = [{ ...part, source: { ...part?.source, in: 'query' } }] as unknown as Scheme['parts'];
  expect(() => defineScheme({ ...oauth, parts })).toThrow('`date` is not signed');
});
