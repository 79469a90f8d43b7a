// How time and memory grow with how many there are of something that core is given: keys, schemes. The ratio is the power,
// 1 where it is linear.
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { message } from '@countersign/core/message';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { compare } from './compare.js';
import { heldBytes } from './held-bytes.js';
import { processorMs } from './limits.js';
import { acsCredential, signedAcs } from './requests.js';
import { startProcess } from './start-process.js';

/** @param {(count: number) => () => unknown} at what is timed, for so many */
async function power(at, few, many) {
  const { ratio, oursNs, peerNs } = await compare(at(few), at(many), { clock: processorMs });
  const microseconds = (nanoseconds) => `${(nanoseconds / 1000).toFixed(1)} µs`;
  return {
    ratio: Math.log(ratio) / Math.log(many / few),
    detail: `${microseconds(oursNs)} for ${few}, ${microseconds(peerNs)} for ${many}`,
  };
}

/** Keys of an account, none of which a request names; the right one stands last. */
function keysOf(count) {
  const others = Array.from({ length: count - 1 }, (_, at) => ({ secret: new Secret(`key ${at}`, 'utf8') }));
  return [...others, acsCredential];
}

/** Verifies with so many keys of an account. */
function withKeys(count) {
  const request = signedAcs();
  const keys = keysOf(count);
  if (!verify(acsHmac, keys, request).ok) throw new Error('the request is refused');
  return () => verify(acsHmac, keys, request).ok;
}

/** @param {(count: number) => number | Promise<number>} bytesAt what is held, for so many */
async function powerOfMemory(bytesAt, few, many) {
  const [least, most] = [await bytesAt(few), await bytesAt(many)];
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  return {
    ratio: Math.log(most / least) / Math.log(many / few),
    detail: `${kilobytes(least)} for ${few}, ${kilobytes(most)} for ${many}`,
  };
}

/** So many accounts at a time that as many keys are held in all: what a few take is lost among other things. */
const keysInAll = 50_000;

/** What an account holds with so many keys, each of which has been tried. The least of several samples. */
function heldByKeys(count) {
  const accounts = keysInAll / count;
  const samples = Array.from({ length: 3 }, () => heldByAccounts(accounts, count));
  return Math.min(...samples) / accounts;
}

/** What the accounts hold together. They are gone when the next sample is taken. */
function heldByAccounts(accounts, keys) {
  const request = signedAcs();
  const before = heldBytes();
  const made = Array.from({ length: accounts }, () => keysOf(keys));
  const isFound = () => made.every((credentials) => verify(acsHmac, credentials, request).ok);
  if (!isFound()) throw new Error('a request is refused');
  const bytes = heldBytes() - before;
  if (made.length !== accounts) throw new Error('accounts are missing');
  return bytes;
}

/** What so many schemes hold, taken evenly from all that are built in, with all that they load. */
async function heldBySchemes(count) {
  const step = schemes.length / count;
  const ids = Array.from({ length: count }, (_, at) => schemes[Math.floor(at * step)].id);
  const recognizer = startProcess('recognizer');
  try {
    return await recognizer.ask('recognize', ids);
  } finally {
    await recognizer.stop();
  }
}

/** Recognizes a request by its headers among so many schemes, taken evenly from all that are built in; its host is nobody's. */
function amongSchemes(count) {
  const unsigned = message({ method: 'POST', url: 'https://example.com/', body: '{}' });
  const request = signedMessage(unsigned, sign(acsHmac, acsCredential, unsigned));
  const step = schemes.length / count;
  const some = Array.from({ length: count }, (_, at) => schemes[Math.floor(at * step)]);
  if (schemeOfMessage(some, request)?.scheme !== acsHmac) throw new Error('the scheme is not recognized');
  return () => schemeOfMessage(some, request);
}

export const rows = [
  {
    what: 'growth: time to verify, 10 and 1,000 keys of an account',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => power(withKeys, 10, 1000),
  },
  {
    what: 'growth: time to recognize a scheme, 6 and 40 of them',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => power(amongSchemes, 6, 40),
  },
  {
    what: 'growth: memory in V8’s heap of 10 and 1,000 keys of an account that have been tried',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => powerOfMemory(heldByKeys, 10, 1000),
  },
  {
    what: 'growth: memory in V8’s heap of 6 and 40 schemes in recognition, with what they load',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => powerOfMemory(heldBySchemes, 6, 40),
  },
];
