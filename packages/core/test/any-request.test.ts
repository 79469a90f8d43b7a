import * as fc from 'fast-check';
import { messageFromIncoming, messageFromRequest, type IncomingRequest } from '@countersign/core/receive';
import { receiver } from '@countersign/core/receiver';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { acsCredential, acsRequest, signed, signedAt, sinchCredential, sinchRequest } from './requests.ts';

// What a sender sends makes nothing throw: it is handed on, and refused.

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
/** Bytes as Node gives them, and what no Node gives: lone surrogates, characters of any plane. */
const anyText = fc.oneof(
  fc.string({ unit: byte, maxLength: 20 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 8 }),
);
const target = fc.oneof(
  anyText,
  anyText.map((text) => `/${text}`),
  fc
    .tuple(fc.constantFrom('http://', 'https://', 'HTTP://', 'ftp://', 'http:/', 'http:', 'h:'), anyText)
    .map((all) => all.join('')),
  fc.constantFrom(
    '',
    '*',
    '/',
    '//',
    '?',
    '#',
    'http://',
    'http:///x',
    'ftp://h/x',
    'h:443',
    '/\ud800',
    '/%',
    '/a/../b',
  ),
);
const value = fc.oneof(
  anyText,
  fc.constantFrom(
    'Mon, 27 May 2024 09:08:07 GMT',
    '2024-05-27T09:08:07Z',
    '1716800887',
    '9'.repeat(400),
    'application a:b',
    'application 5F5C418A0F914BBC8234A9BF5EDDAD97:bbbb',
    'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=====',
    'HMAC-SHA256 Credential=k&SignedHeaders=x-ms-date;host;x-ms-content-sha256;__proto__&Signature=A',
  ),
);
const name = fc.oneof(
  anyText,
  fc.constantFrom(
    'Host',
    'host',
    'Authorization',
    'x-ms-date',
    'Date',
    'x-ms-content-sha256',
    'x-timestamp',
    'content-type',
    'x-sinch-signature',
    'x-sinch-webhook-signature',
    'x-sinch-webhook-signature-nonce',
    '__proto__',
    '',
    'x-sinch-webhook-signature-timestamp',
  ),
);
const body = fc.uint8Array({ maxLength: 40 });
const lengths = (bytes: Uint8Array): fc.Arbitrary<string[]> =>
  fc.constantFrom(
    [],
    ['Content-Length', String(bytes.length)],
    ['Content-Length', String(bytes.length), 'Content-Length', '7'],
    ['Content-Length', 'nonsense'],
    ['Content-Length', '-1'],
    ['Transfer-Encoding', 'chunked', 'Content-Length', '1'],
  );
const received = body.chain((bytes) =>
  fc.record({
    bytes: fc.constant(bytes),
    request: fc
      .record({
        method: anyText,
        url: target,
        lines: fc.array(fc.tuple(name, value), { maxLength: 8 }),
        length: lengths(bytes),
      })
      .map(({ method, url, lines, length }): IncomingRequest => ({
        method,
        url,
        rawHeaders: [...lines.flat(), ...length],
      })),
  }),
);

const utf8 = { secret: new Secret('key', 'utf8') };
const azure = { keyId: 'k', secret: acsCredential.secret };
const webhook = {
  method: 'POST',
  target: '/',
  body: new Uint8Array(),
  headers: [['x-sinch-webhook-signature-nonce', 'n']] as const,
};
const all = [
  { scheme: acsHmac, credential: acsCredential, right: acsRequest() },
  { scheme: azureAppConfiguration, credential: azure, right: signed(azureAppConfiguration, azure, acsRequest()) },
  { scheme: sinchApplication, credential: sinchCredential, right: sinchRequest() },
  {
    scheme: sinchVoiceV2,
    credential: sinchCredential,
    right: signed(sinchVoiceV2, sinchCredential, withoutSignature()),
  },
  { scheme: sinchWebhook, credential: utf8, right: signed(sinchWebhook, utf8, webhook) },
  { scheme: sinchNumbers, credential: utf8, right: signed(sinchNumbers, utf8, webhook) },
];

function withoutSignature(): ReturnType<typeof sinchRequest> {
  const { headers, ...rest } = sinchRequest();
  return { ...rest, headers: headers.filter(([header]) => !/^(?:authorization|x-timestamp)$/i.test(header)) };
}

test('any request line, headers and body are handed on, and refused under every scheme', () => {
  fc.assert(
    fc.property(received, ({ request, bytes }) => {
      for (const options of [{}, { publicUrl: 'https://example.com/hooks' }]) {
        const message = messageFromIncoming(request, bytes, options);
        expect(message.body).toBe(bytes);
        for (const { scheme, credential } of all) {
          const result = verify(scheme, credential, message, { now: signedAt, tolerate: 'all' });
          expect(result.ok).toBe(false);
          result.trace();
        }
      }
    }),
    { numRuns: 400 },
  );
});

describe.each(all)('$scheme.id', ({ scheme, credential, right }) => {
  const judge = (changed: object): unknown => {
    const result = verify(scheme, credential, { ...right, ...changed }, { now: signedAt });
    return result.ok || result.code;
  };
  /** The right signature over a target that is none. */
  const signedWith = (odd: string): unknown => {
    const { headers, ...rest } = right;
    const unsigned = headers.filter(([header]) => !addedBy(scheme).includes(header.toLowerCase()));
    return judge(signed(scheme, credential, { ...rest, headers: unsigned, target: odd }));
  };

  test.each(['ftp://h/x', 'http:///x', 'http://', '', 'h:443', 'x', '?q', '#', 'javascript://h/x', 'http://@/x'])(
    'a right signature for the target %j is refused: that is nothing on a server',
    (odd) => {
      expect(signedWith(odd)).toBe('target/malformed');
    },
  );

  const signsTarget = scheme.parts.some(({ source }) => source.from === 'target');
  test('a target with a space is not signed: two requests could have that string', () => {
    if (signsTarget) expect(() => signedWith('/ x')).toThrow(/holds " "/);
    else expect(signedWith('/ x')).toBe(true);
  });

  test('a right signature for "*", which asks for a server’s options, is accepted', () => {
    expect(signedWith('*')).toBe(true);
  });

  test('a request that claims nothing is refused for that first', () => {
    expect(judge({ target: 'ftp://h/x', headers: [] })).toBe('authorization/missing');
  });
});

function addedBy(scheme: Scheme): string[] {
  const { authorization, date, contentHash } = scheme;
  return [authorization.header, ...(date?.headers ?? []), contentHash?.header ?? ''];
}

test('a public URL’s path stands in front of paths only: it makes no target right', () => {
  const at = (url: string): string =>
    messageFromIncoming({ method: 'POST', url, rawHeaders: [] }, undefined, { publicUrl: 'https://h/hooks' }).target;
  expect(['/x', 'http://h/x', 'http://h', 'http://h?q', 'http://u:p@h/a#b'].map(at)).toEqual([
    '/hooks/x',
    '/hooks/x',
    '/hooks/',
    '/hooks/?q',
    '/hooks/a#b',
  ]);
  expect(['', '*', 'ftp://h/x', 'http:///x', 'x'].map(at)).toEqual(['', '*', 'ftp://h/x', 'http:///x', 'x']);
});

test('a Request of any URL that the runtime takes is handed on', async () => {
  for (const url of ['ftp://h/x', 'data:text/plain,x', 'about:blank', 'https://h/a#b']) {
    const request = new Request(url);
    const message = await messageFromRequest(request);
    expect(message.target).toBe(url === 'https://h/a#b' ? '/a' : url);
    const result = await receiver({ scheme: acsHmac, credentials: acsCredential }).verifyRequest(request);
    expect(result).toMatchObject({ ok: false, code: 'authorization/missing' });
  }
});

test('reading the header bytes of a long line takes one pass', () => {
  // Quadratic, this took minutes: every high byte began a search of its own for the character that is no byte.
  const line = `${'\u00e9'.repeat(200_000)}\u0100`;
  expect(messageFromIncoming({ method: 'GET', url: '/', rawHeaders: ['X', line] }, undefined).headers).toEqual([
    ['X', line],
  ]);
});

test('signing is not stricter than the wire: what sign makes, verify takes', () => {
  const message = { ...acsRequest(), target: 'http://h/x', headers: [['Host', 'h']] as const };
  const { headers } = sign(acsHmac, acsCredential, message, { date: signedAt });
  const complete = { ...message, headers: [...message.headers, ...headers] };
  expect(verify(acsHmac, acsCredential, complete, { now: signedAt }).ok).toBe(true);
});
