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

/**
 * Every breaker on a request of its scheme, in two passes over all of them: what was expected, what was found, how much
 * processor time it took, and how much of it on the thread that answers.
 */
async function judged() {
  const { breakers, acsRequest, sinchRequest, sinchKeyId } = await broken();
  const sides = [
    ['acs', acsHmac, acsIntent, acsRequest],
    ['sinch', sinchApplication, sinchIntent, sinchRequest],
  ];
  const run = () =>
    sides.flatMap(([side, scheme, intent, request]) =>
      breakers
        .filter(({ schemes, needs }) => (schemes === 'both' || schemes === side) && (!needs || needs(intent)))
        .map(({ id, apply }) => [id, request(intent, apply)])
        .filter(([, message]) => JSON.stringify(message) !== JSON.stringify(request(intent)))
        .map(([id, message]) => {
          const [startedMs, threadStartedMs] = [processorMs(), threadMs()];
          const found = diagnose(scheme, { keyId: sinchKeyId, secret: intent.secret }, message, { now: intent.at });
          return { id, found, tookMs: processorMs() - startedMs, threadTookMs: threadMs() - threadStartedMs };
        }),
    );
  // The first pass compiles.
  return { cold: run(), warm: run() };
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

/** The time to the answers of a pass, at the 90th percentile. */
async function timeOf(pass) {
  const results = (await judgements())[pass];
  const at = (share, times) => quantile(times, share);
  const all = results.map(({ tookMs }) => tookMs);
  const own = results.map(({ threadTookMs }) => threadTookMs);
  const slowest = results.toSorted((left, right) => right.tookMs - left.tookMs).slice(0, 3);
  const slow = slowest.map(({ id, tookMs }) => `${id} ${tookMs.toFixed(0)} ms`).join(', ');
  return {
    ratio: usualMs / at(0.9, all),
    detail:
      `median ${at(0.5, all).toFixed(1)} ms, 90 % within ${at(0.9, all).toFixed(1)} ms; on the thread that answers ` +
      `${at(0.5, own).toFixed(1)} and ${at(0.9, own).toFixed(1)} ms; slowest ${slow}`,
  };
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
    measure: () => timeOf('warm'),
  },
  {
    what: 'time to the answer of a single mistake, first answers of a process, at the 90th percentile of all classes',
    against: `${usualMs} ms of processor time, that of V8's compiler on other threads included`,
    target: 1,
    measure: () => timeOf('cold'),
  },
  {
    what: 'candidates tried until a single mistake is found, at the 90th percentile of all classes',
    against: '1,000, which no load changes',
    atMost: true,
    target: 1,
    async measure() {
      const tried = (await judgements()).warm.map(({ found }) => found.tried);
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
      const results = (await judgements()).warm;
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
