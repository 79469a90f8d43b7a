import { describe, expect, test } from 'vitest';
import { schemes } from '@countersign/core/schemes/catalog';
import { catalog } from '../../src/diagnose/catalog.ts';
import { classesFor } from '../../src/diagnose/search/candidates.ts';
import type { MistakeClass, Move } from '../../src/diagnose/search/mistake-class.ts';
import { readEvidence, type Evidence } from '../../src/diagnose/reading/evidence.ts';
import { SearchBudget } from '../../src/diagnose/reading/search-budget.ts';
import { expectOwnNames, expectWhole } from './speakable.ts';

const body = new TextEncoder().encode('{"to":[{"number":"+15551234567"}],"text":"Olá","none":null}');

/** A request with something for every class to move; nobody signed it. */
function evidenceOf(scheme: Evidence['scheme']): Evidence {
  const credential = { keyId: 'app', secret: 'JViE5vDor0Sw3WllZka15Q==', endpointHost: 'voice.example.com' };
  const message = {
    method: 'POST',
    target: '/v1/calls/id/a1b2%3Ac//d:play?b=2&a=1%20x&c=',
    headers: [
      ['host', 'contoso.communication.azure.com:8443'],
      ['content-type', 'application/json; charset=utf-8'],
      ['x-forwarded-host', 'public.example.com'],
      ['x-forwarded-prefix', '/hooks'],
      ['x-original-uri', '/hooks/v1/calls'],
      ['date', 'Tue, 10 Mar 2026 08:15:30 GMT'],
      ['x-timestamp', '2026-03-10T08:15:30.137Z'],
    ] as const,
    body,
  };
  const options = {
    variables: { callId: 'a1b2' },
    alsoSecrets: [{ secret: 'AAAA' }],
    publicHosts: ['public.example.com'],
  };
  return readEvidence(scheme, credential, message, options, new SearchBudget(performance.now(), {}));
}

/** What a class may do to this request, with the part it does it to. */
function* movesOf(mistake: MistakeClass, evidence: Evidence): Generator<[move: Move, part: string, yours: string]> {
  for (const slot of evidence.layout)
    for (const move of mistake.values?.(slot, evidence) ?? []) yield [move, slot.name, String(move.value)];
  for (const move of mistake.bodies?.(body, evidence.bodyText, evidence) ?? []) yield [move, 'body', 'the body'];
  for (const move of mistake.layouts?.(evidence.layout, evidence) ?? []) yield [move, 'string-to-sign', 'the string'];
  for (const move of mistake.keyTexts?.('a+b/c-d$e&f=', evidence) ?? []) yield [move, 'key', 'a key'];
  for (const move of mistake.rareKeyTexts?.('a+b/c-d$e&f=', evidence) ?? []) yield [move, 'key', 'a key'];
  for (const move of mistake.keyBytes?.('a+b/c-d$e&f=', evidence) ?? []) yield [move, 'key', 'a key'];
  for (const move of mistake.constructs?.(evidence) ?? []) yield [move, 'signature', 'a signature'];
}

const readable = (text: string): boolean => !/"|^$|\s$|^\s| {2}|undefined|null|NaN|\n/.test(text);

// `npm test` takes every fourth scheme, `npm run test:matrix` all.
const tried = schemes.filter((_, at) => process.env['MATRIX'] === 'all' || at % 4 === 0);

describe.each(tried.map((scheme) => [scheme.id, scheme] as const))(
  'what may be done to a request of %s',
  (_, scheme) => {
    test('is said in whole sentences, and fixed with names of its own', () => {
      const evidence = evidenceOf(scheme);
      const said = new Set<string>();
      for (const mistake of classesFor(evidence, catalog)) {
        const kinds = new Set<string>();
        for (const [{ detail }, part, yours] of movesOf(mistake, evidence)) {
          const kind = JSON.stringify(detail).replace(/\d+/g, '0');
          if (kinds.has(kind) || !readable(yours)) continue;
          kinds.add(kind);
          if (kinds.size > 60) break;
          const exact = { yours: 'bytes', expected: 'other bytes' };
          const summary = mistake.say(detail, { part, yours, expected: 'what was sent', exact, evidence });
          said.add(summary);
          expectWhole(summary);
          const fix = typeof mistake.fixes === 'function' ? mistake.fixes(evidence, detail) : mistake.fixes;
          expectOwnNames({ fix, summary }, scheme);
        }
      }
      expect(said.size).toBeGreaterThan(200);
    });
  },
);
