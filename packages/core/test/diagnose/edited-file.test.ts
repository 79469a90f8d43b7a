import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, type DiagnoseOptions, type Diagnosis } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { readRawRequest } from '@countersign/core/requests/raw-request';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';
import { playIntent as intent } from './intents.ts';

// Right requests, signed against node:crypto, whose files tools then changed as people's tools do.

type Breaker = (signing: Signing, intent: Intent) => void;

/** A webhook of the Conversation API: HMAC-SHA256 over body, nonce and time, by the words of Sinch's page. */
function webhookRequest({ body, at, secret }: Intent, breaker: Breaker = () => {}): Message {
  const time = String(at.getTime() / 1000);
  const signing = { key: Buffer.from(secret) } as Signing;
  breaker(signing, intent);
  const signature = createHmac('sha256', signing.key).update(`${body}.nonce-1.${time}`).digest('base64');
  const headers: Header[] = [
    ['Host', 'example.com'],
    ['x-sinch-webhook-signature-algorithm', 'HmacSHA256'],
    ['x-sinch-webhook-signature-nonce', 'nonce-1'],
    ['x-sinch-webhook-signature-timestamp', time],
    ['x-sinch-webhook-signature', signature],
  ];
  return { method: 'POST', target: '/hooks', headers, body: new TextEncoder().encode(body) };
}

const sides = {
  acs: { scheme: acsHmac, build: acsRequest },
  sinch: { scheme: sinchApplication, build: sinchRequest },
  webhook: { scheme: sinchWebhook, build: webhookRequest },
};
type Side = keyof typeof sides;

/** The file of a request as a proxy would log it; `length` is what its head says, `null` for no word on it. */
function fileOf(message: Message, length: number | null = message.body.length): { head: string; body: Buffer } {
  const lines = message.headers.map(([name, value]) => `${name}: ${value}`);
  if (length !== null) lines.push(`Content-Length: ${length}`);
  const head = `${message.method} ${message.target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  return { head, body: Buffer.from(message.body as Uint8Array) };
}

function judge(side: Side, file: string | Buffer, options: DiagnoseOptions = {}): Diagnosis {
  const { message } = readRawRequest(new Uint8Array(Buffer.from(file as string)));
  const credential = { keyId: sinchKeyId, secret: intent.secret };
  return diagnose(sides[side].scheme, credential, message, { now: intent.at, ...options });
}

const noteIds = ({ notes }: Diagnosis): string[] => notes.map(({ id }) => id);
const mistakeIds = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ id }) => id);

type Mangling = (body: string) => string | Buffer;
const response = 'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n\r\n{"error":{"code":"Denied"}}\r\n';
const again =
  (...space: unknown[]): Mangling =>
  (body) =>
    /^[{[]/.test(body) ? JSON.stringify(JSON.parse(body), null, ...(space as [string])) : body;
const colours: Mangling = (body) => body.replace(/"[^"]*"/g, (text) => `\u001b[0;32m${text}\u001b[0m`);
const asEscapes: Mangling = (body) =>
  body.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What happens to a body between the wire and the file. */
const manglings: Readonly<Record<string, Mangling>> = {
  'a newline at the end': (body) => `${body}\n`,
  'CRLF at the end': (body) => `${body}\r\n`,
  'two newlines at the end': (body) => `${body}\n\n`,
  'blanks at the end': (body) => `${body}  \n`,
  'a blank line before it': (body) => `\r\n${body}`,
  'no newline at the end': (body) => body.replace(/\r?\n$/, ''),
  'indented by 2': again(2),
  'indented by 4': again(4),
  'indented by tabs': again('\t'),
  'indented by 2, with a newline': (body) => `${again(2)(body) as string}\n`,
  minified: again(),
  'CRLF for LF': (body) => body.replace(/\r?\n/g, '\r\n'),
  'LF for CRLF': (body) => body.replaceAll('\r\n', '\n'),
  'the response after it': (body) => `${body}\r\n\r\n${response}`,
  'the response right after it': (body) => `${body}${body === '' ? '' : '\n'}${response}`,
  'the response as curl -v shows it': (body) => `${body}\n< HTTP/2 401 \n< content-type: application/json\n`,
  'indented, with the response after it': (body) => `${again(2)(body) as string}\n\n${response}`,
  'spaces for tabs': (body) => body.replaceAll('\t', '    '),
  composed: (body) => body.normalize('NFC'),
  decomposed: (body) => body.normalize('NFD'),
  'escaped for HTML': (body) =>
    body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'escaped for HTML, with a newline': (body) => `${body.replaceAll('&', '&amp;').replaceAll('"', '&#34;')}\n`,
  'typographic quotation marks': (body) => body.replace(/"([^"]*)"/g, '\u201c$1\u201d'),
  'no-break spaces': (body) => body.replaceAll(' ', '\u00a0'),
  'coloured for a terminal': colours,
  'non-ASCII as escapes': asEscapes,
  'escapes as characters': (body) =>
    body.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  'saved as Latin-1': (body) => (/[^\0-\xff]/.test(body) ? body : Buffer.from(body, 'latin1')),
  'read as Latin-1': (body) => Buffer.from(body).toString('latin1'),
  'read as Latin-1, and decomposed': (body) => Buffer.from(body).toString('latin1').normalize('NFD'),
  'broken at 40 columns': (body) => body.replace(/.{40}(?=.)/g, '$&\n'),
};

const words = fc.string({ unit: fc.constantFrom(...'abc /.-_&<>é€üå'), minLength: 1, maxLength: 12 });
const text = fc.oneof(
  words,
  words.map((one) => one.normalize('NFD')),
);
const value = fc.record({
  to: fc.array(fc.record({ kind: fc.constant('phoneNumber'), value: fc.constant('+12065550100') }), { maxLength: 2 }),
  text,
  loop: fc.boolean(),
  count: fc.integer({ min: 0, max: 99 }),
});
/** Bodies as clients write them. */
const bodies = fc.oneof(
  { weight: 3, arbitrary: value.map((one) => JSON.stringify(one)) },
  value.map((one) => JSON.stringify(one, null, 2)),
  value.map((one) => JSON.stringify(one, null, '\t')),
  value.map((one) => `${JSON.stringify(one)}\n`),
  value.map((one) => asEscapes(JSON.stringify(one)) as string),
  text.map((one) => `to=%2B12065550100&text=${encodeURIComponent(one)}`),
  text.map((one) => `Hello\r\n\t${one}\r\nBye\r\n`),
  fc.constant(''),
);
const side = fc.constantFrom<Side>('acs', 'sinch', 'webhook');
const mangling = fc.constantFrom(...Object.keys(manglings));

/** The manglings that show without a length, because clients hardly ever do the same. */
const telling = [
  'a newline at the end',
  'CRLF at the end',
  'two newlines at the end',
  'blanks at the end',
  'a blank line before it',
  'the response after it',
  'the response right after it',
  'the response as curl -v shows it',
  'escaped for HTML',
  'escaped for HTML, with a newline',
  'typographic quotation marks',
  'no-break spaces',
  'coloured for a terminal',
];

const textKey: Breaker = (signing, { secret }) => {
  signing.key = Buffer.from(secret);
};

describe('a right request', () => {
  test('is never accused, however its file was mangled in ways that keep its meaning', () => {
    fc.assert(
      fc.property(side, bodies, mangling, fc.boolean(), fc.boolean(), (which, body, how, unixHead, mark) => {
        const { head, body: sent } = fileOf(sides[which].build({ ...intent, body }));
        const mangled = Buffer.from(manglings[how]?.(body) as string);
        // One that is as long by chance cannot be told from the request of a client that sends it.
        fc.pre(mangled.equals(sent) || mangled.length !== sent.length);
        const written = (mark ? '\ufeff' : '') + (unixHead ? head.replaceAll('\r\n', '\n') : head);
        const found = judge(which, Buffer.concat([Buffer.from(written), mangled]));
        expect({ verdict: found.verdict, mistakes: found.mistakes }).toEqual({ verdict: 'valid', mistakes: [] });
        expect(noteIds(found).includes('input/edited')).toBe(!mangled.equals(sent));
      }),
      { numRuns: 80, seed: 1 },
    );
  });

  test('nor when its head says no length, and the file shows by itself that a tool changed it', () => {
    fc.assert(
      fc.property(side, bodies, fc.constantFrom(...telling), (which, body, how) => {
        // Trimmed, because a newline of the body's own cannot be told from an editor's.
        const sent = body.trim();
        const { head } = fileOf(sides[which].build({ ...intent, body: sent }), null);
        const found = judge(which, Buffer.concat([Buffer.from(head), Buffer.from(manglings[how]?.(sent) as string)]));
        expect({ verdict: found.verdict, mistakes: found.mistakes }).toEqual({ verdict: 'valid', mistakes: [] });
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  test.each<[string, (body: string) => string]>([
    ['cut by a terminal, which says so', (body) => `${body.slice(0, 20)}…`],
    ['cut in the middle', (body) => body.slice(0, 20)],
    ['left out', () => ''],
    ['redacted', (body) => body.replace('Hello', '[redacted]')],
  ])('whose body was %s is right as far as it can be judged, and the note says how far that is', (_, mangle) => {
    const body = '{"text":"Hello","to":["+12065550100"]}';
    const { head } = fileOf(acsRequest({ ...intent, body }));
    const found = judge('acs', head + mangle(body));
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [] });
    const summary = found.notes.find(({ id }) => id === 'input/edited')?.summary;
    expect(summary).toContain('Content-Length says 38 bytes');
    expect(summary).toContain('x-ms-content-sha256 that was sent');
  });

  test('whose body was cut is not accused either when only the text shows it', () => {
    const { head } = fileOf(acsRequest(intent), null);
    for (const cut of ['{"text":"He…', '{"text":"He', '{"text":"He...'])
      expect(judge('acs', head + cut)).toMatchObject({ verdict: 'valid', mistakes: [] });
  });

  test('whose type is told and whose body is not there is not accused of a hash that is of another', () => {
    const { head } = fileOf(acsRequest(intent), null);
    const found = judge('acs', head);
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(found.notes[0]?.summary).toContain('none stands in the file');
  });

  test.each<[string, Partial<Intent>, string]>([
    ['no body', { method: 'GET', body: '', contentType: '' }, ''],
    ['a form', { contentType: 'application/x-www-form-urlencoded', body: 'to=%2B1206&text=Hi' }, ''],
    ['a text', { contentType: 'text/plain', body: 'Hello you' }, ''],
    ['JSON with a line break at its end', { body: '{"a":1}\n' }, ''],
  ])('that has %s is not accused of the words after it', (_, changes) => {
    for (const which of ['acs', 'sinch'] as const) {
      const { head, body } = fileOf(sides[which].build({ ...intent, ...changes }), null);
      for (const behind of ['\n\nWhy is that refused?\n', `\n\n${response}`]) {
        const found = judge(which, `${head}${String(body)}${behind}`);
        expect({ verdict: found.verdict, mistakes: found.mistakes }).toEqual({ verdict: 'valid', mistakes: [] });
      }
    }
  });

  test('whose body is as a tool shows it is not accused of its layout, where the head tells no length', () => {
    for (const which of ['acs', 'sinch', 'webhook'] as const) {
      const { head } = fileOf(sides[which].build(intent), null);
      const shown = `${head}{\n  "text": "Hello"\n}`;
      expect(judge(which, shown, { shownBody: true })).toMatchObject({ verdict: 'valid', mistakes: [] });
      expect(mistakeIds(judge(which, shown))).toEqual(['body/reserialized']);
    }
  });

  test('whose hash is not sent cannot be judged without its body, and the key is not blamed', () => {
    const { head } = fileOf(sinchRequest({ ...intent, body: '{"text":"Hello","to":["+12065550100"]}' }));
    const found = judge('sinch', `${head}{"text":"Hel`, { budget: { mistakes: 1 } });
    expect(found).toMatchObject({ verdict: 'unexplained', mistakes: [] });
    expect(found.notes[0]).toMatchObject({ id: 'input/edited' });
    expect(found.notes.find(({ id }) => id === 'search')?.summary).not.toContain('another key');
    expect({ notes: noteIds(found).filter((id) => id.startsWith('key/')), missing: found.missing }).toEqual({
      notes: [],
      missing: [],
    });
  });

  test('with a long body is right as well', () => {
    const items = Array.from({ length: 3_000 }, (_, id) => ({ id, text: `Grüße ${id}`, to: null }));
    for (const which of ['acs', 'sinch'] as const) {
      const { head } = fileOf(sides[which].build({ ...intent, body: JSON.stringify(items) }));
      for (const behind of ['\n', `\n\n${response}`]) {
        const found = judge(which, `${head}${JSON.stringify(items, null, 2)}${behind}`);
        expect({ verdict: found.verdict, notes: noteIds(found) }).toMatchObject({
          verdict: 'valid',
          notes: expect.arrayContaining(['input/edited']) as string[],
        });
      }
    }
  });
});

describe('the note on the file', () => {
  const noteOf = (file: string): string | undefined =>
    judge('acs', file).notes.find(({ id }) => id === 'input/edited')?.summary;

  test('says what was done, how many bytes it made, where, and what speaks for the body that was judged', () => {
    const { head } = fileOf(acsRequest(intent));
    expect(noteOf(`${head}{"text":"Hello"}\n`)).toBe(
      'The body in the file is not the one that was sent: a line break was added at the end. It has 17 bytes where 16 were sent, and differs from byte 17 on. Content-Length and x-ms-content-sha256 speak for what was sent, and that was judged.',
    );
    expect(noteOf(`${head}{\n  "text": "Hello"\n}`)).toContain(
      'its JSON was formatted again. It has 21 bytes where 16 were sent, and differs from byte 2 on.',
    );
  });

  test('says what else it may be where the request does not say its length', () => {
    const { head } = fileOf(acsRequest(intent), null);
    expect(noteOf(`${head}{"text":"Hello"}\n`)).toContain('if the bytes of the file are what was sent');
  });

  test('is not there when the bytes verify, whatever Content-Length says', () => {
    const { head } = fileOf(acsRequest(intent), 15);
    expect(judge('acs', `${head}{"text":"Hello"}`)).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(noteOf(`${head}{"text":"Hello"}`)).toBeUndefined();
  });
});

describe('a mistake is told alone, without what happened to the file', () => {
  /** The key of a webhook is its text: there the mistake is to decode it. */
  const wrongKey = (which: Side): Breaker =>
    which === 'webhook' ? (signing) => void (signing.key = Buffer.from(intent.secret, 'base64')) : textKey;

  test('the key read wrongly', () => {
    fc.assert(
      fc.property(side, mangling, (which, how) => {
        const { head } = fileOf(sides[which].build(intent, wrongKey(which)));
        const mangled = Buffer.from(manglings[how]?.(intent.body) as string);
        expect(mistakeIds(judge(which, Buffer.concat([Buffer.from(head), mangled])))).toEqual(['key/encoding']);
      }),
      { numRuns: 12, seed: 3 },
    );
  });

  test.each<Side>(['acs', 'sinch', 'webhook'])('the key read wrongly, where no length is said (%s)', (which) => {
    const { head } = fileOf(sides[which].build(intent, wrongKey(which)), null);
    expect(mistakeIds(judge(which, `${head}${intent.body}\n`))).toEqual(['key/encoding']);
  });

  test.each<[string, string, string, string]>([
    // What was signed, what was sent, and what an editor made of it.
    ['body/reserialized', '{"a": 1, "b": 2}', '{"a":1,"b":2}', '{"a":1,"b":2}\n'],
    ['body/reserialized', '{"b":2,"a":1}', '{"a":1,"b":2}', '{"a":1,"b":2}\n'],
    ['body/reserialized', '{"a":1,"b":2}', '{"a": 1, "b": 2}', '{\n  "a": 1,\n  "b": 2\n}'],
    ['body/missing', '', '{"a":1,"b":2}', '{"a":1,"b":2}\n'],
    ['body/newlines', '{"a":1}\n', '{"a":1}', '{"a":1}\r\n\r\n'],
    ['content-hash/mismatch', 'another body altogether', '{"a":1,"b":2}', '{"a":1,"b":2}\n'],
  ])('%s', (id, signed, sent, file) => {
    const { head } = fileOf(acsRequest({ ...intent, body: signed }), sent.length);
    const found = judge('acs', head + file);
    expect(mistakeIds(found)).toEqual([id]);
    expect(noteIds(found)).toContain('input/edited');
  });
});

test('the signature of an empty body is the mistake where Content-Length counts a body that the file lacks', () => {
  for (const which of ['acs', 'sinch'] as const) {
    const { head } = fileOf(sides[which].build({ ...intent, body: '' }), 16);
    const found = judge(which, head);
    expect(found).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'body/missing', certainty: 'proven' }] });
    // The host of the second is not the provider's: it is a callback.
    const who = which === 'acs' ? 'Your code hashed' : 'The sender signed';
    expect(found.mistakes[0]?.summary).toBe(`${who} an EMPTY body; Content-Length says that 16 bytes were sent.`);
  }
});

describe('a body that is what was sent stays the mistake', () => {
  const pretty = JSON.stringify(JSON.parse(intent.body), null, 2);
  test.each<[string, string, string]>([
    ['body/newlines', `${intent.body}\n`, intent.body],
    ['body/newlines', intent.body, `${intent.body}\n`],
    ['body/reserialized', pretty, intent.body],
    ['body/reserialized', intent.body, pretty],
    ['body/newlines', pretty.replaceAll('\n', '\r\n'), pretty],
  ])('%s, because Content-Length counts it', (id, signed, sent) => {
    for (const which of ['acs', 'sinch'] as const) {
      const { head } = fileOf(sides[which].build({ ...intent, body: signed }), sent.length);
      const found = judge(which, head + sent);
      expect([mistakeIds(found), noteIds(found).includes('input/edited')]).toEqual([[id], false]);
    }
  });

  test('when the request was received, not read from a file', () => {
    const { head } = fileOf(acsRequest(intent), null);
    const file = `${head}{"text":"Hello"}\n`;
    expect(mistakeIds(judge('acs', file, { exactBody: true }))).toEqual(['body/newlines']);
    const { message } = readRawRequest(new TextEncoder().encode(file));
    const chunked = { ...message, headers: [...message.headers, ['Transfer-Encoding', 'chunked'] as const] };
    expect(mistakeIds(diagnose(acsHmac, { secret: intent.secret }, chunked, { now: intent.at }))).toEqual([
      'body/newlines',
    ]);
  });
});
