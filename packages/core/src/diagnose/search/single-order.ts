import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass } from './mistake-class.ts';
import { highestPairCost } from './move-group.ts';

/** Whether a pass takes a group of moves, by the part's source and the class. */
type Takes = (source: Slot['source']['from'], mistake: MistakeClass | undefined) => boolean;

/** One pass over the single mistakes: what it tries that costs more than `above` and at most `upTo`. */
export type Pass =
  | { readonly of: 'keys' | 'readings of the key' | 'layouts'; readonly above: number; readonly upTo: number }
  | { readonly of: 'rare keys' }
  /** Of each group no more than `atMost` moves, and of none one that was tried before. */
  | { readonly of: 'values'; readonly takes: Takes; readonly upTo: number; readonly atMost: number };

const all = Number.POSITIVE_INFINITY;
/** How many moves of a class come before the others of their cost: a class yields first what is seen most. */
const foremost = 6;

const isOfBody = (source: Slot['source']['from']): boolean =>
  source === 'content-hash' || source === 'body' || source === 'body-digest';
/** Moves that are few or cheap to make, even where they are other bodies. */
const quick: Takes = (source, mistake) =>
  mistake?.phase === 'early' || !(isOfBody(source) || mistake?.phase === 'late');
const bodies: Takes = (source, mistake) => isOfBody(source) && mistake?.phase === undefined;
/** Moves that are very many, as placeholders are. */
const many: Takes = (source, mistake) => mistake?.phase === 'late' && !isOfBody(source);
const manyBodies: Takes = (source, mistake) => mistake?.phase === 'late' && isOfBody(source);
const quickOrMany: Takes = (...group) => quick(...group) || many(...group);

const values = (takes: Takes, upTo: number, atMost = all): Pass => ({ of: 'values', takes, upTo, atMost });
const keys = (above: number, upTo: number): Pass => ({ of: 'keys', above, upTo });
const layouts = (above: number, upTo: number): Pass => ({ of: 'layouts', above, upTo });

/** What is so rare that two usual mistakes are likelier: it is tried after those, and never as one of two. */
export const rarePasses: readonly Pass[] = [values(many, all), values(manyBodies, all)];

/**
 * The order in which single mistakes are tried: what is likely of every kind before what is less likely of any, and first
 * of all what the client is known for. Where another body takes long and all else is short, bodies come last.
 */
export function orderOfSingles({ client, isLong, isStringLong }: Evidence): readonly Pass[] {
  const known: Takes = (_, mistake) => client !== undefined && mistake?.usualFrom?.includes(client) === true;
  const passes: readonly Pass[] = [
    keys(0, 1),
    values(known, 1, 2 * foremost),
    values(quickOrMany, 1, foremost),
    values(bodies, 1, foremost),
    values(quick, 1),
    // These are few, and made of nothing but the key.
    { of: 'readings of the key', above: 1, upTo: 2 },
    layouts(0, 1),
    values(many, 1),
    values(bodies, 1),
    values(manyBodies, 1),
    keys(1, 2),
    values(quick, 2),
    layouts(1, 2),
    values(bodies, 2),
    values(quick, 3),
    keys(2, all),
    layouts(2, all),
    { of: 'rare keys' },
    values(bodies, 3),
    values(many, 3),
    values(manyBodies, 3),
    values(quick, all),
    values(bodies, all),
    values(many, highestPairCost),
    values(manyBodies, highestPairCost),
  ];
  if (!isLong || isStringLong) return passes;
  const isOfBodies = (pass: Pass): boolean =>
    pass.of === 'values' && (pass.takes === bodies || pass.takes === manyBodies);
  return [...passes.filter((pass) => !isOfBodies(pass)), ...passes.filter(isOfBodies)];
}
