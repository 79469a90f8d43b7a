// How time and memory grow with how much of something there is. Linear is a power of 1.
import { switchboardModules, switchboardOf } from '../tools/switchboard.js';
import { heldBytes } from './held-bytes.js';
import { liveCalls } from './live-calls.js';
import { startProcess } from './start-process.js';

const highestPower = 1.1;

/**
 * A row that says by which power a cost grows, the worst between neighbouring sizes.
 *
 * @param {string} what
 * @param {number[]} sizes
 * @param {string} unit of the cost
 * @param {(size: number) => Promise<number>} costOf
 */
function growth(what, sizes, unit, costOf) {
  return {
    what: `${what}, ${sizes.join(', ')}: power by which it grows`,
    against: 'linear',
    atMost: true,
    target: highestPower,
    async measure() {
      const costs = [];
      for (const size of sizes) costs.push(await costOf(size));
      const powers = sizes
        .slice(1)
        .map((size, index) => Math.log(costs[index + 1] / costs[index]) / Math.log(size / sizes[index]));
      const ofOne = costs.map((cost, index) => (cost / sizes[index]).toFixed(2)).join(', ');
      return { ratio: Math.max(...powers), detail: `${ofOne} ${unit} each` };
    },
  };
}

const liveCallSizes = [1_000, 10_000, 50_000];
/** The same for all sizes, or the synthesizer would have more to do for each call of one than of another. */
const callsPerText = 50;

const ofExchanges = new Map();

/** Signed requests for a call that there is not, all of which are kept. */
function exchanges(count) {
  if (!ofExchanges.has(count)) ofExchanges.set(count, keepExchanges(count));
  return ofExchanges.get(count);
}

async function keepExchanges(count) {
  const [server, requester] = [startProcess('countersign'), startProcess('requester')];
  try {
    const limits = { exchanges: count, exchangeBytes: 1e9 };
    const { port } = await server.ask('start', { clock: 'virtual', limits });
    const path = '/calling/callConnections/none?api-version=2024-04-15';
    const ask = (requests) => requester.ask('send', { port, requests, connections: 32, status: 404 });
    const batch = Array.from({ length: 1_000 }, () => ({ method: 'GET', path }));
    for (let warmUp = 0; warmUp < 3; warmUp++) await ask(batch);
    await server.ask('reset');
    const before = await server.ask('heldMemory');
    const processorBefore = await server.ask('processorTime');
    for (let sent = 0; sent < count; sent += batch.length) await ask(batch);
    const processorUs = (await server.ask('processorTime')) - processorBefore;
    const { heapBytes } = await server.ask('heldMemory');
    return { processorUs, heapBytes: heapBytes - before.heapBytes };
  } finally {
    await Promise.all([server, requester].map((process) => process.stop()));
  }
}

const exchangeSizes = [1_000, 10_000, 100_000];

/** So many events or prompts in all are had and kept, by one call or by several. */
const inAll = 20_000;
const ofCalls = new Map();

/**
 * What one call takes that has so many of something, of the fastest of several samples.
 *
 * @param {(exports: object, count: number) => object} make one with so many
 */
function ofOneCall(make, count) {
  const key = `${make.name} ${count}`;
  if (!ofCalls.has(key)) ofCalls.set(key, haveCalls(make, count));
  return ofCalls.get(key);
}

async function haveCalls(make, count) {
  const load = (module) => import(new URL(`../packages/server/dist/${module}.js`, import.meta.url).href);
  const exports = Object.assign({}, ...(await Promise.all(switchboardModules.map(load))));
  const found = [];
  // The first ones run uncompiled.
  for (let sample = -3; sample < 7; sample++) {
    const { us, bytes } = sampleOfCalls(exports, make, count);
    if (sample >= 0) found.push({ us, bytes });
  }
  const bytes = Math.min(...found.map((sample) => sample.bytes));
  if (bytes <= 0) throw new Error('what was held before was let go of while it was measured');
  return { fastestUs: Math.min(...found.map(({ us }) => us)), bytes };
}

/** A function of its own: what it has made is gone when the next sample begins. */
function sampleOfCalls(exports, make, count) {
  const calls = inAll / count;
  const before = heldBytes();
  const started = process.cpuUsage();
  const kept = Array.from({ length: calls }, () => make(exports, count));
  const { user, system } = process.cpuUsage(started);
  const bytes = heldBytes() - before;
  if (kept.some(({ switchboard }) => switchboard.history('call').length < count)) throw new Error('events are missing');
  return { us: (user + system) / calls, bytes: bytes / calls };
}

function answeredCall(exports) {
  const one = switchboardOf(exports);
  const party = { kind: 'phone', number: '+46700000001' };
  const legs = [{ leg: 'a', party, direction: 'outbound', ringTimeoutMs: 60_000 }];
  one.give('call', { type: 'open-call', provider: 'none', account: 'a', details: {}, legs });
  one.give('call', { type: 'answer', leg: 'a' });
  return one;
}

const prompts = [{ kind: 'text', text: 'x' }];

function callWithEvents(exports, count) {
  const one = answeredCall(exports);
  const { give, move, switchboard } = one;
  for (let index = 0; switchboard.call('call').version < count; index++) {
    const operation = `play-${index}`;
    give('call', { type: 'play', operation, prompts, to: 'all', repeat: 1, interrupt: false });
    give('call', { type: 'media-ready', operation, index: 0, media: { media: 'm', durationMs: 100 } });
    move(100);
    give('call', { type: 'timer-fired', timer: `play-end:${operation}` });
  }
  return one;
}

/** A call whose prompts all wait for their audio, and are then canceled one after the other. */
function callWithPrompts(exports, count) {
  const one = answeredCall(exports);
  for (let index = 0; index < count; index++) {
    const operation = `play-${index}`;
    one.give('call', { type: 'play', operation, prompts, to: 'all', repeat: 1, interrupt: false });
  }
  for (let index = 0; index < count; index++) {
    one.give('call', { type: 'cancel-operations', operations: [`play-${index}`] });
  }
  return one;
}

const eventSizes = [100, 10_000];

export const rows = [
  growth('live calls with a prompt, processor time', liveCallSizes, 'ms', async (calls) => {
    const { processorMs } = await liveCalls('virtual', calls, callsPerText);
    return processorMs;
  }),
  growth('live calls with a prompt, memory in V8’s heap', liveCallSizes, 'kB', async (calls) => {
    const { heapBytes } = await liveCalls('virtual', calls, callsPerText);
    return heapBytes / 1000;
  }),
  growth('exchanges that are kept, processor time', exchangeSizes, 'µs', async (count) => {
    const { processorUs } = await exchanges(count);
    return processorUs;
  }),
  growth('exchanges that are kept, memory in V8’s heap', exchangeSizes, 'kB', async (count) => {
    const { heapBytes } = await exchanges(count);
    return heapBytes / 1000;
  }),
  growth('events of one call, processor time', eventSizes, 'µs', async (count) => {
    const { fastestUs } = await ofOneCall(callWithEvents, count);
    return fastestUs;
  }),
  growth('prompts that one call waits for, processor time', eventSizes, 'µs', async (count) => {
    const { fastestUs } = await ofOneCall(callWithPrompts, count);
    return fastestUs;
  }),
  growth('events of one call, memory in V8’s heap', eventSizes, 'kB', async (count) => {
    const { bytes } = await ofOneCall(callWithEvents, count);
    return bytes / 1000;
  }),
];
