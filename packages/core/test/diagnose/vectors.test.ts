import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose, type MistakeId, type Verdict } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

interface DiagnosisVector {
  id: string;
  title: string;
  key: { id?: string; secret: string };
  request: { method: string; target: string; headers: Header[]; body: string };
  now: string;
  verdict: Verdict;
  mistakes: MistakeId[];
  names?: string;
  variables?: Record<string, string>;
}

const read = (file: string): { vectors: DiagnosisVector[] } =>
  JSON.parse(readFileSync(new URL(`../../../../vectors/diagnosis/${file}`, import.meta.url), 'utf8')) as never;

describe.each([
  [acsHmac, read('acs-hmac.json').vectors],
  [sinchApplication, read('sinch-application.json').vectors],
])('$id', (scheme, vectors) => {
  test.each(vectors)('$id: $title', ({ key, request, now, verdict, mistakes, names, variables }) => {
    const message = { ...request, body: new TextEncoder().encode(request.body) };
    const credential = { secret: key.secret, ...(key.id !== undefined && { keyId: key.id }) };
    const found = diagnose(scheme, credential, message, { now: new Date(now), ...(variables && { variables }) });

    expect(found.mistakes.map(({ id }) => id)).toEqual(mistakes);
    expect(found.verdict).toBe(verdict);
    expect(found.mistakes.every(({ certainty }) => certainty !== 'likely')).toBe(true);
    if (names !== undefined) expect(found.mistakes[0]?.yours).toContain(names);
  });
});

test('the misprint of the Sinch page is said to be the page’s own', () => {
  const [misprint] = read('sinch-application.json').vectors;
  if (!misprint) throw new Error('the vector is missing');
  const message = { ...misprint.request, body: new TextEncoder().encode(misprint.request.body) };
  const found = diagnose(
    sinchApplication,
    { keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97', secret: misprint.key.secret },
    message,
  );
  expect(found.notes.map(({ id }) => id)).toContain('provider/at-fault');
});
