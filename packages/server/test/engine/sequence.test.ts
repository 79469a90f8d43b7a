import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sequence, type Span } from '../../src/engine/sequence.ts';

type Entry = Span & { readonly name: number };

const overlaps = (one: Entry, fromMs: number, untilMs: number): boolean => one.fromMs < untilMs && one.untilMs > fromMs;

describe('a sequence', () => {
  it('holds what an array with gaps would hold, and leaves earlier versions as they were', () => {
    const change = fc.record({ at: fc.nat(5000), name: fc.nat(), fromMs: fc.nat(500), lastsMs: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 150 }), fc.nat(500), (changes, fromMs) => {
        let sequence = Sequence.of<Entry>([], (entry) => entry);
        let items: (Entry | undefined)[] = [];
        for (const { at, name, fromMs: begins, lastsMs } of changes) {
          const entry = { name, fromMs: begins, untilMs: begins + lastsMs };
          const [before, copy] = [sequence, items];
          const kind = items.length === 0 ? 0 : at % 3;
          const position = at % Math.max(1, items.length);
          if (kind === 0) [sequence, items] = [sequence.append(entry), [...items, entry]];
          if (kind === 1) [sequence, items] = [sequence.with(position, entry), items.with(position, entry)];
          if (kind === 2) [sequence, items] = [sequence.with(position, undefined), items.with(position, undefined)];
          expect(before.end).toBe(copy.length);
        }
        const present = items.filter((entry) => entry !== undefined);
        expect(sequence.toJSON()).toEqual(present);
        expect(sequence).toHaveLength(present.length);
        expect([sequence.first(), sequence.last()]).toEqual([present[0], present.at(-1)]);
        expect(items.map((_, position) => sequence.get(position))).toEqual(items);
        expect([...sequence.during(fromMs, fromMs + 60)]).toEqual(
          present.filter((entry) => overlaps(entry, fromMs, fromMs + 60)),
        );
      }),
    );
  });

  it('looks at no more of thirty thousand items than it must, to add one or to find what sounds at a time', () => {
    let looked = 0;
    const spanOf = (atMs: number): Span => {
      looked += 1;
      return { fromMs: atMs, untilMs: atMs + 1 };
    };
    let sequence = Sequence.of(Array.from({ length: 30_000 }).keys(), spanOf);
    looked = 0;
    const before = sequence;
    sequence = sequence.append(30_000).with(500, 500);
    expect(looked).toBeLessThanOrEqual(64);
    expect([before.length, sequence.length]).toEqual([30_000, 30_001]);
    looked = 0;
    expect([...sequence.during(20_000, 20_002)]).toEqual([20_000, 20_001]);
    expect(looked).toBeLessThanOrEqual(64);
  });
});
