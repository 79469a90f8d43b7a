import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../../tools/free-port.ts';
import { within } from '../../src/replay/deadline.ts';
import type { Claim, ReplayStore } from '../../src/replay/replay-store.ts';
import { storeByUrl } from '../../src/stores/by-url.ts';
import { someKey } from '../replay/store-contract.ts';
import { startRedis } from './redis-server.ts';
import { eventually, temporaryFolder, type Service } from './service.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
const nodes: Service[] = [];
let hosts: string[];
let store: ReplayStore;

beforeAll(async () => {
  place = await temporaryFolder();
  const ports = [await freePort(), await freePort(), await freePort()];
  // Nodes talk to each other ten thousand ports further up, unless told.
  for (const port of ports) {
    const bus = String(await freePort());
    const cluster = ['--cluster-enabled', 'yes', '--cluster-port', bus];
    nodes.push(await startRedis(place.folder, port, ...cluster, '--cluster-require-full-coverage', 'no'));
  }
  hosts = ports.map((port) => `127.0.0.1:${port}`);
  execFileSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-replicas', '0', '--cluster-yes'], {
    stdio: 'pipe',
  });
  store = await storeByUrl(`redis-cluster://${hosts.join(',')}`);
  // Each node is connected to when it is first asked, and refuses until then.
  await eventually(async () => {
    for (let count = 0; count < 30; count++) await store.claim(someKey(), 600_000);
  });
});
afterAll(async () => {
  await store?.close?.();
  for (const node of nodes) await node.stop('SIGKILL');
  await place?.remove();
});

/** As long as a guard would wait. */
const claim = (key: string): Promise<Claim> => within(500, (async () => store.claim(key, 600_000))());

describe('redisStore on a cluster', () => {
  it('knows repeats on every node, and answers in its time when one of them is dead', async () => {
    const keys = Array.from({ length: 60 }, someKey);
    for (const key of keys) expect(await store.claim(key, 600_000)).toMatchObject({ fresh: true });
    for (const key of keys) expect(await store.claim(key, 600_000)).toMatchObject({ fresh: false });
    const [dead] = nodes;
    await dead?.stop('SIGKILL');
    let refused = 0;
    for (const key of keys) {
      const again = await claim(key).catch(() => undefined);
      if (again) expect(again).toMatchObject({ fresh: false });
      else refused += 1;
    }
    // About a third of the keys is on the dead node; nobody is let in with one of them, and the others are known.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(keys.length);
  }, 90_000);
});
