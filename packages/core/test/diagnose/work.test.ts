import { afterEach, describe, expect, test, vi } from 'vitest';
import { diagnose, type DiagnoseOptions, type Diagnosis } from '@countersign/core/diagnose';
import { message, type Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { catalog } from '../../src/diagnose/catalog.ts';
import { decompress } from '../../src/diagnose/text/inflate.ts';
import { SignatureProbe } from '../../src/diagnose/search/signature-probe.ts';
import { visible } from '../../src/diagnose/text/visible.ts';

const schemes = { 'acs-hmac': acsHmac, 'sinch-application': sinchApplication, 'sinch-webhook': sinchWebhook };
type SchemeId = keyof typeof schemes;
const now = new Date('2024-05-27T09:08:07Z');
const key = Buffer.alloc(32, 1).toString('base64');
const otherKey = Buffer.alloc(32, 2).toString('base64');

const bodies = {
  form: (bytes: number) => 'name=va+lue%20x&b=&'.repeat(bytes / 19).slice(0, -1),
  'form of one field': (bytes: number) => `a=${'b c/'.repeat(bytes / 4)}`,
  text: (bytes: number) => 'Grüße und mehr \r\n'.repeat(bytes / 19),
  spaces: (bytes: number) => `${' '.repeat(bytes)}x`,
  JSON: (bytes: number) =>
    JSON.stringify(Array.from({ length: bytes / 25 }, (_, id) => ({ id, text: 'a/ü', n: null }))),
  'combining marks': (bytes: number) => 'a\u0301\u0323'.repeat(bytes / 5),
} as const;

/** A request that was signed over one body and sent with another, or signed with another key. */
function request(id: SchemeId, signed: string, sent: string, signingKey = key): Message {
  const unsigned = message({
    method: 'POST',
    url: 'https://contoso.communication.azure.com/calling/callConnections/401f3500:play?api-version=2023-10-15',
    headers: { 'content-type': 'application/json', 'x-sinch-webhook-signature-nonce': 'nonce' },
    body: signed,
  });
  const secret = new Secret(signingKey, schemes[id].key.encoding);
  const { headers } = sign(schemes[id], { keyId: 'k', secret }, unsigned, { date: now });
  return { ...unsigned, headers: [...unsigned.headers, ...headers], body: new TextEncoder().encode(sent) };
}

const judge = (id: SchemeId, sent: Message, budget?: DiagnoseOptions['budget']): Diagnosis =>
  diagnose(schemes[id], { keyId: 'k', secret: key }, sent, { now, ...(budget && { budget }) });

/** What a search does, counted from outside: bodies that the classes made, and strings whose MAC was computed. */
function countWork(search: () => Diagnosis): { made: number; authenticated: number; diagnosis: Diagnosis } {
  let made = 0;
  for (const mistake of catalog) {
    const bodiesOf = mistake.bodies;
    if (!bodiesOf) continue;
    vi.spyOn(mistake as { bodies: typeof bodiesOf }, 'bodies').mockImplementation(function* (...given) {
      for (const move of bodiesOf(...given)) {
        // Nothing was written where a class found nothing to change.
        if (move.body !== given[1]) made += move.body.length;
        yield move;
      }
    });
  }
  let authenticated = 0;
  const probe = SignatureProbe.prototype.test;
  vi.spyOn(SignatureProbe.prototype, 'test').mockImplementation(function (this: SignatureProbe, tried, data) {
    authenticated += data.length;
    return probe.call(this, tried, data);
  });
  const diagnosis = search();
  return { made, authenticated, diagnosis };
}

afterEach(() => {
  vi.restoreAllMocks();
});

const cases = (Object.keys(schemes) as SchemeId[]).flatMap((id) =>
  (Object.keys(bodies) as (keyof typeof bodies)[]).map((kind) => [id, kind] as const),
);

describe('the work of a search is bounded by bytes, whatever a body holds', () => {
  test.each(cases)('%s, a body of %s', (id, kind) => {
    const work = (bytes: number) => {
      const body = bodies[kind](bytes);
      const sent = request(id, `${body}?`, `${body}!`, otherKey);
      const counted = countWork(() => judge(id, sent, { bytes: 60 * bytes, ms: 60_000 }));
      vi.restoreAllMocks();
      return counted;
    };
    for (const [bytes, { made, authenticated, diagnosis }] of [
      [20_000, work(20_000)],
      [160_000, work(160_000)],
    ] as const) {
      // A byte that is written again counts four times; the last body made may be several times as long as it was sent.
      expect(made).toBeLessThan((60 * bytes) / 4 + 6 * bytes);
      expect(authenticated).toBeLessThan(61 * bytes);
      expect(diagnosis.notes.map((note) => note.id)).toContainEqual(expect.stringMatching(/^budget\//));
    }
  });

  test('the same request gets the same answer from as many candidates every time', () => {
    const body = bodies.JSON(100_000);
    const sent = request('acs-hmac', `${body}?`, body, otherKey);
    const judged = () => judge('acs-hmac', sent, { candidates: 3_000, bytes: 10_000_000, ms: 60_000 });
    const [first, second] = [judged(), judged()];
    expect({ ...second, elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 });
  });

  test('one mistake at a time is searched for when no more is wanted', () => {
    const sent = request('acs-hmac', '{}', '{}', otherKey);
    const single = judge('acs-hmac', sent, { mistakes: 1, ms: 60_000 });
    expect(single.verdict).toBe('unexplained');
    expect(single.notes.filter((note) => note.id.startsWith('budget/'))).toEqual([]);
    // A twentieth of the million that a search for two takes at most.
    expect(single.tried).toBeLessThan(50_000);
  });

  test('a text that can be no digest is searched for nothing', () => {
    const sent = request('sinch-webhook', '{}', '{}');
    const headers = sent.headers.map(([name, value]): readonly [string, string] => [
      name,
      name.toLowerCase() === 'x-sinch-webhook-signature' ? 'nonsense' : value,
    ]);
    expect(judge('sinch-webhook', { ...sent, headers })).toMatchObject({ verdict: 'unexplained' });
  });
});

describe('a usual mistake with a body of 1 MB is found within the default budget', () => {
  const json = bodies.JSON(1_000_000);
  const spaced = JSON.stringify(JSON.parse(json), null, 2);
  test.each<[string, SchemeId, string, string, string]>([
    ['a newline at its end', 'acs-hmac', `${json}\n`, json, 'body/newlines'],
    ['a newline at its end', 'sinch-webhook', `${json}\n`, json, 'body/newlines'],
    ['CRLF for LF', 'sinch-application', spaced.replaceAll('\n', '\r\n'), spaced, 'body/newlines'],
    ['JSON written again', 'acs-hmac', json, spaced, 'body/reserialized'],
    ['JSON written again', 'sinch-application', json, spaced, 'body/reserialized'],
    ['JSON written again', 'sinch-webhook', json, spaced, 'body/reserialized'],
    ['no body', 'sinch-webhook', '', json, 'body/missing'],
  ])('%s, %s', (_, id, signed, sent, mistake) => {
    const { verdict, mistakes } = judge(id, request(id, signed, sent));
    const found = { verdict, mistakes: mistakes.map((one) => [one.id, one.proven]) };
    expect(found).toEqual({ verdict: 'explained', mistakes: [[mistake, true]] });
  });

  test('and what is left out for its size is said, with the bound', () => {
    const { notes } = judge('acs-hmac', request('acs-hmac', `${json}?`, json, otherKey), { ms: 60_000, bytes: 2e7 });
    expect(notes.find((note) => note.id === 'budget/bytes')?.summary).toMatch(/budget\.bytes/);
  });
});

test('a long value is shown by its two ends, without a look at what is between them', () => {
  const spaces = visible(`a${' '.repeat(1_000_000)}b`);
  expect(spaces.length).toBeLessThan(700);
  expect(spaces).not.toContain('·');
  expect(visible(' '.repeat(1_000_000))).toMatch(/^·+ … ·+$/);
});

test('what a compressed body may grow to is bounded', () => {
  // A megabyte of zeros, ten times, as gzip writes it (Python: gzip.compress(bytes(10_000_000))).
  expect(decompress(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), 1000)).toBeUndefined();
});
