import { expect, it } from 'vitest';
import { linesTogether } from '../../src/log/lines-together.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it('lines of one turn are written in one piece, in order, and none waits for another turn', async () => {
  const written: string[] = [];
  const lines = linesTogether((text) => void written.push(text));
  lines.add('one');
  lines.add('two');
  expect(written).toEqual([]);
  await nextTurn();
  lines.add('three');
  await nextTurn();
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
});

it('more than 64 kB is not kept back, and what is flushed is written once', async () => {
  const written: string[] = [];
  const lines = linesTogether((text) => void written.push(text));
  for (let count = 0; count < 70; count++) lines.add('x'.repeat(1023));
  expect(written.length).toBe(1);
  lines.flush();
  await nextTurn();
  expect(written.length).toBe(2);
  expect(written.join('').split('\n').length).toBe(71);
});
