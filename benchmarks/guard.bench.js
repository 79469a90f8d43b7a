import { quantile } from './quantile.js';
import { startProcess } from './start-process.js';

const secret = 'a secret for measuring';
const connections = 32;
const count = 4000;
const rounds = 7;
/** `GUARD_REQUESTS=100000 npm run bench -- --only 'guard, memory'` is done sooner. */
const manyRequests = Number(process.env.GUARD_REQUESTS ?? 1_000_000);

/** Runs some work with the application and the load beside it. */
async function beside(work) {
  const [app, sender] = ['webhook-app', 'webhook-sender'].map((name) => startProcess(name));
  const others = [];
  const start = async (name, options) => {
    const process = startProcess(name);
    others.push(process);
    return { process, port: (await process.ask('start', options)).port };
  };
  try {
    const upstream = (await app.ask('start')).port;
    return await work({
      start,
      upstream,
      send: (port, load) => sender.ask('send', { port, connections, secret, ...load }),
    });
  } finally {
    await Promise.all([app, sender, ...others].map((process) => process.stop()));
  }
}

/** In rounds that take turns: a guard that verifies, one that also refuses repeats, and a proxy that does neither. */
let measured;
function throughput() {
  measured ??= beside(measureRounds);
  return measured;
}

async function measureRounds({ start, upstream, send }) {
  const proxies = {
    verifying: await start('guard', { upstream, secret }),
    refusing: await start('guard', { upstream, secret, ttlSeconds: 600 }),
    bare: await start('bare-proxy', { upstream }),
  };
  const found = [];
  for (let round = -2; round < rounds; round++) {
    const results = {};
    const names = Object.keys(proxies);
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { process, port } = proxies[name];
      const before = await process.ask('processorTime');
      const { elapsedMs, latenciesMs } = await send(port, { count });
      const processorUs = ((await process.ask('processorTime')) - before) / count;
      results[name] = { perSecond: (count / elapsedMs) * 1000, lateMs: quantile(latenciesMs, 0.99), processorUs };
    }
    if (round >= 0) found.push(results);
  }
  return found;
}

function against(found, name) {
  const ratios = found.map((round) => round[name].perSecond / round.bare.perSecond);
  const median = (of) =>
    quantile(
      found.map((round) => of(round)),
      0.5,
    );
  const both = (member, digits) =>
    `${median((round) => round[name][member]).toFixed(digits)} against ${median((round) => round.bare[member]).toFixed(digits)}`;
  const [low, high] = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  const detail =
    `${both('perSecond', 0)} a second over ${connections} connections, 99th percentile ${both('lateMs', 1)} ms, ` +
    `processor time ${both('processorUs', 0)} µs, half of the rounds between ${low} and ${high}`;
  return { ratio: quantile(ratios, 0.5), detail };
}

/** What is remembered for half a minute comes and goes; by a third of the way everything is as large as it gets. */
async function memory({ start, upstream, send }) {
  const guard = await start('guard', { upstream, secret, ttlSeconds: 30 });
  const batch = 1000;
  const figures = [];
  for (let sent = 0; sent < manyRequests; sent += batch) {
    await send(guard.port, { count: batch });
    figures.push((await guard.process.ask('memory')) / 2 ** 20);
  }
  const third = Math.ceil(figures.length / 3);
  const [middle, last] = [figures.slice(third, 2 * third), figures.slice(2 * third)].map((part) => quantile(part, 0.5));
  return {
    ratio: last / middle,
    detail: `${last.toFixed(0)} MB in the last third, ${middle.toFixed(0)} MB in the one before, of ${manyRequests} requests`,
  };
}

export const rows = [
  {
    what: 'guard, signed POSTs of 1 kB, requests per second',
    against: 'the same proxy by node:http, which verifies nothing',
    target: 0.6,
    measure: async () => against(await throughput(), 'verifying'),
  },
  {
    what: 'guard that refuses repeats, signed POSTs of 1 kB, requests per second',
    against: 'the same proxy by node:http, which verifies nothing',
    target: 0.5,
    measure: async () => against(await throughput(), 'refusing'),
  },
  {
    what: 'guard, memory over a million requests',
    against: 'itself, before',
    target: 1.1,
    atMost: true,
    measure: () => beside(memory),
  },
];
