import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { AnswersTogether } from '../../src/http/answers-together.ts';

/** A connection that notes when it is told to hold back, and when to write. */
function connection(name: string, log: string[]): Socket {
  return { cork: () => log.push(`${name} holds`), uncork: () => log.push(`${name} writes`) } as unknown as Socket;
}

test('answers of one turn of the event loop leave together at its end, those of a connection in one write', async () => {
  const log: string[] = [];
  const [one, other] = [connection('one', log), connection('other', log)];
  const together = new AnswersTogether();
  for (const socket of [one, other, one]) together.hold(socket);
  await Promise.resolve();
  expect(log).toEqual(['one holds', 'other holds']);
  await new Promise(setImmediate);
  expect(log.splice(0)).toEqual(['one holds', 'other holds', 'one writes', 'other writes']);
  together.hold(one);
  await new Promise(setImmediate);
  expect(log).toEqual(['one holds', 'one writes']);
});
