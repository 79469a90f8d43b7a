import { createCall, createdCall, eventsTaken, hangUp, play } from './exchanges.js';
import { startProcess } from './start-process.js';

const calls = 10_000;
/** How many calls hear the same words: synthesizing 10,000 prompts would measure the synthesizer for minutes. */
const callsPerText = 10;
const aimBytes = 600e6;
/** The receiver refuses every so many-th event the first time, so that attempts are repeated. */
const refuseEvery = 50;
const story = 'CallConnected ParticipantsUpdated PlayCompleted CallDisconnected';

const measured = new Map();

/** Both rows of a clock are read off one run. */
function measure(clock) {
  if (!measured.has(clock)) measured.set(clock, run(clock));
  return measured.get(clock);
}

async function run(clock) {
  const [server, receiver, requester] = [
    startProcess('countersign'),
    startProcess('receiver'),
    startProcess('requester'),
  ];
  try {
    const { port } = await server.ask('start', { clock });
    const url = `http://127.0.0.1:${(await receiver.ask('start')).port}/events`;
    const send = (requests, status) => requester.ask('send', { port, requests, connections: 32, status });
    /** On the virtual clock time must be told to pass: enough of it for a prompt, and for every repeated attempt. */
    const pass = async (events) => {
      if (clock === 'virtual') await server.ask('advance', 60_000);
      return eventsTaken(receiver, events, { patienceMs: 60_000 });
    };
    const idle = await server.ask('peakMemory');
    await receiver.ask('expect', { refuseEvery });

    const startedAtMs = Date.now();
    const created = await send(
      Array.from({ length: calls }, () => createCall(url)),
      201,
    );
    const connectedMs = (await pass(2 * calls)) - startedAtMs;
    const ids = created.bodies.map(createdCall);
    await send(
      ids.map((id, index) => play(id, `Your order ${1000 + Math.floor(index / callsPerText)} is ready.`)),
      202,
    );
    await pass(3 * calls);
    const peak = await server.ask('peakMemory');
    await send(ids.map(hangUp), 204);
    await pass(4 * calls);

    const { sequences, twice } = await receiver.ask('sequences');
    return { idle, peak, sequences, twice, eventsPerSecond: Math.round((2 * calls) / (connectedMs / 1000)) };
  } finally {
    await Promise.all([server, receiver, requester].map((process) => process.stop()));
  }
}

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

function rowsOf(clock) {
  const what = `${calls} live calls with prompts and callbacks, ${clock} clock`;
  return [
    {
      what: `${what}, peak memory of the process`,
      against: megabytes(aimBytes),
      atMost: true,
      target: 1,
      async measure() {
        const { idle, peak } = await measure(clock);
        const perCall = ((peak - idle) / calls / 1000).toFixed(0);
        return {
          ratio: peak / aimBytes,
          detail: `${megabytes(peak)}, ${megabytes(idle)} before; ${perCall} kB a call`,
        };
      },
    },
    {
      what: `${what}, share whose events came once each and in order`,
      against: 'all of them',
      target: 1,
      async measure() {
        const { sequences, twice, eventsPerSecond } = await measure(clock);
        const inOrder = sequences[story] ?? 0;
        const detail = `${inOrder} of ${calls} in order, ${twice} events taken twice, one in ${refuseEvery} sent again; ${eventsPerSecond} events a second while all are created and answered`;
        return { ratio: twice === 0 ? inOrder / calls : 0, detail };
      },
    },
  ];
}

export const rows = [...rowsOf('virtual'), ...rowsOf('real')];
