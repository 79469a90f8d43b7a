import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type DiagnoseOptions, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { expectWhole } from './speakable.ts';

// Every message here is right. What the receiver's code makes of it is written by hand, as its mistakes make it.

const now = new Date('2026-03-10T08:15:40Z');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Delivery {
  readonly scheme: Scheme;
  readonly secret: string;
  readonly message: Message;
  /** The right string to sign. */
  readonly right: string;
  readonly mac: (text: string) => string;
}

/** A webhook of Sinch Conversation: body, nonce and time. */
const event = '{"app_id":"01EB","message":{"id":"01E","text":"Grüße","price":1.50}}';
const [nonce, seconds] = ['01FJA8B4A7BM43YGWSG9GBV067', '1773130530'];
const webhook: Delivery = (() => {
  const secret = 'foo_secret1234';
  const mac = (text: string): string => createHmac('sha256', secret).update(text).digest('base64');
  const right = `${event}.${nonce}.${seconds}`;
  const message: Message = {
    method: 'POST',
    target: '/webhooks/sinch',
    headers: [
      ['Host', 'hooks.example.com'],
      ['Content-Type', 'application/json'],
      ['x-sinch-webhook-signature-timestamp', seconds],
      ['x-sinch-webhook-signature-nonce', nonce],
      ['x-sinch-webhook-signature', mac(right)],
    ],
    body: bytes(event),
  };
  return { scheme: sinchWebhook, secret, message, right, mac };
})();

/** A callback of Sinch Voice, which a proxy hands on without a prefix. */
const ace = '{"event":"ace", "callid":"822aa4b7","version":1}';
const md5 = (text: string): string => createHash('md5').update(text).digest('base64');
const timestamp = '2026-03-10T08:15:30Z';
const lines = ['POST', md5(ace), 'application/json; charset=utf-8', `x-timestamp:${timestamp}`, '/hooks/sinch'];
const callback: Delivery = (() => {
  const secret = 'HWCj5ilsr/I1eLv+QYTHCg==';
  const mac = (text: string): string =>
    createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64');
  const message: Message = {
    method: 'POST',
    target: '/hooks/sinch',
    headers: [
      ['Host', 'crm.example.com'],
      ['Content-Type', 'application/json; charset=utf-8'],
      ['x-timestamp', timestamp],
      ['Authorization', `application 7a1b2c3d:${mac(lines.join('\n'))}`],
    ],
    body: bytes(ace),
  };
  return { scheme: sinchApplication, secret, message, right: lines.join('\n'), mac };
})();

/** A request to ACS, which somebody's new code is compared with. */
const sms = '{"from":"+15550100","smsRecipients":[{"to":"+15550101"}],"message":"Hi"}';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const target = '/sms?api-version=2021-03-07';
const date = 'Tue, 10 Mar 2026 08:15:30 GMT';
const host = 'contoso.communication.azure.com';
const request: Delivery = (() => {
  const secret = Buffer.alloc(64, 7).toString('base64');
  const right = `POST\n${target}\n${date};${host};${sha256(sms)}`;
  const mac = (text: string): string =>
    createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64');
  const message: Message = {
    method: 'POST',
    target,
    headers: [
      ['Host', host],
      ['Content-Type', 'application/json'],
      ['x-ms-date', date],
      ['x-ms-content-sha256', sha256(sms)],
      ['Authorization', `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${mac(right)}`],
    ],
    body: bytes(sms),
  };
  return { scheme: acsHmac, secret, message, right, mac };
})();

function compare({ scheme, secret, message }: Delivery, options: DiagnoseOptions): Diagnosis {
  const keyId = scheme === sinchApplication ? { keyId: '7a1b2c3d' } : {};
  const found = diagnose(scheme, { secret, ...keyId }, message, { now, ...options });
  expect(found.verdict).toBe('valid');
  expect(found.mistakes).toEqual([]);
  for (const { summary } of found.yourString?.mistakes ?? []) expectWhole(summary);
  return found;
}

const named = ({ yourString }: Diagnosis): string[] => (yourString?.mistakes ?? []).map(({ id }) => id).toSorted();
const sure = ({ yourString }: Diagnosis): string[] => (yourString?.mistakes ?? []).map(({ certainty }) => certainty);

const compact = JSON.stringify(JSON.parse(event));
const cases: readonly (readonly [
  what: string,
  delivery: Delivery,
  yours: string | Uint8Array,
  ids: readonly string[],
])[] = [
  ['the body alone', webhook, event, ['layout/part-missing']],
  ['no nonce', webhook, `${event}.${seconds}`, ['layout/part-missing']],
  ['no time', webhook, `${event}.${nonce}`, ['layout/part-missing']],
  ['time and body, as others sign', webhook, `${seconds}.${event}`, ['layout/order', 'layout/part-missing']],
  ['nonce, time and body, as Standard Webhooks', webhook, `${nonce}.${seconds}.${event}`, ['layout/order']],
  ['all of it without separators', webhook, `${event}${nonce}${seconds}`, ['layout/separator']],
  ['nonce before time, on lines', webhook, `${nonce}\n${seconds}\n${event}`, ['layout/order', 'layout/separator']],
  ['the body parsed and written again', webhook, `${compact}.${nonce}.${seconds}`, ['body/reserialized']],
  ['a parsed body alone', webhook, compact, ['body/reserialized', 'layout/part-missing']],
  [
    'a parsed body after the time',
    webhook,
    `${seconds}.${compact}`,
    ['body/reserialized', 'layout/order', 'layout/part-missing'],
  ],
  ['an empty body', webhook, `.${nonce}.${seconds}`, ['body/missing']],
  ['milliseconds', webhook, `${event}.${nonce}.${seconds}000`, ['date/unit']],
  ['the body in Latin-1', webhook, Buffer.from(webhook.right, 'latin1'), ['body/charset']],
  [
    'the content type without its charset',
    callback,
    lines.with(2, 'application/json').join('\n'),
    ['header/content-type'],
  ],
  ['no line for the content type', callback, lines.toSpliced(2, 1).join('\n'), ['layout/part-missing']],
  [
    'no time, and no label',
    callback,
    lines.with(3, '').with(2, 'application/json').join('\n'),
    ['header/content-type', 'layout/part-missing'],
  ],
  ['no label before the time', callback, lines.with(3, timestamp).join('\n'), ['layout/part-missing']],
  [
    'the path with the prefix that a proxy took off',
    callback,
    lines.with(4, '/api/hooks/sinch').join('\n'),
    ['url/path'],
  ],
  ['the whole URL', callback, lines.with(4, 'https://crm.example.com/hooks/sinch').join('\n'), ['url/absolute']],
  [
    'the hash of JSON written again',
    callback,
    lines.with(1, md5(JSON.stringify(JSON.parse(ace)))).join('\n'),
    ['body/reserialized'],
  ],
  [
    'the hash in hexadecimal',
    callback,
    lines.with(1, Buffer.from(md5(ace), 'base64').toString('hex')).join('\n'),
    ['content-hash/encoding'],
  ],
  ['CRLF', callback, lines.join('\r\n'), ['layout/newlines']],
  [
    'two things',
    callback,
    lines.with(0, 'post').with(2, 'application/json').join('\n'),
    ['header/content-type', 'method/case'],
  ],
  [
    'four things',
    callback,
    ['post', md5(JSON.stringify(JSON.parse(ace))), 'application/json', timestamp, '/hooks/sinch'].join('\n'),
    ['body/reserialized', 'header/content-type', 'layout/part-missing', 'method/case'],
  ],
  [
    'newlines everywhere, no query, no host',
    request,
    `POST\n/sms\n${date}\n${sha256(sms)}`,
    ['layout/part-missing', 'layout/separator', 'url/query-omitted'],
  ],
  ['the body alone, as other services sign it', callback, ace, ['layout/part-missing']],
  ['the body alone', request, sms, ['layout/part-missing']],
  [
    'the URL on the machine itself',
    callback,
    lines.with(4, 'http://localhost:3000/hooks/sinch').join('\n'),
    ['url/absolute'],
  ],
  // python3 -c 'print(str(body))'
  [
    'the body as Python prints its bytes',
    webhook,
    `b'${event.replaceAll('ü', String.raw`\xc3\xbc`).replaceAll('ß', String.raw`\xc3\x9f`)}'.${nonce}.${seconds}`,
    ['body/reserialized'],
  ],
  ['the host of the proxy', request, request.right.replace(host, `${host}:443`), ['url/host']],
  ['time and host swapped', request, `POST\n${target}\n${host};${date};${sha256(sms)}`, ['layout/order']],
];

describe('of a right message, the string that a receiver makes is told from the right one', () => {
  test.each(cases)('%s', (_, delivery, yours, ids) => {
    const found = compare(delivery, { yourStringToSign: yours });
    expect(found.yourString?.equal).toBe(false);
    expect(named(found)).toEqual([...ids].toSorted());
    expect(new Set(sure(found))).toEqual(new Set(['proven']));
  });

  test.each([webhook, callback, request])('$scheme.id: and equal is equal', (delivery) => {
    expect(compare(delivery, { yourStringToSign: delivery.right }).yourString).toEqual({ equal: true, mistakes: [] });
    expect(compare(delivery, {}).yourString).toBeUndefined();
  });
});

test('a long body is no hindrance', () => {
  const long = `{"text":"${'Grüße '.repeat(40_000)}"}`;
  const headers = webhook.message.headers.toSpliced(-1, 1, [
    'x-sinch-webhook-signature',
    webhook.mac(`${long}.${nonce}.${seconds}`),
  ]);
  const found = compare(
    { ...webhook, message: { ...webhook.message, headers, body: bytes(long) } },
    { yourStringToSign: `${seconds}\n${long}` },
  );
  expect(named(found)).toEqual(['layout/order', 'layout/part-missing', 'layout/separator']);
});

describe('what an editor does to the file of the string is seen through', () => {
  test.each([
    ['a line break', `${callback.right}\n`],
    ['a CRLF', `${callback.right}\r\n`],
    ['a byte order mark', `\ufeff${callback.right}\n`],
    ['UTF-16 of Windows PowerShell', Buffer.from(`\ufeff${callback.right.replaceAll('\n', '\r\n')}\r\n`, 'utf16le')],
  ])('%s', (_, yours) => {
    const found = compare(callback, { yourStringToSign: yours });
    expect(found.yourString).toEqual({ equal: true, mistakes: [] });
    expect(found.notes.map(({ id }) => id)).toContain('input/edited');
  });

  test('also beside a mistake of the string', () => {
    const found = compare(callback, { yourStringToSign: `${lines.toSpliced(2, 1).join('\n')}\n` });
    expect(named(found)).toEqual(['layout/part-missing']);
  });

  test('a body that itself ends in a line break keeps it', () => {
    const body = `${event}\n`;
    const right = `${body}.${nonce}.${seconds}`;
    const headers = webhook.message.headers.toSpliced(-1, 1, ['x-sinch-webhook-signature', webhook.mac(right)]);
    const found = compare(
      { ...webhook, message: { ...webhook.message, headers, body: bytes(body) } },
      {
        yourStringToSign: body,
      },
    );
    expect(named(found)).toEqual(['layout/part-missing']);
    expect(found.notes.map(({ id }) => id)).not.toContain('input/edited');
  });
});

describe('what no class makes is told as likely, and by its part', () => {
  test('another host', () => {
    const found = compare(request, { yourStringToSign: request.right.replace(host, 'something.internal') });
    expect(found.yourString?.mistakes).toMatchObject([{ id: 'url/host', certainty: 'likely', at: { part: 'host' } }]);
  });

  test('beside what has a name', () => {
    const own = request.right.replace(host, 'something.internal').replace('POST', 'post');
    const found = compare(request, { yourStringToSign: own });
    expect(found.yourString?.mistakes.map(({ id, certainty }) => [id, certainty])).toEqual([
      ['method/case', 'proven'],
      ['url/host', 'likely'],
    ]);
  });

  test('more after the last part', () => {
    const found = compare(request, { yourStringToSign: `${request.right}\n#weird` });
    expect(found.yourString?.mistakes).toMatchObject([{ id: 'layout/part-missing', certainty: 'likely' }]);
    expect(found.yourString?.mistakes[0]?.summary).toContain('goes on with "#weird"');
  });

  test('a string that is unlike the right one, by its first line that is', () => {
    const found = compare(callback, { yourStringToSign: 'POST\nsomething else\nentirely' });
    expect(found.yourString?.mistakes).toMatchObject([
      { id: 'layout/part-missing', certainty: 'likely', at: { part: 'content-md5' } },
    ]);
    expect(found.yourString?.mistakes[0]?.summary).toContain('in line 2, "something else" stands where');
    expect(found.notes.map(({ id }) => id)).toContain('string-to-sign');
  });

  test.each([
    ['JSON that is none of the usual renderings', webhook, `{"price":"1.5 EUR"}.${nonce}.${seconds}`, 'body'],
    ['the hash of a body that nobody knows', callback, lines.with(1, md5('{"a":1}')).join('\n'), 'content-md5'],
  ])('%s', (_, delivery, yourStringToSign, part) => {
    const found = compare(delivery, { yourStringToSign });
    expect(found.yourString?.mistakes).toMatchObject([{ id: 'body/reserialized', certainty: 'likely', at: { part } }]);
  });

  test('a body of a scheme that signs nothing else', () => {
    const mac = createHmac('sha1', 'secret').update(event).digest('hex');
    const message = { ...webhook.message, headers: [['X-Sinch-Signature', mac]] as const };
    const delivery = { ...webhook, scheme: sinchNumbers, secret: 'secret', message };
    const found = compare(delivery, { yourStringToSign: 'nothing of it' });
    expect(found.yourString?.equal).toBe(false);
    expect(sure(found)).toEqual(['likely']);
  });
});

describe('who receives is spoken to as a receiver', () => {
  const fixOf = (delivery: Delivery, yourStringToSign: string) =>
    compare(delivery, { yourStringToSign }).yourString?.mistakes[0]?.fix;

  test('the body is taken before anything parses it, in each framework', () => {
    const fix = fixOf(webhook, `${compact}.${nonce}.${seconds}`);
    for (const framework of ['Express', 'Fastify', 'Hono', 'Next.js']) expect(fix?.javascript).toContain(framework);
    for (const framework of ['Flask', 'FastAPI']) expect(fix?.python).toContain(framework);
    expect([fix?.csharp, fix?.java, fix?.php].join()).toMatch(/ASP\.NET.*Spring.*Laravel/s);
    expect(fix).not.toHaveProperty('postman');
  });

  test('the path is the one that arrived, and so is a header', () => {
    expect(fixOf(callback, lines.with(4, '/sinch').join('\n'))?.javascript).toContain(
      "request.originalUrl.split('?')[0]",
    );
    expect(fixOf(callback, lines.with(2, '').join('\n'))?.python).toContain("request.headers.get('content-type', '')");
  });

  test('and of a right message told what to bring, not what a key may do', () => {
    const [note] = compare(webhook, {}).notes;
    expect(note?.summary).toMatch(/your own code refuses it.*--your-string.*--your-signature/);
    expect(compare(webhook, { yourSignature: webhook.mac(webhook.right) }).notes).toEqual([]);
    expect(compare(request, {}).notes[0]?.summary).toContain('what the key may do');
  });

  test('a string that somebody signs with is fixed as it is sent', () => {
    expect(fixOf(request, request.right.replace(target, '/sms'))?.javascript).not.toContain('originalUrl');
  });

  test('a callback that was signed for another path is the sender’s, and none is said to have signed it here', () => {
    const secret = callback.secret;
    const signed = callback.mac(lines.with(4, '/api/hooks/sinch').join('\n'));
    const headers = callback.message.headers.toSpliced(-1, 1, ['Authorization', `application 7a1b2c3d:${signed}`]);
    const found = diagnose(sinchApplication, { secret, keyId: '7a1b2c3d' }, { ...callback.message, headers }, { now });
    expect(found.mistakes).toMatchObject([
      {
        id: 'url/path',
        summary:
          'The sender signed "/api/hooks/sinch" as the path (with /api before the path); your server got "/hooks/sinch".',
      },
    ]);
    expect(found.mistakes[0]?.fix.javascript).toContain('originalUrl');
  });
});

describe('a signature that a receiver computes is explained as well', () => {
  test.each(
    cases
      .filter(([, , , ids]) => ids.length === 1)
      .map(([what, delivery, yours, ids]) => [what, delivery, yours, ids] as const),
  )('%s', (_, delivery, yours, ids) => {
    const yourSignature = createHmac(
      'sha256',
      delivery === webhook ? delivery.secret : Buffer.from(delivery.secret, 'base64'),
    )
      .update(yours)
      .digest('base64');
    const found = compare(delivery, { yourSignature });
    expect(found.yourString?.equal).toBe(false);
    expect(named(found)).toEqual(ids);
  });

  test('with the key as text, in hexadecimal, and beside a string', () => {
    const yours = lines.with(2, 'application/json').join('\n');
    const yourSignature = createHmac('sha256', callback.secret).update(yours).digest('hex');
    const all = ['digest/encoding', 'header/content-type', 'key/encoding'];
    expect(named(compare(callback, { yourSignature }))).toEqual(all);
    expect(named(compare(callback, { yourSignature, yourStringToSign: yours }))).toEqual(all);
    const right = createHmac('sha256', callback.secret).update(callback.right).digest('hex');
    const known = compare(callback, { yourSignature: right, yourStringToSign: `${callback.right}\n` });
    expect(named(known)).toEqual(['digest/encoding', 'key/encoding']);
  });

  test('with the prefix of other services, or together with the key id', () => {
    const right = callback.mac(callback.right);
    expect(named(compare(callback, { yourSignature: `sha256=${right}` }))).toEqual([]);
    const pair = Buffer.from(`7a1b2c3d:${right}`).toString('base64');
    expect(named(compare(callback, { yourSignature: pair }))).toEqual(['digest/encoding']);
    const basic = Buffer.from(`7a1b2c3d:${callback.secret}`).toString('base64');
    const keyed = createHmac('sha256', basic).update(callback.right).digest('base64');
    expect(named(compare(callback, { yourSignature: keyed }))).toEqual(['key/other']);
  });

  test('a URL of a host that nobody knows is told as a URL', () => {
    const yours = lines.with(4, 'http://10.0.3.7:8080/hooks/sinch').join('\n');
    expect(named(compare(callback, { yourStringToSign: yours }))).toEqual(['url/absolute']);
  });

  test('the right one is right, and one of nothing is unexplained', () => {
    const yourSignature = ` ${callback.mac(callback.right)}\n`;
    expect(compare(callback, { yourSignature }).yourString).toEqual({ equal: true, mistakes: [] });
    const other = createHash('sha256').update('something else').digest('base64');
    const found = compare(callback, { yourSignature: other, budget: { candidates: 3000 } });
    expect(found.yourString).toEqual({ equal: false, mistakes: [] });
    expect(compare(callback, { yourSignature: 'no digest' }).yourString).toEqual({ equal: false, mistakes: [] });
  });
});
