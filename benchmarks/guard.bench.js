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

async function throughput({ start, upstream, send }) {
  const guard = await start('guard', { upstream, secret, ttlSeconds: 600 });
  const bare = await start('bare-proxy', { upstream });
  const found = [];
  for (let round = -2; round < rounds; round++) {
    const order = round % 2 === 0 ? [guard, bare] : [bare, guard];
    const results = new Map();
    for (const proxy of order) results.set(proxy, await send(proxy.port, { count }));
    if (round >= 0) found.push({ ours: results.get(guard), peer: results.get(bare) });
  }
  const ratios = found.map(({ ours, peer }) => peer.elapsedMs / ours.elapsedMs);
  const perSecond = (of) =>
    Math.round(
      quantile(
        found.map((round) => (count / of(round).elapsedMs) * 1000),
        0.5,
      ),
    );
  const late = (of) =>
    quantile(
      found.map((round) => quantile(of(round).latenciesMs, 0.99)),
      0.5,
    );
  const [ours, peer] = [(round) => round.ours, (round) => round.peer];
  const [low, high] = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  const detail =
    `${perSecond(ours)} against ${perSecond(peer)} a second over ${connections} connections, ` +
    `99th percentile ${late(ours).toFixed(1)} against ${late(peer).toFixed(1)} ms, half of the rounds between ${low} and ${high}`;
  return { ratio: quantile(ratios, 0.5), detail };
}

/** A third of the way the stores and pools are as large as they get: what is remembered for two seconds comes and goes. */
async function memory({ start, upstream, send }) {
  const guard = await start('guard', { upstream, secret, ttlSeconds: 4 });
  const batch = 5000;
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
    measure: () => beside(throughput),
  },
  {
    what: 'guard, memory over a million requests',
    against: 'itself, before',
    target: 1.1,
    atMost: true,
    measure: () => beside(memory),
  },
];
