import * as fc from 'fast-check';
import { mutated, troubling } from './mutations.js';

/** Stands for an array that is nested deeper than a recursive function can follow, until the value is text. */
const tooDeep = '\u0001deep\u0001';
const depth = 12_000;
const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;

const putInPlace = fc.oneof(
  { weight: 6, arbitrary: troubling },
  {
    weight: 6,
    arbitrary: fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, 2 ** 53, '', [], {}, [null], [[]], { length: 1 }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('a'.repeat(700), 'é'.repeat(5001), tooDeep) },
);

const change = fc.record({
  kind: fc.constantFrom('put', 'put', 'put', 'remove', 'rename', 'add', 'repeat', 'wrap'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  value: putInPlace,
  name: troubling,
});

/** JSON texts of which most differ from one of the samples in up to three values, members or items. */
export function changedJson(...samples) {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 3 }))
    .map(([sample, changes]) => textOf(changes.reduce(changed, structuredClone(sample))));
}

/** As `changedJson`, and now and then a text that is no JSON. */
export function nearJson(...samples) {
  const texts = changedJson(...samples);
  return fc.oneof({ weight: 9, arbitrary: texts }, { weight: 1, arbitrary: mutated(texts) });
}

function textOf(value) {
  return (JSON.stringify(value) ?? 'null').replaceAll(JSON.stringify(tooDeep), nested);
}

function changed(root, { kind, at, value: constant, name }) {
  // Later changes may go into it.
  const value = structuredClone(constant);
  const places = placesIn(root);
  if (places.length === 0) return kind === 'put' ? value : root;
  const [holder, key] = places[Math.floor(at * places.length)];
  const old = holder[key];
  if (kind === 'put') set(holder, key, value);
  else if (kind === 'wrap') set(holder, key, [old]);
  else if (kind === 'add') set(holder, Array.isArray(holder) ? holder.length : name, value);
  else if (kind === 'repeat' && Array.isArray(holder)) holder.push(...Array(5).fill(old));
  else if (kind === 'remove' || kind === 'rename') {
    if (Array.isArray(holder)) holder.splice(key, 1);
    else delete holder[key];
    if (kind === 'rename') set(holder, Array.isArray(holder) ? holder.length : name, old);
  }
  return root;
}

/** `__proto__`, too, becomes a member. */
function set(holder, key, value) {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function placesIn(value, places = []) {
  if (typeof value !== 'object' || value === null) return places;
  for (const key of Object.keys(value)) {
    places.push([value, Array.isArray(value) ? Number(key) : key]);
    placesIn(value[key], places);
  }
  return places;
}
