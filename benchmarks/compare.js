import { quantile } from './quantile.js';

/**
 * What a comparison found. Above 1, ours is faster.
 * @typedef {{ ratio: number, spread: [number, number], oursNs: number, peerNs: number }} Comparison
 */

/**
 * Times two ways of doing one thing, in rounds that take turns, so that whatever else the machine does meets both.
 *
 * @param {() => unknown} ours called again and again; a promise that it returns is awaited
 * @param {() => unknown} peer the same work in another way
 * @param {{ rounds?: number, roundMs?: number, clock?: () => number }} [options] `clock` in milliseconds
 * @returns {Promise<Comparison>} the median of the rounds' ratios with its quartiles, and the median times of one call
 */
export async function compare(ours, peer, { rounds = 25, roundMs = 30, clock = () => performance.now() } = {}) {
  const racers = [];
  for (const call of [ours, peer]) {
    const time = call() instanceof Promise ? timeAsync : timeSync;
    // The first calls run uncompiled; they find out how many calls fill a round.
    let calls = 1;
    while ((await time(call, calls, clock)) < roundMs) calls *= 2;
    racers.push({ call, calls, time, callMs: [] });
  }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? racers : racers.toReversed();
    for (const { call, calls, time, callMs } of order) callMs.push((await time(call, calls, clock)) / calls);
  }
  const [{ callMs: oursMs }, { callMs: peerMs }] = racers;
  const ratios = oursMs.map((milliseconds, round) => peerMs[round] / milliseconds);
  return {
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    oursNs: quantile(oursMs, 0.5) * 1e6,
    peerNs: quantile(peerMs, 0.5) * 1e6,
  };
}

/** One line about a comparison: the times of a call, and the ratio's quartiles. */
export function describe({ oursNs, peerNs, spread }) {
  const [low, high] = spread.map((ratio) => ratio.toFixed(2));
  return `${duration(oursNs)} against ${duration(peerNs)}, half of the rounds between ${low} and ${high}`;
}

function duration(nanoseconds) {
  if (nanoseconds < 1e4) return `${(nanoseconds / 1e3).toFixed(2)} µs`;
  return nanoseconds < 1e7 ? `${(nanoseconds / 1e3).toFixed(0)} µs` : `${(nanoseconds / 1e6).toFixed(0)} ms`;
}

function timeSync(call, calls, clock) {
  const started = clock();
  for (let done = 0; done < calls; done++) call();
  return clock() - started;
}

async function timeAsync(call, calls, clock) {
  const started = clock();
  for (let done = 0; done < calls; done++) await call();
  return clock() - started;
}
