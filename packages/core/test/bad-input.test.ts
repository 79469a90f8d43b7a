import { readClaims } from '@countersign/core/claims';
import type { Header, Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../tools/processor-ms.ts';
import { schemeVectors, signedVector, vectorCredential, type SignVector } from './conformance/vectors.ts';

// What a stranger sends to an endpoint of each scheme, at sizes that nobody signs: a refusal with a code, in time that
// grows with the size.

/** The request with each value of the header that carries the signature made of it. */
function withSignature(scheme: Scheme, message: Message, change: (value: string) => string): Message {
  const { header, parameter } = scheme.authorization;
  if (parameter === undefined) {
    const headers = message.headers.map(([name, value]): Header =>
      name.toLowerCase() === header ? [name, change(value)] : [name, value],
    );
    return { ...message, headers };
  }
  const changed = (text: string): string =>
    text.replace(new RegExp(`(?<=[?&]${parameter}=)[^&]*`), (value) => encodeURIComponent(change(value)));
  const body = new TextEncoder().encode(changed(new TextDecoder().decode(message.body as Uint8Array)));
  return { ...message, target: changed(message.target), body };
}

const first = schemeVectors.map(({ scheme, sign: [vector] }) => ({ scheme, vector: vector as SignVector }));

describe.each(first)('$scheme.id', ({ scheme, vector }) => {
  const message = signedVector(vector);
  const credential = vectorCredential(vector, scheme);
  const judge = (changed: Message, credentials = [credential]): string => {
    let verdict = '';
    const tookMs = processorMs(() => {
      const result = verify(scheme, credentials, changed, { toleranceSeconds: Infinity });
      verdict = result.ok ? 'accepted' : result.code;
    });
    // A slow machine takes a tenth of that; what is quadratic takes minutes.
    expect(tookMs).toBeLessThan(3000);
    return verdict;
  };

  test('is accepted as it is', () => {
    expect(judge(message)).toBe('accepted');
  });

  test('ten thousand signatures are none, or one of them', () => {
    const { list = ',', template } = scheme.authorization;
    const [item = ''] = template.slice(template.lastIndexOf(list) + 1).split('{signature}');
    const wrong = `${scheme.authorization.list === undefined ? '' : item}${'A'.repeat(44)}`;
    const many = (value: string): string => [value, ...Array<string>(10_000).fill(wrong)].join(list);
    const code = judge(withSignature(scheme, message, many));
    const expected =
      scheme.authorization.list === undefined
        ? /malformed|mismatch|unknown|signed-headers/
        : /accepted|malformed|mismatch/;
    expect(code).toMatch(expected);
    const none = judge(withSignature(scheme, message, () => many(wrong)));
    expect(none).toMatch(/^(?:authorization|signature|date|key)\//);
  });

  test('a query of a megabyte is another query', () => {
    const query = `${'a=%41&'.repeat(170_000)}z`;
    const target = `${message.target}${message.target.includes('?') ? '&' : '?'}${query}`;
    expect(judge({ ...message, target })).toMatch(/^(?:accepted|(?:signature|url-hash)\/mismatch)$/);
  });

  test('a form of a megabyte is another form', () => {
    const body = new TextEncoder().encode('b=%42&'.repeat(170_000));
    expect(judge({ ...message, body })).toMatch(/^(?:accepted|[a-z-]+\/(?:mismatch|missing|malformed))$/);
  });

  test('parameters that come twice are neither lost nor the first of them', () => {
    const twice = message.target.includes('?') ? `${message.target}&${message.target.split('?')[1]}` : message.target;
    const [isQuerySigned] = [
      judge({ ...message, target: `${message.target}${message.target.includes('?') ? '&' : '?'}q=1` }),
    ];
    const code = judge({ ...message, target: twice });
    if (twice !== message.target && isQuerySigned !== 'accepted') expect(code).not.toBe('accepted');
  });

  test('ten thousand headers are read once', () => {
    const more = Array.from({ length: 10_000 }, (_, at): Header => [`x-ms-more-${at}`, 'x']);
    expect(judge({ ...message, headers: [...message.headers, ...more] })).toMatch(
      /^(?:accepted|(?:signature|url-hash)\/mismatch)$/,
    );
  });

  test('claims of a head alone are read without a throw', () => {
    const { body: _, ...head } = message;
    const read = readClaims(scheme, head);
    expect(read.ok || read.code.endsWith('/missing')).toBe(true);
  });

  test('an empty secret is refused before anybody signs with it', () => {
    for (const secret of ['', ' ', '\n'])
      expect(() => new Secret(secret, scheme.key.encoding)).toThrow(/not set, empty/);
  });

  test('a secret that is not of its encoding is refused where the scheme decodes it', () => {
    const make = (): Secret => new Secret('no base64 !', scheme.key.encoding);
    if (scheme.key.encoding === 'utf8') expect(make()).toBeInstanceOf(Secret);
    else expect(make).toThrow(expect.objectContaining({ code: 'secret/undecodable' }));
  });

  test('a result says whether a time is signed', () => {
    const result = verify(scheme, credential, message, { toleranceSeconds: Infinity });
    expect(result).toMatchObject({ ok: true, signsTime: scheme.date !== undefined });
  });
});
