// npm run bench:lateness [-- --json] [-- --only NAME] [-- --runs 3]
//
// Whatever arrives within the body limit, other calls' events are late by at most 50 ms. One server, on the real clock, has
// 50 calls with an event due every 20 ms together; another process sends one hostile input after the other. Reported is
// how late the latest event came while an input was dealt with, and for how long the server's event loop stood still at
// most, both above what they were at rest just before. An input is judged by the median of its runs; not at all when the
// server was never at rest before, because the machine had something else to do. Exit code 1: one is above 50 ms.
import { parseArgs } from 'node:util';
import { hostileInputs } from './hostile-inputs.js';
import { quantile } from './quantile.js';
import { startProcess } from './start-process.js';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, runs: { type: 'string', default: '3' } },
});
const calls = 50;
const limitMs = 50;
/** What an input leaves behind (speech, a search in the background) is watched for so long after its answer. */
const settleMs = 1_500;
const restMs = 1_500;
const stuckMs = 60_000;
const chosen = hostileInputs.filter(({ name }) => name.toLowerCase().includes((options.only ?? '').toLowerCase()));
if (chosen.length === 0) {
  console.error(`no input is named "${options.only}"`);
  process.exit(2);
}

const [server, steady, sender] = ['countersign', 'steady-calls', 'hostile-sender'].map((name) => startProcess(name));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Does something, and tells what it did to everybody else. */
async function watch(action, ms) {
  await Promise.all([steady.ask('lateness'), server.ask('loopDelay')]);
  const done = await action();
  await pause(ms);
  const [{ latestMs, events }, loopMs] = await Promise.all([steady.ask('lateness'), server.ask('loopDelay')]);
  return { latestMs, events, loopMs, done };
}

/**
 * Waits until events come again as they do at rest: an input pays for itself alone.
 *
 * @returns what rest is like just now; `unsteady` when the machine has something else to do, and nothing can be told
 */
async function rested(usualMs) {
  for (let waited = 0; waited < 120_000; waited += restMs) {
    const rest = await watch(() => {}, restMs);
    const unsteady = rest.latestMs > usualMs + limitMs;
    if (rest.events >= calls / 2 && (!unsteady || waited > 20_000)) return { ...rest, unsteady };
  }
  throw new Error('the server did not recover within two minutes');
}

const median = (values) => quantile(values, 0.5);
let exitCode = 0;
try {
  const { port } = await server.ask('start', { clock: 'real' });
  await steady.ask('start', { port, calls });
  await sender.ask('start', { port });
  // Nothing is compiled at first, and the diagnosis is loaded with the first refusal.
  await pause(5000);
  const rests = [];
  for (let run = 0; run < 5; run++) rests.push(await watch(() => {}, restMs));
  const usualMs = median(rests.map(({ latestMs }) => latestMs));
  report({
    name: 'at rest',
    reached: true,
    latestMs: usualMs,
    loopMs: median(rests.map(({ loopMs }) => loopMs)),
    events: calls,
  });

  for (const { name } of chosen) {
    const runs = [];
    for (let run = 0; run < Number(options.runs); run++) {
      const prepared = sender.ask('prepare', name).then(() => true);
      if (!(await Promise.race([prepared, pause(2 * stuckMs)]))) giveUp(name);
      const rest = await rested(usualMs);
      const found = await Promise.race([watch(() => sender.ask('send'), settleMs), pause(stuckMs)]);
      if (!found) giveUp(name);
      runs.push({ ...found, unsteady: rest.unsteady, above: (of) => Math.max(0, found[of] - rest[of]) });
    }
    const above = (of) => median(runs.map((run) => run.above(of)));
    const [latestMs, loopMs] = [above('latestMs'), above('loopMs')];
    const unsteady = runs.some((run) => run.unsteady);
    const reached = unsteady ? undefined : Math.max(latestMs, loopMs) <= limitMs;
    if (reached === false) exitCode = 1;
    report({
      name,
      latestMs,
      loopMs,
      events: median(runs.map(({ events }) => events)),
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
  report({ name, latestMs: stuckMs, loopMs: stuckMs, events: 0, reached: false });
  console.error('the server does not answer any more; inputs after this one were not sent');
  for (const child of [server, steady, sender]) child.kill();
  process.exit(1);
}

function report({ name, latestMs, loopMs, events, reached, answers = [] }) {
  const rounded = { latestMs: Math.round(latestMs), loopMs: Math.round(loopMs) };
  if (options.json) return console.log(JSON.stringify({ name, ...rounded, limitMs, reached, answers }));
  const verdict = reached === undefined ? 'no rest' : reached ? 'reached' : 'MISSED ';
  const figures = `events ${String(rounded.latestMs).padStart(6)} ms late, loop ${String(rounded.loopMs).padStart(6)} ms`;
  console.log(
    `${verdict}  ${figures}  ${name}  (${events} events${answers.length > 0 ? `, answered ${answers.join(' ')}` : ''})`,
  );
}
