import * as fc from 'fast-check';
import { changedJson } from './json-values.js';
import { asBytes, joined, mutated, usually } from './mutations.js';
import * as requests from './requests.js';

/** What the server reads of strangers whichever provider's they are, and of its operator; a row's shape is described in `fuzz.js`. */

const script = {
  pickUp: 'answer',
  afterMs: 500,
  machine: false,
  steps: [
    { do: 'wait', ms: 100 },
    { do: 'await-prompt', pauseMs: 1 },
    { do: 'await-tones', tones: '12#' },
    { do: 'press', tones: '1', gapMs: 200 },
    { do: 'say', text: 'Hello' },
    { do: 'beep' },
    { do: 'hang-up' },
  ],
};
const scripts = [script, { pickUp: 'busy', afterMs: 1 }, { pickUp: 'manual', steps: [] }, { pickUp: 'no-answer' }];

const config = {
  $schema: 's',
  host: '127.0.0.1',
  port: 7509,
  clock: 'virtual',
  strict: true,
  allowLinkLocal: ['169.254.1.1', '[fe80::1]'],
  diagnoseRefusals: 'auto',
  developmentAccount: false,
  publicHosts: ['a.example'],
  accounts: [
    {
      provider: 'acs',
      resourceId: 'r',
      host: 'h',
      keys: { primary: { env: 'KEY' }, secondary: { env: 'TEXT' } },
      numbers: ['+12065550100'],
      eventGridEndpoint: 'http://h',
      entra: { issuer: 'https://i', audience: 'a', jwksUrl: 'https://j' },
    },
    {
      provider: 'sinch',
      applicationKey: 'k',
      applicationSecret: { env: 'CONNECTION' },
      callbacks: { primary: 'http://h' },
    },
  ],
  phones: { '+12065550101': script },
  acs: { eventGridEndpoint: 'http://h' },
  sinch: { basicAuthentication: 'refused', toleranceSeconds: 1, recordings: { folder: 'f', postUrl: 'http://h' } },
  limits: { bodyBytes: 1, exchanges: 1 },
};
const connection = requests.connectionString;

/** Where nothing may be sent, in the spellings that the URL parser takes. */
const offLimits = fc.constantFrom(
  '169.254.169.254',
  '169.254.1.2',
  '2852039166',
  '0xa9fea9fe',
  '0xa9.0xfe.0xa9.0xfe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '１６９.254.169.254',
  '169。254。169。254',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::169.254.169.254]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fd00:ec2::254]',
  '168.63.129.16',
  'metadata.google.internal',
  'METADATA.google.internal.',
);

const operation = fc.record({
  kind: fc.constantFrom('set', 'set', 'hold', 'release', 'again', 'delete', 'get', 'grow', 'drop', 'clear'),
  key: fc.nat({ max: 7 }),
  bytes: fc.constantFrom(0, 1, 10, 30, 60, 101),
});

export const parsers = [
  {
    name: 'JSON bodies, and where they are malformed',
    modules: ['http/json-syntax'],
    input: asBytes(mutated(requests.json)),
    run({ parseJson }, bytes) {
      const read = parseJson(bytes);
      if (read.ok) return;
      const { offset, line, column, message } = read.problem;
      if (!(offset >= 0 && offset <= bytes.length && line >= 1 && column >= 1 && message !== ''))
        throw new Error(`the position is none: ${offset}, line ${line}, column ${column}`);
    },
    throws: [],
  },
  {
    name: 'problems of values with a schema',
    modules: ['http/json-shape', 'json-schema/first-violation', 'config/config-schema'],
    input: changedJson(config),
    run({ shapeOf, firstViolation, configSchema }, json) {
      const value = JSON.parse(json);
      const checked = shapeOf(configSchema)(value);
      if (checked.ok !== (firstViolation(configSchema, value) === undefined)) throw new Error('two checks disagree');
      if (!checked.ok && checked.problems.length === 0) throw new Error('it is wrong, and nothing is said');
    },
    throws: [],
    share: 0.1,
  },
  {
    name: 'configurations, and the accounts in them',
    modules: ['config/load-config', 'config/configured-accounts'],
    input: fc.tuple(changedJson(config), connection),
    async run({ validConfig, configuredAccounts }, [json, text]) {
      const environment = { KEY: requests.secret, TEXT: 'no key at all !', CONNECTION: text };
      const read = validConfig(JSON.parse(json), 'countersign.config.json');
      try {
        await configuredAccounts(read, { environment, directory: '/nowhere' });
      } catch (error) {
        if (String(error).includes(requests.secret)) throw new Error('the error tells the key', { cause: error });
        throw error;
      }
    },
    throws: ['ConfigError'],
    share: 0.1,
  },
  {
    name: 'options of startServer',
    modules: ['config/program-options'],
    input: changedJson({ clockStartsAtMs: 1, newId: 'x', environment: { A: 'b' }, port: 1, onProblem: null }),
    run: ({ configurationIn }, json) => configurationIn(JSON.parse(json)),
    throws: ['ConfigError'],
  },
  {
    name: 'request targets, for the router',
    modules: ['http/request-target'],
    input: requests.target,
    run({ routableTarget }, target) {
      const routable = routableTarget(target);
      if (!routable.startsWith('/')) throw new Error(`${routable} is no path`);
      decodeURIComponent(routable.replace(/[?#].*$/s, ''));
    },
    throws: [],
  },
  {
    name: 'names of hosts that are the server’s own',
    modules: ['http/own-names'],
    input: fc.tuple(
      mutated(
        joined(
          '',
          usually('localhost', 'a.localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', 'a.example', 'evil.example'),
          usually('', ':7509', '.', ':'),
          usually('', '.evil.example', '@evil.example', '/', '#'),
        ),
      ),
      fc.constantFrom('127.0.0.1', '0.0.0.0'),
    ),
    run({ OwnNames }, [authority, boundTo]) {
      if (!new OwnNames({ boundTo, others: ['a.example', '[fd00::1]:80'] }).has(authority)) return;
      if (!URL.canParse(`http://${authority}`)) return;
      const { hostname } = new URL(`http://${authority}`);
      if (
        !/^(?:(?:.*\.)?localhost|a\.example|127\.[\d.]+|\[::1\]|\[::ffff:7f[\da-f]*:[\da-f]+\]|\[fd00::1\])\.?$/.test(
          hostname,
        )
      )
        if (boundTo === '127.0.0.1' || !/^[[\d]/.test(hostname)) throw new Error(`${authority} is ${hostname}`);
    },
    throws: [],
  },
  {
    name: 'addresses that nothing is sent to',
    modules: ['callbacks/callback-url', 'outbound/off-limits'],
    input: fc.tuple(
      offLimits,
      fc.constantFrom('', ':80', ':8080'),
      mutated(usually('/', '/latest?x', '')).map((text) => `/${text}`),
      fc.constantFrom('http', 'https'),
    ),
    run({ callbackUrlProblem }, [host, port, rest, protocol]) {
      const url = `${protocol}://${host}${port}${rest}`;
      if (callbackUrlProblem(url, { strict: false, allowPublicHttp: true }) === undefined)
        throw new Error(`${url} is let through`);
    },
    throws: [],
  },
  {
    name: 'callback URLs',
    modules: ['callbacks/callback-url', 'outbound/off-limits', 'outbound/embedded-ipv4'],
    input: mutated(
      joined(
        '',
        usually('http://', 'https://', 'ftp://', ''),
        usually('', 'u@', 'u:p@'),
        fc.oneof(offLimits, usually('localhost', '10.0.0.1', '[fc00::1]', '[::1%25eth0]', 'xn--', 'h.example')),
        usually('', ':80', ':99999'),
        usually('/a?b#c', ''),
      ),
    ),
    run({ callbackUrlProblem, isOffLimits, isOffLimitsName, embeddedIpv4 }, url) {
      callbackUrlProblem(url, { strict: false, allowPublicHttp: false });
      const host = url.replace(/^.*\[|\].*$/g, '');
      return [isOffLimits(host), isOffLimitsName(host), embeddedIpv4(host.replace(/%.*$/s, ''))];
    },
    throws: [],
  },
  {
    name: 'header lines of answers',
    modules: ['callbacks/header-lines'],
    input: fc.array(fc.array(usually('Content-Type', 'text/plain', '__proto__'), { maxLength: 5 }), { maxLength: 3 }),
    run({ HeaderLines }, answers) {
      const lines = new HeaderLines();
      for (const raw of answers)
        if (lines.of(raw).length !== Math.floor(raw.length / 2)) throw new Error('a line is lost');
    },
    throws: [],
  },
  {
    name: 'durations',
    modules: ['control/duration'],
    input: fc.oneof(
      mutated(usually('250ms', '10s', '1.5m', '2h', '0s', '1e3s')).map((text) => JSON.stringify([text])),
      changedJson(['1s'], [5], [null]),
    ),
    run({ milliseconds }, json) {
      for (const duration of [JSON.parse(json)].flat()) {
        const ms = milliseconds(duration);
        if (!(Number.isInteger(ms) && ms >= 0)) throw new Error(`${duration} became ${ms} ms`);
      }
    },
    throws: [/^TypeError: a duration is milliseconds or/],
  },
  {
    name: 'scripts of phones',
    modules: ['phones/script'],
    input: changedJson(...scripts),
    run: ({ parsePhoneScript }, json) => parsePhoneScript(JSON.parse(json)),
    throws: ['PhoneScriptError'],
  },
  {
    name: 'addresses of phones',
    modules: ['engine/address'],
    input: mutated(usually('+12065550101', '1 (206) 555-0101', '0046 70', 'sip:a@b', '8:acs:x', '+00')),
    run({ canonicalizeAddress }, text) {
      const once = canonicalizeAddress(text);
      if (canonicalizeAddress(once) !== once) throw new Error(`${text} became ${once}, and then another address`);
    },
    throws: [],
  },
  {
    name: 'the bounded map, against a list',
    modules: ['bounded/bounded-map'],
    input: fc.tuple(fc.constantFrom('insertion', 'use'), fc.array(operation, { maxLength: 30 })),
    run: ({ BoundedMap }, [order, operations]) => sameAsAList(BoundedMap, order, operations),
    throws: [],
    share: 0.5,
  },
];

/** At most 3 entries and 100 bytes that may be dropped, 2 and 60 that are held. */
function sameAsAList(BoundedMap, order, operations) {
  const dropped = [];
  const map = new BoundedMap('events', {
    weigh: ({ bytes }) => bytes,
    order,
    bound: { items: 3, bytes: 100 },
    held: 'live-calls',
    heldBound: { items: 2, bytes: 60 },
    onDrop: (_, key) => dropped.push(key),
  });
  /** Oldest first; `weighed` is what an entry weighed when it was last asked. */
  let loose = [];
  const held = new Map();
  const expected = [];
  const sum = (entries) => entries.reduce((bytes, { weighed }) => bytes + weighed, 0);
  const shrink = (entry) => {
    if (entry && entry.weighed > 100) drop(entry);
    while (loose.length > 3 || sum(loose) > 100) drop(loose[0]);
  };
  const drop = (entry) => {
    loose = loose.filter((one) => one !== entry);
    expected.push(entry.key);
  };
  for (const { kind, key, bytes } of operations) {
    const value = { bytes };
    const one = loose.find((entry) => entry.key === key);
    const holding = held.get(key);
    const fits = (weight) => held.size < 2 && sum([...held.values()]) + weight <= 60;
    if (kind === 'set') {
      map.set(key, value);
      if (holding) Object.assign(holding, { value, weighed: bytes });
      else if (one) {
        Object.assign(one, { value, weighed: bytes });
        if (order === 'use') loose = [...loose.filter((entry) => entry !== one), one];
        shrink(one);
      } else {
        loose.push({ key, value, weighed: bytes });
        shrink(loose.at(-1));
      }
    } else if (kind === 'hold') {
      if (map.hold(key, value) !== (!one && !holding && fits(bytes))) throw new Error(`hold ${key}`);
      if (!one && !holding && fits(bytes)) held.set(key, { key, value, weighed: bytes });
    } else if (kind === 'release') {
      map.release(key);
      if (!holding) continue;
      held.delete(key);
      holding.weighed = holding.value.bytes;
      loose.push(holding);
      shrink(holding);
    } else if (kind === 'again') {
      const may = one !== undefined && fits(one.value.bytes);
      if (map.holdAgain(key) !== may) throw new Error(`hold again ${key}`);
      if (!may) continue;
      loose = loose.filter((entry) => entry !== one);
      one.weighed = one.value.bytes;
      held.set(key, one);
    } else if (kind === 'delete') {
      if (map.delete(key) !== Boolean(one ?? holding)) throw new Error(`delete ${key}`);
      held.delete(key);
      loose = loose.filter((entry) => entry !== one);
    } else if (kind === 'get') {
      if (map.get(key) !== (one ?? holding)?.value) throw new Error(`get ${key}`);
      if (order === 'use' && one) loose = [...loose.filter((entry) => entry !== one), one];
    } else if (kind === 'grow') {
      const entry = one ?? holding;
      if (entry) Object.assign(entry.value, { bytes });
      map.reweigh(key);
      if (entry) entry.weighed = bytes;
      if (one) shrink(one);
    } else if (kind === 'drop') {
      if (map.dropOldest() !== loose.length > 0) throw new Error('drop the oldest');
      if (loose[0]) drop(loose[0]);
    } else {
      map.clear();
      loose = [];
    }
    const found = [map.size, map.bytes, map.held, map.heldBytes, map.oldest];
    const wanted = [loose.length + held.size, sum(loose), held.size, sum([...held.values()]), loose[0]?.key];
    if (String(found) !== String(wanted)) throw new Error(`after ${kind} ${key}: ${found}, not ${wanted}`);
    if (String(dropped) !== String(expected)) throw new Error(`dropped ${dropped}, not ${expected}`);
  }
}
