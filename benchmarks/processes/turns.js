// For how long the main thread kept everybody waiting: the longest turn of its event loop, by the clock and in processor
// time. On a machine that has other things to do only the latter tells what the code does.
import { openSync, readSync } from 'node:fs';

/** How often is looked. Looks come between turns, so that what passes between two of them is one long turn, or this. */
const everyMs = 5;
const buffer = Buffer.alloc(64);
const readTimes = timesReader();

let longest = { turnMs: 0, busyMs: 0 };
let before;
let sinceAsked;

/**
 * What the turns were like since it was asked last, in milliseconds: the longest by the clock (`turnMs`) and in processor
 * time of the main thread (`busyMs`); how long that thread would have run and was not let by the system (`waitedMs`); and
 * how much of one processor all threads took (`load`).
 */
export function turns() {
  if (!before) {
    before = look();
    setInterval(note, everyMs).unref();
  }
  note();
  const { atMs, waitedMs, allMs } = sinceAsked ?? before;
  const result = {
    ...longest,
    waitedMs: before.waitedMs - waitedMs,
    load: (before.allMs - allMs) / Math.max(1, before.atMs - atMs),
  };
  longest = { turnMs: 0, busyMs: 0 };
  sinceAsked = before;
  return result;
}

function note() {
  const now = look();
  longest = {
    turnMs: Math.max(longest.turnMs, now.atMs - before.atMs),
    busyMs: Math.max(longest.busyMs, now.busyMs - before.busyMs),
  };
  before = now;
}

function look() {
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), ...readTimes(), allMs: (user + system) / 1000 };
}

/** Linux says for each thread what it got and what it waited for, in nanoseconds; newer Nodes the former, anywhere. */
function timesReader() {
  if (process.platform === 'linux') {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    return () => {
      const [busy, waited] = buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0)).split(' ');
      return { busyMs: Number(busy) / 1e6, waitedMs: Number(waited) / 1e6 };
    };
  }
  if (!process.threadCpuUsage) throw new Error('this needs Linux, or Node 24: the processor time of one thread');
  return () => {
    const { user, system } = process.threadCpuUsage();
    return { busyMs: (user + system) / 1000, waitedMs: 0 };
  };
}
