import { createHash, createHmac, generateKeyPairSync, sign as signWith, type KeyObject } from 'node:crypto';
import {
  diagnosePublicKey,
  type Diagnosis,
  type PublicKeyDiagnoseOptions,
} from '@countersign/core/diagnose-public-key';
import { message, type Message } from '@countersign/core/message';
import { PublicKey } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { rfc9421Ed25519 } from '@countersign/core/schemes/rfc9421-ed25519';
import { sendgrid } from '@countersign/core/schemes/sendgrid';
import { standardWebhooksEd25519 } from '@countersign/core/schemes/standard-webhooks-ed25519';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { describe, expect, test } from 'vitest';

// Every request is signed, and broken, by hand with node:crypto.

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKeyOf = (key: KeyObject): PublicKey => new PublicKey(key.export({ format: 'der', type: 'spki' }));
const own = publicKeyOf(ed25519.publicKey);
const rawKey = ed25519.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

const time = 1_717_000_000;
const now = new Date(time * 1000);
const body = '{"data":{"event_type":"call.answered","payload":{"to":"+12065550110","from":"+12065550100"}}}';
const ofTelnyx = (signature: string, sent: string = body, at = time): Message =>
  message({
    method: 'POST',
    url: 'https://example.com/hook',
    headers: { 'telnyx-timestamp': String(at), 'telnyx-signature-ed25519': signature },
    body: sent,
  });
const signed = (text: string | Buffer): Buffer => signWith(null, Buffer.from(text), ed25519.privateKey);
const right = signed(`${time}|${body}`);

const diagnosed = (
  scheme: PublicKeyScheme,
  received: Message,
  options: PublicKeyDiagnoseOptions = {},
  key = own,
): Promise<Diagnosis> => diagnosePublicKey(scheme, { publicKey: key }, received, { now, exactBody: true, ...options });
const ids = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ id }) => id);

describe('a webhook under Ed25519', () => {
  test('that is right is called so, and one that is old as well, with its age', async () => {
    expect(await diagnosed(telnyx, ofTelnyx(right.toString('base64')))).toMatchObject({
      verdict: 'valid',
      mistakes: [],
    });
    const old = await diagnosed(telnyx, ofTelnyx(right.toString('base64')), { now: new Date((time + 900) * 1000) });
    expect([old.verdict, ids(old)]).toEqual(['valid', ['date/clock-skew']]);
  });

  const broken: readonly (readonly [what: string, received: Message, id: string, says: RegExp])[] = [
    [
      'whose body was parsed and written again',
      ofTelnyx(right.toString('base64'), JSON.stringify(JSON.parse(body), undefined, 2)),
      'body/reserialized',
      /your server got/,
    ],
    [
      'whose body got a newline',
      ofTelnyx(right.toString('base64'), `${body}\n`),
      'body/newlines',
      /your server got .*\\n"\.$/,
    ],
    [
      'with the time of another delivery',
      ofTelnyx(right.toString('base64'), body, time + 37),
      'date/not-the-one-sent',
      /1717000000/,
    ],
    ['with its signature in hexadecimal', ofTelnyx(right.toString('hex')), 'digest/encoding', /in hexadecimal/],
    [
      'with its signature in base64 twice',
      ofTelnyx(Buffer.from(right.toString('base64')).toString('base64')),
      'digest/encoding',
      /once more in base64/,
    ],
    [
      'of which the hash was signed',
      ofTelnyx(signed(createHash('sha256').update(`${time}|${body}`).digest()).toString('base64')),
      'digest/algorithm',
      /hashed twice/,
    ],
    [
      'with an HMAC under the public key’s text',
      ofTelnyx(createHmac('sha256', rawKey.toString('base64')).update(`${time}|${body}`).digest('base64')),
      'digest/algorithm',
      /HMAC-SHA256 with the text of the public key/,
    ],
    [
      'with an HMAC under the name of the private key’s file',
      ofTelnyx(createHmac('sha256', './private.pem').update(`${time}|${body}`).digest('hex')),
      'digest/algorithm',
      /the name of a file \("\.\/private\.pem"\)/,
    ],
    [
      'that joins time and body by a dot',
      ofTelnyx(signed(`${time}.${body}`).toString('base64')),
      'layout/separator',
      /./,
    ],
    ['that signs the body alone', ofTelnyx(signed(body).toString('base64')), 'layout/part-missing', /./],
  ];
  test.each(broken)('%s is explained', async (_what, received, id, says) => {
    const found = await diagnosed(telnyx, received);
    expect([found.verdict, ids(found)]).toEqual(['explained', [id]]);
    expect(found.mistakes[0]?.summary).toMatch(says);
    expect(found.mistakes[0]).toMatchObject({ proven: true, certainty: 'proven' });
    expect(Object.keys(found.mistakes[0]?.fix ?? {}).length).toBeGreaterThan(8);
  });

  test('of another account is known by that account’s key', async () => {
    const other = generateKeyPairSync('ed25519');
    const signature = signWith(null, Buffer.from(`${time}|${body}`), other.privateKey).toString('base64');
    const alsoKeys = [{ publicKey: publicKeyOf(other.publicKey), name: 'the key of staging' }];
    const found = await diagnosed(telnyx, ofTelnyx(signature), { alsoKeys });
    expect(ids(found)).toEqual(['key/other']);
    expect(found.mistakes[0]?.summary).toContain('the key of staging');
    const unknown = await diagnosed(telnyx, ofTelnyx(signature));
    expect([unknown.verdict, unknown.mistakes, unknown.missing[0]?.option]).toEqual([
      'unexplained',
      [],
      '--also-public-key',
    ]);
  });

  test('without a signature, or without a time, is no signed request', async () => {
    const bare = message({ method: 'POST', url: 'https://example.com/hook', body });
    expect((await diagnosed(telnyx, bare)).verdict).toBe('malformed');
    const { headers, ...rest } = ofTelnyx(right.toString('base64'));
    const undated = { ...rest, headers: headers.filter(([name]) => name !== 'telnyx-timestamp') };
    expect((await diagnosed(telnyx, undated)).verdict).not.toBe('valid');
  });

  test('is accused of nothing by a signature that says nothing', async () => {
    for (const nothing of [
      Buffer.alloc(64).toString('base64'),
      Buffer.alloc(64, 7).toString('base64'),
      'AAAA',
      'none',
    ]) {
      const found = await diagnosed(telnyx, ofTelnyx(nothing));
      expect([nothing, found.verdict === 'explained', found.mistakes]).toEqual([nothing, false, []]);
    }
  });
});

test('bytes that are as long as a signature and have not its form are not called too long or too short', async () => {
  const received = message({
    method: 'POST',
    url: 'https://example.com/hook',
    headers: {
      'x-twilio-email-event-webhook-timestamp': String(time),
      'x-twilio-email-event-webhook-signature': Buffer.alloc(70, 7).toString('base64'),
    },
    body: '[]\r\n',
  });
  const found = await diagnosed(sendgrid, received, {}, publicKeyOf(p256.publicKey));
  expect([found.verdict, found.mistakes]).toEqual(['unexplained', []]);
  expect(found.notes[0]?.id).toBe('signature/unreadable');
  expect(found.notes[0]?.summary).toMatch(/neither the length nor the form/);
});

test('a long body that another key signed, or nobody, is verified as often as 120 MB have room for it', async () => {
  const long = 'x'.repeat(10_000_000);
  const found = await diagnosed(telnyx, ofTelnyx(signed('another text').toString('base64'), long));
  expect([found.verdict, found.mistakes]).toEqual(['unexplained', []]);
  // Nine more are of its hashes, which are short.
  expect(found.tried).toBeLessThanOrEqual(12 + 9);
});

test('a long body is known to be right, and by the time of its neighbour', async () => {
  const long = 'x'.repeat(10_000_000);
  const signature = signed(`${time}|${long}`).toString('base64');
  expect((await diagnosed(telnyx, ofTelnyx(signature, long))).verdict).toBe('valid');
  expect(ids(await diagnosed(telnyx, ofTelnyx(signature, long, time + 1)))).toEqual(['date/not-the-one-sent']);
});

test('a webhook with HMAC and Ed25519 side by side is judged by its own', async () => {
  const text = `msg_1.${time}.${body}`;
  const asymmetric = `v1a,${signed(text).toString('base64')}`;
  const received = (value: string, sent = body): Message =>
    message({
      method: 'POST',
      url: 'https://example.com/',
      headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': String(time), 'webhook-signature': value },
      body: sent,
    });
  const both = `v1,${createHmac('sha256', 'x').update(text).digest('base64')} ${asymmetric}`;
  expect((await diagnosed(standardWebhooksEd25519, received(both))).verdict).toBe('valid');
  const pretty = JSON.stringify(JSON.parse(body), undefined, 4);
  expect(ids(await diagnosed(standardWebhooksEd25519, received(both, pretty)))).toEqual(['body/reserialized']);
});

describe('a webhook under ECDSA', () => {
  const key = publicKeyOf(p256.publicKey);
  const events = '[{"email":"a@example.com","event":"processed"},\r\n{"email":"b@example.com","event":"open"}]\r\n';
  const received = (signature: Buffer, sent = events): Message =>
    message({
      method: 'POST',
      url: 'https://example.com/',
      headers: {
        'x-twilio-email-event-webhook-timestamp': String(time),
        'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      },
      body: sent,
    });
  const ecdsa = (data: string | Buffer, dsaEncoding: 'der' | 'ieee-p1363' = 'der'): Buffer =>
    signWith('sha256', Buffer.from(data), { key: p256.privateKey, dsaEncoding });
  const der = ecdsa(`${time}${events}`);

  test.each([
    ['is right', received(der), [], 'valid'],
    ['was parsed', received(der, JSON.stringify(JSON.parse(events))), ['body/reserialized'], 'explained'],
    ['lost the line break at its end', received(der, events.trimEnd()), ['body/newlines'], 'explained'],
    [
      'is signed in the other form',
      received(ecdsa(`${time}${events}`, 'ieee-p1363')),
      ['digest/encoding'],
      'explained',
    ],
    [
      'was hashed before it was signed',
      received(ecdsa(createHash('sha256').update(`${time}${events}`).digest())),
      ['digest/algorithm'],
      'explained',
    ],
  ] as const)('that %s is told', async (_what, request, mistakes, verdict) => {
    const found = await diagnosed(sendgrid, request, {}, key);
    expect([found.verdict, ids(found)]).toEqual([verdict, mistakes]);
  });
});

describe('a request by RFC 9421 under Ed25519', () => {
  const list = '("@method" "@authority" "@path")';
  const declared = (sent: string, signedAs = sent, lines = ['POST', 'example.com', '/hook']): Message => {
    const names = [...list.matchAll(/"[^"]*"/g)].map(([name]) => name);
    const base = [...names.map((name, at) => `${name}: ${lines[at]}`), `"@signature-params": ${signedAs}`].join('\n');
    return message({
      method: 'POST',
      url: 'https://example.com/hook',
      headers: {
        host: 'example.com',
        'signature-input': `sig1=${sent}`,
        signature: `sig1=:${signed(base).toString('base64')}:`,
      },
    });
  };
  const sent = `${list};created=${time};keyid="k"`;

  test.each([
    ['is right', declared(sent), [], 'valid'],
    ['ended', declared(`${list};created=${time - 9};expires=${time - 5}`), ['date/clock-skew'], 'valid'],
    [
      'has parameters in another order',
      declared(sent, `${list};keyid="k";created=${time}`),
      ['components/parameters'],
      'explained',
    ],
    ['was signed without them', declared(sent, list), ['components/parameters'], 'explained'],
    [
      'was signed for another method',
      declared(sent, sent, ['GET', 'example.com', '/hook']),
      ['method/other'],
      'explained',
    ],
    ['says another algorithm', declared(`${sent};alg="hmac-sha256"`), ['request/refused'], 'explained'],
    ['does not say when it was made', declared(`${list};keyid="k"`), ['request/refused'], 'explained'],
    ['covers too little', tooLittle(), ['request/refused'], 'explained'],
  ] as const)('that %s is told', async (_what, request, mistakes, verdict) => {
    const found = await diagnosed(rfc9421Ed25519, request);
    expect([found.verdict, ids(found)]).toEqual([verdict, mistakes]);
  });

  function tooLittle(): Message {
    const params = `("@method");created=${time}`;
    const signature = signed(`"@method": POST\n"@signature-params": ${params}`).toString('base64');
    const headers = { host: 'example.com', 'signature-input': `sig1=${params}`, signature: `sig1=:${signature}:` };
    return message({ method: 'POST', url: 'https://example.com/hook', headers });
  }
});
