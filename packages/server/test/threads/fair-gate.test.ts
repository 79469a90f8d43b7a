import { describe, expect, it } from 'vitest';
import { Askers } from '../../src/threads/askers.ts';
import { FairGate } from '../../src/threads/fair-gate.ts';
import { Turns } from '../../src/threads/turns.ts';

describe('a gate', () => {
  it('lets in so many at a time, in turns, and not those whom nobody waits for', async () => {
    const gate = new FairGate(2);
    const begun: string[] = [];
    const finish: (() => void)[] = [];
    const enter = (name: string, line: string, askers = new Askers({ line })) =>
      gate.run(askers, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => finish.push(resolve));
        return name;
      });
    const [one, two] = [enter('one', 'a'), enter('two', 'a')];
    const given = { line: 'a' };
    const askers = new Askers(given);
    const [three, dropped, other] = [enter('three', 'a'), enter('dropped', 'a', askers), enter('other', 'b')];
    await Promise.resolve();
    expect(begun).toEqual(['one', 'two']);
    askers.leave(given);
    expect(await dropped).toBeUndefined();
    for (let next = 0; next < 4; next++) {
      finish[next]?.();
      await new Promise(setImmediate);
    }
    expect(begun).toEqual(['one', 'two', 'other', 'three']);
    expect(await Promise.all([one, two, three, other])).toEqual(['one', 'two', 'three', 'other']);
    expect(await gate.run(new Askers(), async () => 'never')).toBeUndefined();
  });

  it('stays open for others when work fails', async () => {
    const gate = new FairGate(1);
    const askers = new Askers({ line: 'a' });
    await expect(gate.run(askers, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(askers, async () => 'yes')).toBe('yes');
  });
});

describe('turns', () => {
  it('end when their share of work is done', async () => {
    let turns = 0;
    const paced = new Turns(10, async () => {
      turns++;
    });
    for (const work of [4, 4, 2]) await paced.spend(work);
    expect(turns).toBe(0);
    await paced.spend(1);
    expect(turns).toBe(1);
    await paced.spend(50);
    await paced.spend(1);
    expect(turns).toBe(3);
  });
});
