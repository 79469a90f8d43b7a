import { heapBound, liveCalls, refuseEvery } from './live-calls.js';

const story = 'CallConnected ParticipantsUpdated PlayCompleted CallDisconnected';
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

function rowsOf(clock, calls, aimBytes) {
  const bounded = calls < heapBound.fromCalls ? '' : `, V8's heap bounded to ${heapBound.megabytes} MB`;
  const what = `${calls} live calls with prompts and callbacks, ${clock} clock${bounded}`;
  return [
    {
      what: `${what}, peak memory of the process`,
      against: megabytes(aimBytes),
      atMost: true,
      target: 1,
      async measure() {
        const { idle, peak, peakAtEnd } = await liveCalls(clock, calls);
        const perCall = ((peak - idle) / calls / 1000).toFixed(0);
        return {
          ratio: peak / aimBytes,
          detail: `${megabytes(peak)}, ${megabytes(idle)} before; ${perCall} kB a call; ${megabytes(peakAtEnd)} when all have ended`,
        };
      },
    },
    {
      what: `${what}, share whose events came once each and in order`,
      against: 'all of them',
      target: 1,
      async measure() {
        const { sequences, twice, eventsPerSecond } = await liveCalls(clock, calls);
        const inOrder = sequences[story] ?? 0;
        const detail = `${inOrder} of ${calls} in order, ${twice} events taken twice, one in ${refuseEvery} sent again; ${eventsPerSecond} events a second while all are created and answered`;
        return { ratio: twice === 0 ? inOrder / calls : 0, detail };
      },
    },
  ];
}

/** Of many calls, because what the server keeps of the latest 10,000 requests, callbacks and events is in it, too. */
const manyCalls = 50_000;
const heldByOne = {
  what: 'a live call with its prompt, memory that it holds without audio',
  against: '15 kB',
  atMost: true,
  target: 1,
  async measure() {
    const { heapBytes, externalBytes } = await liveCalls('virtual', manyCalls);
    const perCall = heapBytes / manyCalls;
    const detail = `${(perCall / 1000).toFixed(1)} kB in V8's heap; outside of it, audio of all calls and bodies, ${megabytes(externalBytes)}`;
    return { ratio: perCall / 15e3, detail };
  },
};

export const rows = [
  ...rowsOf('virtual', 10_000, 600e6),
  ...rowsOf('real', 10_000, 600e6),
  ...rowsOf('virtual', manyCalls, 1.2e9),
  heldByOne,
];
