import { createCall, createdCall, eventsTaken, hangUp, play } from './exchanges.js';
import { startProcess } from './start-process.js';

/** How many calls hear the same words at least: synthesizing 10,000 prompts would measure the synthesizer for minutes. */
const fewestPerText = 10;
/** More texts than this are not synthesized, so that 50,000 calls need no more audio than 10,000. */
const mostTexts = 1_000;
/** The receiver refuses every so many-th event the first time, so that attempts are repeated. */
export const refuseEvery = 50;
/** Calls, and callbacks that wait, may weigh more together than a server lets them by itself. */
const limits = { liveCallBytes: 1e9, pendingCallbackBytes: 1e9 };
/** Calls that come and go before anything is measured, so that code is compiled. */
const warmUpCalls = 500;

const measured = new Map();

/**
 * Calls that are all live at once, each with events and a prompt, then hung up. What belongs to one clock and number of
 * calls is measured once.
 *
 * @param {'virtual' | 'real'} clock
 * @param {number} calls
 * @param {number} [callsPerText] how many of them hear the same words
 */
export function liveCalls(clock, calls, callsPerText = Math.max(fewestPerText, calls / mostTexts)) {
  const key = `${clock} ${calls} ${callsPerText}`;
  if (!measured.has(key)) measured.set(key, run(clock, calls, callsPerText));
  return measured.get(key);
}

/**
 * From so many calls on V8 is told how large its heap may get, as whoever runs so many would do. Left to itself it collects
 * garbage late: how late depends on what else the machine does.
 */
export const heapBound = { fromCalls: 50_000, megabytes: 850 };

async function run(clock, calls, callsPerText) {
  const options = calls >= heapBound.fromCalls ? [`--max-old-space-size=${heapBound.megabytes}`] : [];
  const [server, receiver, requester] = [
    startProcess('countersign', options),
    startProcess('receiver'),
    startProcess('requester'),
  ];
  try {
    const { port } = await server.ask('start', { clock, limits });
    const url = `http://127.0.0.1:${(await receiver.ask('start')).port}/events`;
    const send = (requests, status) => requester.ask('send', { port, requests, connections: 32, status });
    /** On the virtual clock time must be told to pass: enough of it for a prompt, and for every repeated attempt. */
    const pass = async (events) => {
      if (clock === 'virtual') await server.ask('advance', 60_000);
      return eventsTaken(receiver, events, { patienceMs: 60_000 });
    };
    const create = async (count) => {
      const { bodies } = await send(
        Array.from({ length: count }, () => createCall(url)),
        201,
      );
      const connectedAtMs = await pass(2 * count);
      return { ids: bodies.map(createdCall), connectedAtMs };
    };
    const speak = async (ids, firstOrder) => {
      const textOf = (index) => `Your order ${firstOrder + Math.floor(index / callsPerText)} is ready.`;
      await send(
        ids.map((id, index) => play(id, textOf(index))),
        202,
      );
      await pass(3 * ids.length);
    };
    const end = async (ids) => {
      await send(ids.map(hangUp), 204);
      await pass(4 * ids.length);
    };

    const idle = await server.ask('peakMemory');
    await receiver.ask('expect', {});
    const { ids: first } = await create(warmUpCalls);
    // Other words than those of the calls that are measured, or some of these would be known.
    await speak(first, 100);
    await end(first);

    await receiver.ask('expect', { refuseEvery });
    const heldBefore = await server.ask('heldMemory');
    const processorBefore = await server.ask('processorTime');
    const startedAtMs = Date.now();
    const { ids, connectedAtMs } = await create(calls);
    await speak(ids, 1000);
    const peak = await server.ask('peakMemory');
    const processorMs = ((await server.ask('processorTime')) - processorBefore) / 1000;
    const heldNow = await server.ask('heldMemory');
    await end(ids);
    const peakAtEnd = await server.ask('peakMemory');

    const { sequences, twice } = await receiver.ask('sequences');
    return {
      idle,
      peak,
      peakAtEnd,
      heapBytes: heldNow.heapBytes - heldBefore.heapBytes,
      externalBytes: heldNow.externalBytes - heldBefore.externalBytes,
      processorMs,
      sequences,
      twice,
      eventsPerSecond: Math.round((2 * calls) / ((connectedAtMs - startedAtMs) / 1000)),
    };
  } finally {
    await Promise.all([server, receiver, requester].map((process) => process.stop()));
  }
}
