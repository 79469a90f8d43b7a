// What no rules, results and refusals would cost: signers and verifiers written by hand for the very requests of the rows,
// with everything known here that makes them fast (see README.md), and the checks of a value without which a request could be
// read in two ways. They throw or return false where the library says what is wrong.
import { hash } from 'node:crypto';

const blockBytes = 64;
const utf8 = new TextEncoder();

/** HMAC-SHA256 of texts in base64, for one key of at most 64 bytes. */
function hmacOf(key) {
  const inner = Buffer.alloc(2048, 0x36);
  const outer = Buffer.alloc(blockBytes + 32, 0x5c);
  for (let at = 0; at < key.length; at++) {
    inner[at] ^= key[at];
    outer[at] ^= key[at];
  }
  const room = inner.subarray(blockBytes);
  const views = [];
  return (text) => {
    const end = blockBytes + utf8.encodeInto(text, room).written;
    const digest = hash('sha256', (views[end] ??= inner.subarray(0, end)), 'utf16le');
    for (let at = 0; at < 16; at++) {
      const pair = digest.charCodeAt(at);
      outer[blockBytes + 2 * at] = pair;
      outer[blockBytes + 2 * at + 1] = pair >> 8;
    }
    return hash('sha256', outer, 'base64');
  };
}

/** How a second prints, once a second. */
function secondText(print) {
  let last = -1;
  let text = '';
  return (milliseconds) => {
    const second = Math.floor(milliseconds / 1000);
    if (second === last) return text;
    last = second;
    return (text = print(new Date(second * 1000)));
  };
}

function headerOf(headers, name) {
  for (const [candidate, value] of headers)
    if (candidate.length === name.length && (candidate === name || candidate.toLowerCase() === name)) return value;
  return '';
}

/** A text that is read in one way only: no line break but those between its parts, and no half of a character. */
function checked(text, ...values) {
  for (const value of values) if (value.includes('\n') || value.includes(' ')) throw new Error('a value is no word');
  if (text.includes('\r') || text.includes('\0') || !text.isWellFormed()) throw new Error('a value cannot be signed');
  return text;
}

/** Compared in a time that does not tell where the first difference is. */
function equal(received, expected) {
  if (received.length !== expected.length) return false;
  let difference = 0;
  for (let at = 0; at < expected.length; at++) difference |= received.charCodeAt(at) ^ expected.charCodeAt(at);
  return difference === 0;
}

const acsPrefix = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=';

export function acsSignerByHand(key) {
  const hmac = hmacOf(key);
  const dateText = secondText((date) => date.toUTCString());
  return ({ method, target, headers, body }) => {
    const date = dateText(Date.now());
    const host = headerOf(headers, 'host');
    const contentHash = hash('sha256', body, 'base64');
    const text = `${method}\n${target}\n${date};${host};${contentHash}`;
    const signature = hmac(checked(text, method, target, host));
    return [
      ['x-ms-date', date],
      ['x-ms-content-sha256', contentHash],
      ['authorization', acsPrefix + signature],
    ];
  };
}

export function acsVerifierByHand(key) {
  const hmac = hmacOf(key);
  const known = { text: '', second: NaN };
  return ({ method, target, headers, body }) => {
    const authorization = headerOf(headers, 'authorization');
    if (!authorization.startsWith(acsPrefix)) return false;
    const date = headerOf(headers, 'x-ms-date');
    if (date !== known.text) {
      known.text = date;
      known.second = Date.parse(date);
    }
    if (!(Math.abs(Date.now() - known.second) <= 15 * 60_000)) return false;
    const host = headerOf(headers, 'host');
    const contentHash = hash('sha256', body, 'base64');
    if (contentHash !== headerOf(headers, 'x-ms-content-sha256')) return false;
    const text = `${method}\n${target}\n${date};${host};${contentHash}`;
    return equal(authorization.slice(acsPrefix.length), hmac(checked(text, method, target, host)));
  };
}

export function sinchVerifierByHand(keyId, key) {
  const hmac = hmacOf(key);
  const prefix = `application ${keyId}:`;
  const known = { text: '', second: NaN };
  return ({ method, target, headers, body }) => {
    const authorization = headerOf(headers, 'authorization');
    if (!authorization.startsWith(prefix)) return false;
    const timestamp = headerOf(headers, 'x-timestamp');
    const second = timestamp.slice(0, 19);
    if (second !== known.text) {
      known.text = second;
      known.second = Date.parse(`${second}Z`);
    }
    if (!(Math.abs(Date.now() - known.second) <= 5 * 60_000)) return false;
    const contentType = headerOf(headers, 'content-type');
    const contentHash = hash('md5', body, 'base64');
    const [path] = target.split('?', 1);
    const text = `${method}\n${contentHash}\n${contentType}\nx-timestamp:${timestamp}\n${path}`;
    return equal(authorization.slice(prefix.length), hmac(checked(text, method, path)));
  };
}
