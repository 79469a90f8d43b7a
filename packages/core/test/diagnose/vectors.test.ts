import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose, mistakeIds, type MistakeId, type Verdict } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

interface DiagnosisVector {
  id: string;
  title: string;
  key: { id?: string; secret: string };
  request: { method: string; target: string; headers: Header[]; body: string };
  now: string;
  verdict: Verdict;
  mistakes: MistakeId[];
  notes?: MistakeId[];
  names?: string;
  variables?: Record<string, string>;
}

const folder = new URL('../../../../vectors/diagnosis/', import.meta.url);
const read = (file: string): { scheme: string; kind: string; vectors: DiagnosisVector[] } =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as never;
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map(read)
  .filter(({ kind }) => kind === 'diagnosis');

describe.each(files)('$scheme', ({ scheme: id, vectors }) => {
  const scheme = schemes.find((one) => one.id === id);
  if (!scheme) throw new Error(`there is no scheme ${id}`);

  test.each(vectors)('$id: $title', ({ key, request, now, verdict, mistakes, notes = [], names, variables }) => {
    const message = { ...request, body: new TextEncoder().encode(request.body) };
    const credential = { secret: key.secret, ...(key.id !== undefined && { keyId: key.id }) };
    const options = { now: new Date(now), callerHoldsKey: true, ...(variables && { variables }) };
    const found = diagnose(scheme, credential, message, options);

    expect(found.mistakes.map((mistake) => mistake.id)).toEqual(mistakes);
    expect(found.verdict).toBe(verdict);
    expect(found.notes.map((note) => note.id)).toEqual(expect.arrayContaining(notes));
    // What may be another service's own rule is never more than likely.
    if (!notes.includes('scheme/look-alike'))
      expect(found.mistakes.every(({ certainty }) => certainty !== 'likely')).toBe(true);
    if (names !== undefined) expect(found.mistakes[0]?.yours).toContain(names);
  });
});

test('every mistake and every note has a request that shows it alone, but for two', () => {
  const shown = files.flatMap(({ vectors }) =>
    vectors.map(({ mistakes, notes = [] }) => (notes.length > 0 ? notes : mistakes)),
  );
  const alone = new Set(shown.flatMap((ids) => (ids.length === 1 ? ids : [])));
  expect(mistakeIds.filter((id) => !alone.has(id))).toEqual([
    // Said where the search was in vain, and that takes long.
    'key/kind',
    // Needs the requests before it.
    'replay/repeated',
  ]);
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
