import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { breakers, type Breaker } from './breakers.ts';
import { acsRequest, sinchKeyId, sinchRequest } from './broken-requests.ts';
import { acsIntents, sinchIntents } from './intents.ts';
import { expectOfItsPlace, expectOwnNames, expectWhole } from './speakable.ts';

/** The explanation, and those that give the same bytes, as identifiers. */
const named = (found: Diagnosis): string[] =>
  [found.mistakes, ...found.alternatives].map((mistakes) => mistakes.map(({ id }) => id).join(' + '));

const sides = [
  { name: 'acs', scheme: acsHmac, intents: acsIntents, build: acsRequest },
  { name: 'sinch', scheme: sinchApplication, intents: sinchIntents, build: sinchRequest },
] as const;

/** The first of each key. */
function distinctBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()];
}

describe.each(sides)('a good request of $name, broken in one way', ({ name, scheme, intents, build }) => {
  const all = breakers.filter(({ schemes }) => schemes === 'both' || schemes === name);
  // `npm test` breaks a request in one way for each class, `npm run test:matrix` in every way.
  const fitting = process.env['MATRIX'] === 'all' ? all : distinctBy(all, ({ id }) => id);

  test.each(fitting)('$id is named: $what', ({ id, apply, needs }: Breaker) => {
    fc.assert(
      fc.property(intents, (intent) => {
        fc.pre(!needs || needs(intent));
        const message = build(intent, apply);
        const credential = { keyId: sinchKeyId, secret: intent.secret };
        // A change that happens to change nothing is no mistake.
        fc.pre(JSON.stringify(message) !== JSON.stringify(build(intent)));
        const found = diagnose(scheme, credential, message, { now: intent.at, budget: { ms: 15_000 } });

        expect(found.verdict).toBe('explained');
        expect(named(found)).toContain(id);
        expect(found.mistakes.every(({ certainty }) => certainty !== 'likely')).toBe(true);
        expect(JSON.stringify(found)).not.toContain(intent.secret);
        for (const mistake of [found.mistakes, ...found.alternatives].flat()) {
          expectWhole(mistake.summary);
          expectOfItsPlace(mistake, scheme);
          expectOwnNames(mistake, scheme);
        }
      }),
      { numRuns: 2, seed: 20_240_527, maxSkipsPerRun: 1000 },
    );
  });
});
