import { expect } from 'vitest';
import type { Mistake } from '@countersign/core/diagnose';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';

/** What each family of mistakes is a mistake in: sources of parts, or places that are no part. */
const subjects: readonly (readonly [family: RegExp, places: readonly string[]])[] = [
  [/^method\/case/, ['method']],
  [/^method\/other/, ['method', 'target']],
  [/^url\/host/, ['host', 'literal']],
  [/^url\/scheme/, ['literal']],
  [/^url\//, ['target']],
  [/^date\//, ['date']],
  [/^body\//, ['body', 'content-hash']],
  [/^content-hash\//, ['content-hash']],
  [/^header\/content-type/, ['header']],
  [/^key\//, ['key', 'signature', 'authorization']],
  [/^digest\//, ['signature']],
];

const values = /"[^"]*"/g;

/** The sentence is whole: every quote is closed, nothing is missing in it, no text of the program's own shows through. */
export function expectWhole(summary: string): void {
  const words = summary.replace(values, '"…"');
  expect((summary.match(/"/g) ?? []).length % 2, `a quote is not closed: ${summary}`).toBe(0);
  expect(words, 'something is missing in it').not.toMatch(/ {2}| \(\)|\bundefined\b|\bNaN\b|\[object|[:;,] ?[.;:]/);
  expect(summary).toMatch(/^[A-Z].*[.)]$/s);
}

/** The sentence speaks of the place that it is shown beside. */
export function expectOfItsPlace({ id, summary, at, yours }: Mistake, { parts }: Scheme): void {
  const departs = /departs from the verifier’s at byte \d+ of the ([\w-]+)/.exec(summary)?.[1];
  if (departs !== undefined) {
    expect(departs).toBe(at.part);
    return;
  }
  const places = subjects.find(([family]) => family.test(id))?.[1];
  if (places === undefined) return;
  const source = parts.find(({ name }) => name === at.part)?.source.from;
  expect(places, `${summary} at ${at.part}`).toContain(source ?? at.part);
  if (id.startsWith('url/')) expect(yours, 'a whole string to sign is no path').not.toContain('\\n');
}

/** The fix names headers and words of the request's own scheme, and of others only what was signed by mistake. */
export function expectOwnNames({ fix, summary }: Pick<Mistake, 'fix' | 'summary'>, scheme: Scheme): void {
  const code = JSON.stringify(fix).toLowerCase();
  const said = summary.toLowerCase().replace('connection string', 'connection string with accesskey');
  // A header's name may be the end of another one's: webhook-signature, x-sinch-webhook-signature.
  const isNamed = (name: string): boolean =>
    code
      .split(name)
      .some((before, at, all) => at < all.length - 1 && !/[\w-]$/.test(before) && !all[at + 1]!.startsWith('-'));
  const wrong = foreignTo(scheme).filter((name) => isNamed(name) && !said.includes(name));
  expect(wrong, code).toEqual([]);
}

const known = new Map<Scheme, readonly string[]>();

function foreignTo(scheme: Scheme): readonly string[] {
  let foreign = known.get(scheme);
  if (!foreign) {
    const own = namesOf(scheme);
    const all = new Set(['import {', 'undefined', 'whsec_', 'accesskey', ...schemes.flatMap(namesOf)]);
    foreign = [...all].filter((name) => !own.includes(name.replace(/:$/, '')) && !own.includes(name));
    known.set(scheme, foreign);
  }
  return foreign;
}

/** Names that give a scheme away: of its headers and labels, and the parameters and words of its template. */
function namesOf({ date, contentHash, authorization, signedHeaders, parts }: Scheme): string[] {
  const named = [
    authorization.header,
    contentHash?.header ?? '',
    ...(date?.headers ?? []),
    ...(signedHeaders || parts.some(({ source }) => source.from === 'header-list') ? ['signedheaders'] : []),
    ...parts.flatMap(({ source, before }) => [source.from === 'header' ? source.header : '', before ?? '']),
  ];
  // `signature` is what every program calls it.
  const general = ['signature', 'content-type', 'content-length', 'authorization', 'date', 'host'];
  return named.map((name) => name.toLowerCase()).filter((name) => /\w{3}/.test(name) && !general.includes(name));
}
