// npm run bench:lateness [-- --json] [-- --only NAME] [-- --runs 1]
//
// Whatever arrives within the body limit, other calls' events are late by at most 50 ms. One server, on the real clock, has
// 50 calls with an event due every 20 ms together; another process sends one hostile input after the other, and what it
// brings about is watched to its end. Reported is the processor time of the longest turn of the server's event loop, how
// long that turn took by the clock, and how late the latest event came, above rest. Processor time judges: it is the same
// on a machine that has other things to do. Lateness judges, too, less what the system kept the server's thread waiting.
// An input that is above 50 ms is sent twice more, and the median counts. Exit code 1: one input is above 50 ms.
import { parseArgs } from 'node:util';
import { hostileInputs } from './hostile-inputs.js';
import { quantile } from './quantile.js';
import { startProcess } from './start-process.js';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, runs: { type: 'string', default: '1' } },
});
const calls = 50;
const limitMs = 50;
const stuckMs = 60_000;
/** An input is over when all threads of the server together take less than this of one processor, looked at so often. */
const quietLoad = 0.3;
const lookMs = 150;
/** What goes on for longer after the answer (a call that speaks) is watched so long. */
const longestMs = 2_000;
const wanted = (options.only ?? '').toLowerCase().split('|');
const chosen = hostileInputs.filter(({ name }) => wanted.some((one) => name.toLowerCase().includes(one)));
if (chosen.length === 0) {
  console.error(`no input is named "${options.only}"`);
  process.exit(2);
}

const [server, steady, sender] = ['countersign', 'steady-calls', 'hostile-sender'].map((name) => startProcess(name));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Does something, and tells what it did to everybody else until it was over. */
async function watch(action, leastMs = 3 * lookMs) {
  await Promise.all([steady.ask('lateness'), server.ask('turns')]);
  const done = await action();
  const worst = { busyMs: 0, turnMs: 0, waitedMs: 0 };
  let load = 1;
  for (let watchedMs = 0; watchedMs < leastMs || (load > quietLoad && watchedMs < longestMs); watchedMs += lookMs) {
    await pause(lookMs);
    const turns = await server.ask('turns');
    worst.busyMs = Math.max(worst.busyMs, turns.busyMs);
    worst.turnMs = Math.max(worst.turnMs, turns.turnMs);
    worst.waitedMs += turns.waitedMs;
    load = turns.load;
  }
  const { latestMs, events } = await steady.ask('lateness');
  return { ...worst, latestMs, events, done };
}

/** What an input left behind is not the next one's: waits until all calls' events come, and little else is done. */
async function rested() {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += lookMs) {
    const { load } = await server.ask('turns');
    if (load < quietLoad) return;
    await pause(lookMs);
  }
}

const median = (values) => quantile(values, 0.5);
let exitCode = 0;
try {
  const { port } = await server.ask('start', { clock: 'real' });
  await steady.ask('start', { port, calls });
  await sender.ask('start', { port });
  // Nothing is compiled at first, and the diagnosis is loaded with the first refusal.
  await pause(3000);
  const rests = [];
  for (let run = 0; run < 5; run++) rests.push(await watch(() => pause(500)));
  const rest = Object.fromEntries(
    ['busyMs', 'turnMs', 'latestMs', 'waitedMs', 'events'].map((of) => [of, median(rests.map((run) => run[of]))]),
  );
  report({ name: 'at rest', reached: true, ...rest });

  for (const { name, lastsMs } of chosen) {
    const runs = [];
    for (let times = Number(options.runs); runs.length < times;) {
      const prepared = sender.ask('prepare', name).then(() => true);
      if (!(await Promise.race([prepared, pause(2 * stuckMs)]))) giveUp(name);
      await rested();
      const found = await Promise.race([watch(() => sender.ask('send'), lastsMs), pause(stuckMs)]);
      if (!found) giveUp(name);
      const latestMs = Math.max(0, found.latestMs - rest.latestMs);
      runs.push({ ...found, latestMs, ownMs: Math.max(found.busyMs, latestMs - found.waitedMs) });
      if (runs.length === 1 && runs[0].ownMs > limitMs) times = Math.max(times, 3);
    }
    const of = (figure) => median(runs.map((run) => run[figure]));
    const reached = of('ownMs') <= limitMs;
    if (!reached) exitCode = 1;
    report({
      name,
      busyMs: of('busyMs'),
      turnMs: of('turnMs'),
      latestMs: of('latestMs'),
      waitedMs: of('waitedMs'),
      events: of('events'),
      reached,
      answers: runs[0].done,
    });
  }
} finally {
  await steady.ask('stop').catch(() => {});
  await Promise.all([server, steady, sender].map((process) => process.stop()));
}
process.exitCode = exitCode;

function giveUp(name) {
  report({ name, busyMs: stuckMs, turnMs: stuckMs, latestMs: stuckMs, waitedMs: 0, events: 0, reached: false });
  console.error('the server does not answer any more; inputs after this one were not sent');
  for (const child of [server, steady, sender]) child.kill();
  process.exit(1);
}

function report({ name, busyMs, turnMs, latestMs, waitedMs, events, reached, answers = [] }) {
  const rounded = Object.fromEntries(
    Object.entries({ busyMs, turnMs, latestMs, waitedMs }).map(([figure, ms]) => [figure, Math.round(ms)]),
  );
  if (options.json) return console.log(JSON.stringify({ name, ...rounded, limitMs, reached, answers }));
  const column = (ms) => String(ms).padStart(6);
  const figures = `turn ${column(rounded.busyMs)} ms of processor time,${column(rounded.turnMs)} ms by the clock; events${column(rounded.latestMs)} ms late`;
  const counted = [...new Set(answers)].map((status) => `${answers.filter((one) => one === status).length}×${status}`);
  const rest = `${events} events, waited ${rounded.waitedMs} ms${counted.length > 0 ? `, answered ${counted.join(' ')}` : ''}`;
  console.log(`${reached ? 'reached' : 'MISSED '}  ${figures}  ${name}  (${rest})`);
}
