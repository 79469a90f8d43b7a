import { readFile } from 'node:fs/promises';
import { createHmac, randomBytes } from 'node:crypto';
import { build } from 'esbuild';
import { diagnose } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { compare, describe } from './compare.js';
import { processorMs, threadMs } from './limits.js';
import { quantile } from './quantile.js';
import { acsKey, signedAcs } from './requests.js';
import { startProcess } from './start-process.js';

const candidates = 1_000_000;

/** The hand-written breakers of core's tests, which know nothing of the search. */
async function broken() {
  const contents = `
    export { breakers } from './breakers.ts';
    export { acsRequest, sinchRequest, sinchKeyId } from './broken-requests.ts';`;
  const resolveDir = new URL('../packages/core/test/diagnose/', import.meta.url).pathname;
  const stdin = { contents, resolveDir, loader: 'ts' };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'node' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

const acsIntent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'b=x%20y:z&api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"playTo":[{"kind":"phoneNumber","value":"+11231230672"}],"text":"Café/1","loop":true}',
  at: new Date('2024-05-27T09:08:07.123Z'),
  secret: acsKey,
};
const sinchIntent = { ...acsIntent, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: 'a=1' };

/** Every breaker on a request of its scheme, as what a diagnosis is asked. */
async function brokenRequests() {
  const { breakers, acsRequest, sinchRequest, sinchKeyId } = await broken();
  const sides = [
    ['acs', acsHmac, acsIntent, acsRequest],
    ['sinch', sinchApplication, sinchIntent, sinchRequest],
  ];
  return sides.flatMap(([side, scheme, intent, request]) =>
    breakers
      .filter(({ schemes, needs }) => (schemes === 'both' || schemes === side) && (!needs || needs(intent)))
      .map(({ id, apply }) => ({ id, message: request(intent, apply) }))
      .filter(({ message }) => JSON.stringify(message) !== JSON.stringify(request(intent)))
      .map(({ id, message }) => {
        return { id, scheme, credential: { keyId: sinchKeyId, secret: intent.secret }, message, now: intent.at };
      }),
  );
}

/** What was expected, what was found, how much processor time it took, and how much of it on the thread that answers. */
async function judged() {
  const asked = await brokenRequests();
  const run = () =>
    asked.map(({ id, scheme, credential, message, now }) => {
      const [startedMs, threadStartedMs] = [processorMs(), threadMs()];
      const found = diagnose(scheme, credential, message, { now });
      return { id, found, tookMs: processorMs() - startedMs, threadTookMs: threadMs() - threadStartedMs };
    });
  // The first pass compiles.
  run();
  return run();
}

/** The first answers of a process that has done what the local server does when it has started. */
async function firstAnswers() {
  const fresh = startProcess('first-answers');
  await fresh.ask('warmUp', [acsHmac.id, sinchApplication.id]);
  const answers = [];
  for (const { id, scheme, ...asked } of await brokenRequests())
    answers.push({ id, ...(await fresh.ask('answer', { ...asked, scheme: scheme.id })) });
  await fresh.stop();
  return answers;
}

/** A whole diagnosis that finds nothing, with everything that it makes, against the HMACs alone. */
async function throughput(bareHmac) {
  const secret = randomBytes(64).toString('base64');
  const hmac = bareHmac(Buffer.from(secret, 'base64'));
  const message = signedAcs();
  const budget = { ms: 600_000, candidates };
  const ours = () => {
    const { verdict, tried } = diagnose(acsHmac, { secret }, message, { budget });
    if (verdict !== 'unexplained' || tried !== candidates) throw new Error(`${verdict} after ${tried} candidates`);
  };
  const text = `POST\n${message.target}\nMon, 27 May 2024 09:08:07 GMT;contoso.communication.azure.com;47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=`;
  const bare = () => {
    for (let index = 0; index < candidates; index++) hmac(text + index);
  };
  const comparison = await compare(ours, bare, { rounds: 3, clock: processorMs });
  const perSecond = Math.round(candidates / (comparison.oursNs / 1e9));
  return { ratio: comparison.ratio, detail: `${perSecond} HMACs a second; ${describe(comparison)}` };
}

const ids = (mistakes) => mistakes.map(({ id }) => id).join();

let judging;
/** Some rows are read off one judgement. */
const judgements = () => (judging ??= judged());

const usualMs = 15;

/** The median and the 90th percentile of times, in words. */
function spread(times) {
  return `${quantile(times, 0.5).toFixed(1)} and ${quantile(times, 0.9).toFixed(1)} ms`;
}

function slowest(results, time) {
  const first = results.toSorted((left, right) => time(right) - time(left)).slice(0, 3);
  return `slowest ${first.map((result) => `${result.id} ${time(result).toFixed(0)} ms`).join(', ')}`;
}

export const rows = [
  {
    what: `diagnosis of a random key, ${candidates} candidates`,
    against: 'a bare loop of createHmac over as many strings',
    target: 0.6,
    measure: () =>
      throughput((key) => (text) => {
        createHmac('sha256', key).update(text).digest('base64');
      }),
  },
  {
    what: `diagnosis of a random key, ${candidates} candidates`,
    against: 'a bare loop of the fastest HMAC of Node, two one-shot hashes, over as many strings',
    target: 0.6,
    measure: () =>
      throughput((key) => {
        const mac = new Secret(key.toString('base64'), 'base64').mac('sha256');
        return (text) => mac.text(text, 'base64');
      }),
  },
  {
    what: 'time to the answer of a single mistake, at the 90th percentile of all classes',
    against: `${usualMs} ms of processor time`,
    target: 1,
    async measure() {
      const results = await judgements();
      const times = results.map(({ tookMs }) => tookMs);
      const own = results.map(({ threadTookMs }) => threadTookMs);
      const detail = `median and 90th percentile ${spread(times)}, on the thread that answers ${spread(own)}; ${slowest(results, ({ tookMs }) => tookMs)}`;
      return { ratio: usualMs / quantile(times, 0.9), detail };
    },
  },
  {
    what: 'time to the answer of a single mistake, first answers of a server that has just started, at the 90th percentile of all classes',
    against: `${usualMs} ms of processor time of the thread that answers`,
    target: 1,
    async measure() {
      const results = await firstAnswers();
      const own = results.map(({ threadTookMs }) => threadTookMs);
      if (own.some(Number.isNaN)) return { skipped: 'this system does not say what a thread takes' };
      const waited = results.map(({ waitedMs }) => waitedMs);
      const all = results.map(({ tookMs }) => tookMs);
      const detail = `median and 90th percentile ${spread(own)}, by the clock ${spread(waited)}, with V8's compiler on other threads ${spread(all)}; ${slowest(results, ({ threadTookMs }) => threadTookMs)}`;
      return { ratio: usualMs / quantile(own, 0.9), detail };
    },
  },
  {
    what: 'candidates tried until a single mistake is found, at the 90th percentile of all classes',
    against: '1,000, which no load changes',
    atMost: true,
    target: 1,
    async measure() {
      const tried = (await judgements()).map(({ found }) => found.tried);
      const [median, ninetieth] = [quantile(tried, 0.5), quantile(tried, 0.9)];
      return {
        ratio: ninetieth / 1000,
        detail: `median ${median}, 90 % within ${ninetieth}, most ${Math.max(...tried)}`,
      };
    },
  },
  {
    what: 'single mistakes found first, within the default budget',
    against: 'all of the breakers',
    target: 0.97,
    async measure() {
      const results = await judgements();
      const first = results.filter(({ id, found }) => ids(found.mistakes) === id).length;
      const tied = results.filter(
        ({ id, found }) => ids(found.mistakes) !== id && found.alternatives.some((one) => ids(one) === id),
      ).length;
      return {
        ratio: first / results.length,
        detail: `${first} found first, ${tied} found as a tie, ${results.length - first - tied} missed, of ${results.length}`,
      };
    },
  },
  {
    what: 'negative vectors found first, within the default budget',
    against: 'all of vectors/diagnosis',
    target: 1,
    async measure() {
      let first = 0;
      let found = 0;
      let all = 0;
      for (const [file, scheme] of [
        ['acs-hmac', acsHmac],
        ['sinch-application', sinchApplication],
      ]) {
        const text = await readFile(new URL(`../vectors/diagnosis/${file}.json`, import.meta.url), 'utf8');
        for (const { key, request, now, variables, mistakes } of JSON.parse(text).vectors) {
          const message = { ...request, body: new TextEncoder().encode(request.body) };
          const options = { now: new Date(now), ...(variables && { variables }) };
          const result = diagnose(scheme, { keyId: key.id, secret: key.secret }, message, options);
          all++;
          if (ids(result.mistakes) === mistakes.join()) first++;
          else if (result.alternatives.some((one) => ids(one) === mistakes.join())) found++;
        }
      }
      return { ratio: first / all, detail: `${first} found first, ${found} found, ${all - first - found} missed` };
    },
  },
];
