import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCollection, type CollectionRun, type CollectionToRun } from '../../src/collections/run-collection.ts';
import { findRuntime } from '../../src/collections/runtime-peer.ts';

// What a collection's scripts may take is bounded, and what went out until then is told.

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const item = (name: string, script: string): object => ({
  name,
  request: 'http://x.example/',
  event: [{ listen: 'prerequest', script: { exec: [script] } }],
});
const run = (items: readonly object[], more: Partial<CollectionToRun> = {}): Promise<CollectionRun> =>
  runCollection({ collection: { info: { schema }, item: items }, environment: [], globals: [], data: {}, ...more });

test('a script that never ends is stopped', async () => {
  const { requests, problems } = await run([item('right', ''), item('endless', 'while (true) {}')], {
    limits: { scriptMs: 300 },
  });
  expect(requests.map((one) => one.item)).toContain(0);
  expect(problems).toMatchObject([{ item: 1, message: expect.stringMatching(/timed out|not responding/) as string }]);
});

test('a script that never ends after it was left is killed with its process', async () => {
  const { requests, problems } = await run(
    [item('right', ''), item('endless', 'setTimeout(() => { while (true) {} }, 1)')],
    { limits: { scriptMs: 10_000, runMs: 8_000, graceMs: 500 } },
  );
  expect(requests.map((one) => one.item)).toContain(0);
  expect(problems.at(-1)?.message).toMatch(/ended after 8 seconds|timed out|not responding/);
});

test('a collection that begins again and again is ended', async () => {
  const { requests, problems } = await run([item('again', "postman.setNextRequest('again')")], {
    limits: { requests: 20 },
  });
  expect(requests).toHaveLength(20);
  expect(problems).toContainEqual({
    kind: 'problem',
    item: 0,
    of: 'run',
    message: 'it was ended after 20 requests',
  });
});

test('scripts that take all memory are ended', async () => {
  const hungry = 'const all = []; for (;;) all.push(new Array(100000).fill(all.length));';
  const { requests, problems } = await run([item('right', ''), item('hungry', hungry)], {
    memoryMb: 96,
    limits: { scriptMs: 20_000 },
  });
  expect(requests.map((one) => one.item)).toContain(0);
  expect(problems.at(-1)).toMatchObject({ item: 1, message: 'its scripts took more than 96 MB of memory' });
});

test('scripts that take all memory in buffers are ended', async () => {
  const hungry = 'const all = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1));';
  const { requests, problems } = await run([item('right', ''), item('hungry', hungry)], {
    memoryMb: 96,
    limits: { scriptMs: 20_000 },
  });
  expect(requests.map((one) => one.item)).toContain(0);
  expect(problems.at(-1)?.message).toMatch(/took more than 96 MB of memory|allocation failed/);
});

test('a collection that Postman cannot run is told as one', async () => {
  await expect(run([{ name: 'x', request: { url: {} } }])).resolves.toMatchObject({ requests: [] });
});

test('folders deeper than can be handed on are refused, and nothing is left running', async () => {
  const nested = (depth: number): object[] => {
    let inner: object[] = [];
    for (let at = 0; at < depth; at++) inner = [{ name: 'folder', item: inner }];
    return inner;
  };
  await expect(run(nested(200))).resolves.toMatchObject({ requests: [], problems: [] });
  const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
  const before = processes();
  await expect(run(nested(100_000))).rejects.toMatchObject({
    code: 'input/collection',
    message: 'the collection cannot be run: its folders are nested too deeply',
  });
  expect(processes()).toBe(before);
});

test('where the runtime is not installed the error says how to install it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-no-runtime-'));
  try {
    expect(() => findRuntime(folder, [])).toThrow(/not installed: npm install postman-runtime@7/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
