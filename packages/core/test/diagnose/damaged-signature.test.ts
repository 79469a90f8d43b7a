import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { damageOf } from '../../src/diagnose/text/damaged-text.ts';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const intent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/sms',
  query: 'api-version=2021-03-07',
  contentType: 'application/json',
  body: '{"message":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};
const other = createHmac('sha256', 'nobody').update('nothing').digest('base64');
const few = { mistakes: 1, candidates: 50 } as const;
const asked: DiagnoseOptions = { callerHoldsKey: true };
const acs = (damage: (right: string) => string, options: DiagnoseOptions = asked): Diagnosis =>
  diagnose(
    acsHmac,
    { secret: intent.secret },
    acsRequest(intent, (signing) => {
      const { digest } = signing;
      signing.digest = (...parts) => damage(digest(...parts));
    }),
    { now: intent.at, budget: few, ...options },
  );
const ids = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ id }) => id);

/** What is done to the right signature, and what is said of it. */
const damages: readonly [what: string, damage: (right: string) => string, words: RegExp, certainty: string][] = [
  [
    'one character is another',
    (right) => `${right.slice(0, 9)}!${right.slice(10)}`,
    /43 of 44 .* character 10/,
    'likely',
  ],
  ['two neighbours are exchanged', (right) => right.replace(/^(.)(.)/, '$2$1'), /character 1/, 'likely'],
  [
    'a character is lost',
    (right) => right.slice(0, 20) + right.slice(21),
    /lost, the first at character 2\d/,
    'likely',
  ],
  ['a character is added', (right) => `${right.slice(0, 20)}!${right.slice(20)}`, /added, changed or lost/, 'likely'],
  [
    'letters are taken for digits',
    (right) => right.replace(/[lIO]/g, (one) => (one === 'O' ? '0' : '1')),
    /of 44/,
    'likely',
  ],
  ['it is in lower case', (right) => right.toLowerCase(), /put in lower case/, 'proven'],
  ['it is in upper case', (right) => right.toUpperCase(), /put in upper case/, 'proven'],
  ['its end is crossed out', (right) => right.slice(0, 8) + 'x'.repeat(36), /first 8 characters/, 'likely'],
  [
    'its middle is crossed out',
    (right) => right.slice(0, 5) + '*'.repeat(34) + right.slice(-5),
    /first 5 and last 4 /,
    'likely',
  ],
  ['its middle is left out', (right) => `${right.slice(0, 4)}...${right.slice(-4)}`, /first 4 and last 3 /, 'likely'],
  ['its end is left out', (right) => `${right.slice(0, 6)}…`, /first 6 characters/, 'likely'],
  ['more of its end is left out by dots', (right) => `${right.slice(0, 20)}...`, /first 20 characters/, 'likely'],
  ['its beginning is left out', (right) => `…${right.slice(-9)}`, /last 8 characters/, 'likely'],
  ['its end is a word in brackets', (right) => `${right.slice(0, 10)}[redacted]`, /first 10 characters/, 'likely'],
  ['it is there twice', (right) => right + right, /more than once/, 'proven'],
  ['it is there twice, apart', (right) => `${right};${right}`, /more than once/, 'proven'],
  ['another is joined to it', (right) => right + other, /joined to something else/, 'proven'],
  ['it is joined to another', (right) => other + right, /joined to something else/, 'proven'],
  ['it was cut short', (right) => right.slice(0, 7), /first 7 characters/, 'likely'],
];

describe('a damaged signature is told to whoever holds the key and asks', () => {
  test.each(damages)('%s', (_, damage, words, certainty) => {
    const found = acs(damage);
    expect(ids(found)).toEqual(['signature/damaged']);
    expect(found.verdict).toBe('explained');
    expect(found.mistakes[0]).toMatchObject({ certainty, at: { part: 'signature' } });
    expect(found.mistakes[0]?.summary).toMatch(words);
  });

  test.each(damages)('and to nobody else: %s', (_, damage) => {
    expect(JSON.stringify(acs(damage, { callerHoldsKey: false }))).not.toContain('signature/damaged');
    expect(JSON.stringify(acs(damage, {}))).not.toContain('signature/damaged');
  });

  const elsewhere = damages.filter(([what]) => !what.startsWith('letters'));
  test.each([
    ...elsewhere,
    ['another follows it', (right: string) => `${right}, ${other}`, /joined/, 'proven'] as const,
  ])('also where the header names a key: %s', (_, damage, words, certainty) => {
    const message = sinchRequest(intent, (signing) => {
      const { digest } = signing;
      signing.digest = (...parts) => damage(digest(...parts));
    });
    const credential = { keyId: sinchKeyId, secret: intent.secret };
    const found = diagnose(sinchApplication, credential, message, { now: intent.at, budget: few, ...asked });
    expect(ids(found)).toEqual(['signature/damaged']);
    expect(found.mistakes[0]).toMatchObject({ certainty, summary: expect.stringMatching(words) as string });
  });

  test('with no more of the right one than six characters, unless it may be shown', () => {
    const damage = (right: string): string => `${right.slice(0, 40)}!!!=`;
    expect(acs(damage).mistakes[0]?.expected).toMatch(/^.{6}…$/);
    expect(acs(damage, { ...asked, revealExpected: true }).mistakes[0]?.expected).toMatch(/^.{43}=$/);
    expect(acs(damage).mistakes[0]?.at.offset).toBe(40);
  });
});

test('beside it a clock that is far off is noted, and the header’s other slips are named', () => {
  const found = acs((right) => `${right.slice(0, 8)}...`, { ...asked, now: new Date('2024-05-28T09:08:07Z') });
  expect(found.notes.map(({ id }) => id)).toContain('date/clock-skew');
  expect(ids(acs((right) => `"A${right.slice(1)}"`))).toEqual(['header/authorization-syntax', 'signature/damaged']);
});

describe('a signature is not called damaged', () => {
  test.each([
    ['of five characters', (right: string) => `${right.slice(0, 5)}...`],
    ['that is crossed out', () => 'x'.repeat(44)],
    ['with six right characters here and there', (right: string) => scattered(right, 6)],
    ['of which a third is wrong', (right: string) => scattered(right, 30)],
    ['that is another', () => other],
    ['that is right', (right: string) => right],
  ])('%s', (_, damage) => {
    expect(JSON.stringify(acs(damage))).not.toContain('signature/damaged');
  });

  test('when another mistake gives it', () => {
    expect(ids(acs((right) => Buffer.from(right, 'base64').toString('hex')))).toEqual(['digest/encoding']);
    expect(ids(acs((right) => right.slice(0, -1)))).toEqual(['digest/encoding']);
    expect(ids(acs((right) => `"${right}"`))).toEqual(['header/authorization-syntax']);
    expect(ids(acs((right) => right.slice(0, 20)))).toEqual(['header/authorization-syntax']);
  });

  test('by chance: of many other signatures, whole or shortened, none is', () => {
    const digests = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('base64'));
    const shorten = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toLowerCase(),
      (text) => `${text.slice(0, 6)}...`,
      (text) => `${text.slice(0, 6)}…${text.slice(-4)}`,
      (text) => text.slice(0, 20) + '*'.repeat(24),
      (text) => text + text,
    );
    fc.assert(
      fc.property(digests, digests, shorten, (right, wrong, change) => {
        fc.pre(right !== wrong);
        expect(damageOf(change(wrong), right, 6)).toBeUndefined();
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});

/** So many characters right, as even as can be, and the others wrong. */
function scattered(right: string, count: number): string {
  const step = 43 / count;
  const kept = new Set(Array.from({ length: count }, (_, at) => Math.floor(at * step)));
  return `${right.slice(0, -1).replace(/./g, (one, at: number) => (kept.has(at) ? one : one === 'A' ? 'B' : 'A'))}=`;
}

test('a text as long as a header may be costs no more than one of ordinary length', () => {
  const right = createHmac('sha256', 'key').update('text').digest('base64');
  expect(damageOf(right.repeat(2000), right, 6)).toBeUndefined();
});
