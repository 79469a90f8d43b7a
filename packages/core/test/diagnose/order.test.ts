import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';
import { playIntent as play } from './intents.ts';

const callout: Intent = { ...play, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: '' };

const judgeAcs = (message: Message, options = {}): Diagnosis =>
  diagnose(acsHmac, { secret: play.secret }, message, { now: play.at, exactBody: true, ...options });
const judgeSinch = (message: Message, options = {}): Diagnosis =>
  diagnose(sinchApplication, { keyId: sinchKeyId, secret: play.secret }, message, {
    now: play.at,
    exactBody: true,
    ...options,
  });
const ids = ({ verdict, mistakes }: Diagnosis): string => `${verdict} ${mistakes.map(({ id }) => id).join()}`;
const sentBy = (message: Message, agent: string): Message => ({
  ...message,
  headers: [...message.headers, ['User-Agent', agent]],
});

describe('what is likely is tried first', () => {
  const placeholder = acsRequest(
    play,
    (signing) => (signing.target = '/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15'),
  );

  test('{{callConnectionId}} in the path, which Postman’s own tutorial signs', () => {
    const found = judgeAcs(placeholder);
    expect(ids(found)).toBe('explained template/unresolved');
    expect(found.tried).toBeLessThan(100);
  });

  test('what a client is known for comes before all but the usual keys', () => {
    const found = judgeAcs(sentBy(placeholder, 'PostmanRuntime/7.36.0'));
    expect(ids(found)).toBe('explained template/unresolved');
    expect(found.tried).toBeLessThan(25);
  });

  test.each<[string, string, (signing: Signing) => void]>([
    ['curl/8.5.0', 'body/newlines', (signing) => (signing.sentBody = `${callout.body}\n`)],
    ['python-requests/2.32.3', 'body/reserialized', (signing) => (signing.sentBody = '{"text": "Hello"}')],
    ['node', 'header/content-type', (signing) => (signing.contentType = '')],
  ])('%s: %s', (agent, id, breaker) => {
    const message = sinchRequest(callout, breaker);
    const [known, unknown] = [judgeSinch(sentBy(message, agent)), judgeSinch(message)];
    expect(ids(known)).toBe(`explained ${id}`);
    expect(ids(unknown)).toBe(ids(known));
    expect(known.tried).toBeLessThanOrEqual(unknown.tried);
  });
});

describe('what was sent is recomputed first, whatever the budget', () => {
  const nothing = { candidates: 0, bytes: 0, ms: 1 };

  test.each([16, 100_000, 2_000_000])('a right request with a body of %i bytes is valid', (length) => {
    const body = JSON.stringify({ text: 'x'.repeat(length) });
    for (const found of [
      judgeAcs(acsRequest({ ...play, body }), { budget: nothing }),
      judgeSinch(sinchRequest({ ...callout, body }), { budget: nothing }),
    ])
      expect({ verdict: found.verdict, tried: found.tried }).toEqual({ verdict: 'valid', tried: 1 });
  });

  test('a right signature beside a wrong content hash is told from a wrong one', () => {
    const body = `[${'"a",'.repeat(500_000)}0]`;
    const message = acsRequest({ ...play, body }, (signing) => {
      signing.hash = Buffer.alloc(32, 7).toString('base64');
    });
    const found = judgeAcs(message, { budget: { candidates: 0, bytes: 1000 } });
    expect(ids(found)).toBe('explained content-hash/mismatch');
    expect(found.tried).toBe(1);
  });

  test('a webhook of 2 MB, whose signature is over the body itself', () => {
    const body = new TextEncoder().encode(JSON.stringify({ text: 'x'.repeat(2_000_000) }));
    const nonce = ['x-sinch-webhook-signature-nonce', '01HJA8351WFP4B0CWJ1CF12EN7'] as const;
    const unsigned: Message = { method: 'POST', target: '/hook', headers: [nonce], body };
    const { headers } = sign(sinchWebhook, { secret: new Secret('webhook secret', 'utf8') }, unsigned, {
      date: play.at,
    });
    const message = { ...unsigned, headers: [...unsigned.headers, ...headers] };
    const found = diagnose(sinchWebhook, { secret: 'webhook secret' }, message, { now: play.at, budget: nothing });
    expect({ verdict: found.verdict, tried: found.tried }).toEqual({ verdict: 'valid', tried: 1 });
  });
});

describe.each(process.env['MATRIX'] === 'all' ? [100_000, 2_000_000] : [100_000])(
  'with a body of %i bytes the usual mistakes are found by the default work',
  (length) => {
    const rows = JSON.stringify(Array.from({ length: length / 40 }, (_, id) => ({ id, text: 'a row of a long body' })));
    const long = { acs: { ...play, body: rows }, sinch: { ...callout, body: rows } };

    test.each<[string, string, (signing: Signing) => void]>([
      ['the key as text', 'key/encoding', (signing) => (signing.key = Buffer.from(play.secret))],
      [
        'a signature in hexadecimal',
        'digest/encoding',
        (signing) => {
          const own = signing.digest;
          signing.digest = (...parts) => Buffer.from(own(...parts), 'base64').toString('hex');
        },
      ],
      ['SHA-512', 'digest/algorithm', (signing) => (signing.algorithm = 'sha512')],
      ['the verb in lower case', 'method/case', (signing) => (signing.method = 'post')],
      ['a newline after the string', 'layout/trailing-newline', (signing) => (signing.finish = (text) => `${text}\n`)],
      [
        'the content hash in hexadecimal',
        'content-hash/encoding',
        (signing) => {
          signing.hash = Buffer.from(signing.hash, 'base64').toString('hex');
        },
      ],
      ['a newline after the body', 'body/newlines', (signing) => (signing.sentBody = `${rows}\n`)],
    ])('%s: %s', (_, id, breaker) => {
      expect(ids(judgeAcs(acsRequest(long.acs, breaker)))).toBe(`explained ${id}`);
      expect(ids(judgeSinch(sinchRequest(long.sinch, breaker)))).toBe(`explained ${id}`);
    });

    test('a placeholder in the path: template/unresolved', () => {
      const message = acsRequest(long.acs, (signing) => {
        signing.target = signing.target.replace(/[0-9a-f-]{36}/, '{{callConnectionId}}');
      });
      expect(ids(judgeAcs(message))).toBe('explained template/unresolved');
    });
  },
);

test('a machine that is hardly there changes nothing: the clock only ends what takes many times what is reckoned', () => {
  const other = acsRequest({ ...play, secret: Buffer.alloc(48, 9).toString('base64') });
  const clock = { now: 0 };
  const real = performance.now;
  const judgedAt = (msPerLook: number): Diagnosis => {
    clock.now = 0;
    performance.now = () => (clock.now += msPerLook);
    try {
      return judgeAcs(other, { budget: { ms: 200 } });
    } finally {
      performance.now = real;
    }
  };
  const [idle, busy, stopped] = [judgedAt(0), judgedAt(1), judgedAt(10_000)];
  expect({ ...busy, elapsedMs: 0 }).toEqual({ ...idle, elapsedMs: 0 });
  expect(idle.notes.map(({ id }) => id)).toContainEqual(expect.stringMatching(/^budget\/(?:candidates|bytes)$/));
  expect(stopped.notes.map(({ id }) => id)).toContain('budget/time');
});

describe('three mistakes at once', () => {
  const target = play.path;
  test.each<[string, string, (signing: Signing) => string]>([
    [
      'a line for each part, no query and a method in lower case',
      'layout/separator,method/case,url/query-omitted',
      ({ date, host, hash }) => `post\n${target}\n${date}\n${host}\n${hash}`,
    ],
    [
      'a line for each part, a placeholder and a newline at the end',
      'layout/separator,layout/trailing-newline,template/unresolved',
      ({ date, host, hash }) =>
        `POST\n/calling/callConnections/{{callConnectionId}}:play?${play.query}\n${date}\n${host}\n${hash}\n`,
    ],
  ])('of which one or two are of the layout: %s', (_, wanted, join) => {
    const found = judgeAcs(acsRequest(play, (signing) => void (signing.join = join)));
    expect(found.verdict).toBe('explained');
    expect(
      found.mistakes
        .map(({ id }) => id)
        .toSorted()
        .join(),
    ).toBe(wanted);
  });
});
