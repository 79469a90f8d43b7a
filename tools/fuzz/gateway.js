import * as fc from 'fast-check';
import { changedJson } from './json-values.js';
import { mutated } from './mutations.js';
import * as requests from './requests.js';

/** Text as a header may have it. */
const headerText = fc.string({ unit: fc.constantFrom('a', 'Z', '9', '-', ' ', ':', 'é'), maxLength: 20 });

const rawHead = fc.record({
  url: mutated(requests.target),
  httpVersion: fc.constantFrom('1.1', '1.0', '2.0'),
  rawHeaders: fc
    .tuple(
      requests.headerLines.map((lines) => lines.flatMap((line) => line.split(/: ?/, 2))),
      fc.array(
        fc.constantFrom('Host', 'a', 'Transfer-Encoding', 'chunked', 'Content-Length', '5', 'Connection', 'close, x-a'),
        { maxLength: 6 },
      ),
    )
    .map((lists) => lists.flat()),
});

const config = {
  listen: '127.0.0.1:8080',
  admin: 9090,
  tls: { cert: 'tls.crt', key: 'tls.key' },
  replay: { store: { env: 'REDIS_URL' }, onRepeat: 'repeat-outcome', deadlineMs: 500 },
  limits: { bodyBytes: 1000, drainSeconds: 5 },
  routes: [
    {
      path: '/hooks',
      scheme: 'acs-hmac',
      keys: [{ id: 'a', env: 'KEY' }, { file: 'key' }],
      upstream: 'http://127.0.0.1:3000',
      tolerate: ['x'],
      replay: { ttlSeconds: 60 },
    },
    { path: '/b', schemeFile: 'scheme.json', keys: [{ file: 'key' }], upstream: 'https://a', replay: false },
  ],
};

/** The parsers of gateway; the shape is that of `core.js`. */
export const parsers = [
  {
    name: 'the framing of a request',
    modules: ['wire/framing'],
    input: rawHead,
    run: ({ framingProblem }, head) => framingProblem(head),
    throws: [],
  },
  {
    name: 'headers and trailers to be forwarded',
    modules: ['wire/forwarded-headers'],
    input: rawHead,
    run({ headersToUpstream, headersToClient, trailerPairs }, { rawHeaders }) {
      headersToUpstream(rawHeaders);
      headersToClient(rawHeaders);
      trailerPairs(rawHeaders);
    },
    throws: [],
  },
  {
    name: 'the route of a target',
    modules: ['guard/route'],
    input: mutated(requests.target),
    run: ({ routeOf }, target) => routeOf([{ path: '/calling' }, { path: '/hooks' }], target),
    throws: [],
  },
  {
    name: 'configuration',
    modules: ['config/read-config'],
    input: changedJson(config),
    run: ({ checkGuardConfig }, text) => checkGuardConfig(JSON.parse(text)),
    throws: ['ConfigError'],
  },
  {
    name: 'what replay stores kept',
    modules: ['replay/outcome-text'],
    input: fc.record({
      // What Node may have sent as the answer to a request.
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.array(fc.tuple(headerText, headerText), { maxLength: 3 }),
      body: fc.uint8Array({ maxLength: 50 }),
    }),
    run({ outcomeText, readOutcome }, outcome) {
      const { status, headers, body } = readOutcome(outcomeText(outcome));
      const isSame = JSON.stringify([status, headers]) === JSON.stringify([outcome.status, outcome.headers]);
      if (!isSame || !body.equals(outcome.body)) throw new Error('it is another one');
    },
    throws: [],
  },
];
