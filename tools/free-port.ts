/**
 * Why: a program that tests start has to be told a port, and one that the system gave and took back may by then be somebody
 * else's: the next test's that asks for any port, or a connection's that goes out. Systems give those from 32768 upwards;
 * these here are below, and no two processes of a test run, nor two calls in one, get the same.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';

const [first, end] = [20_000, 32_768];
/** More than a run has processes at a time. */
const lanes = 16;
const lane = Number(process.env['VITEST_POOL_ID'] ?? 0) % lanes;
const slots = Math.floor((end - first) / lanes);
let slot = Math.floor(Math.random() * slots);

/** A port of 127.0.0.1 at which nobody listens, and that nobody gets by asking for any. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < slots; tried++) {
    const port = first + lanes * (slot++ % slots) + lane;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} to ${end} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
