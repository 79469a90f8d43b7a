import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { freePort } from '../free-port.ts';

it('a free port is another one each time, none that somebody listens at, and none that the system gives to who asks for any', async () => {
  const ports: number[] = [];
  for (let count = 0; count < 20; count++) ports.push(await freePort());
  expect(new Set(ports).size).toBe(20);
  const any = createServer().listen(0, '127.0.0.1');
  await once(any, 'listening');
  expect(Math.max(...ports)).toBeLessThan((any.address() as AddressInfo).port);
  // The next one in the row is taken.
  const next = Math.max(...ports) + 16;
  const taken = createServer().listen(next, '127.0.0.1');
  await once(taken, 'listening');
  expect(await freePort()).not.toBe(next);
  for (const server of [any, taken]) server.close();
});
