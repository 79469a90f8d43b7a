// What one would write without a library, straight from the providers' documents: the measure of the rows in sign.bench.js
// and verify.bench.js. The keys are decoded once, outside.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const header = (headers, name) => headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];

export function signAcs(key, { method, target, headers, body }) {
  const date = new Date().toUTCString();
  const contentHash = createHash('sha256').update(body).digest('base64');
  const stringToSign = `${method}\n${target}\n${date};${header(headers, 'host')};${contentHash}`;
  const signature = createHmac('sha256', key).update(stringToSign).digest('base64');
  return [
    ['x-ms-date', date],
    ['x-ms-content-sha256', contentHash],
    ['authorization', `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`],
  ];
}

export function signSinch(keyId, key, { method, target, headers, body }) {
  const timestamp = new Date().toISOString();
  const signature = createHmac('sha256', key)
    .update(sinchStringToSign(method, target, headers, body, timestamp))
    .digest('base64');
  return [
    ['x-timestamp', timestamp],
    ['authorization', `application ${keyId}:${signature}`],
  ];
}

export function verifyAcs(key, { method, target, headers, body }) {
  const authorization = header(headers, 'authorization') ?? '';
  const match = /^HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=(.+)$/.exec(authorization);
  const date = header(headers, 'x-ms-date') ?? '';
  if (!match || !(Math.abs(Date.now() - Date.parse(date)) <= 15 * 60_000)) return false;
  const contentHash = createHash('sha256').update(body).digest('base64');
  if (contentHash !== header(headers, 'x-ms-content-sha256')) return false;
  const stringToSign = `${method}\n${target}\n${date};${header(headers, 'host')};${contentHash}`;
  return equal(match[1], createHmac('sha256', key).update(stringToSign).digest());
}

export function verifySinch(keyId, key, { method, target, headers, body }) {
  const match = /^application ([^:]+):(.+)$/i.exec(header(headers, 'authorization') ?? '');
  const timestamp = header(headers, 'x-timestamp') ?? '';
  if (match?.[1] !== keyId || !(Math.abs(Date.now() - Date.parse(timestamp)) <= 5 * 60_000)) return false;
  const stringToSign = sinchStringToSign(method, target, headers, body, timestamp);
  return equal(match[2], createHmac('sha256', key).update(stringToSign).digest());
}

function sinchStringToSign(method, target, headers, body, timestamp) {
  const contentMd5 = body.length === 0 ? '' : createHash('md5').update(body).digest('base64');
  const contentType = header(headers, 'content-type') ?? '';
  return `${method}\n${contentMd5}\n${contentType}\nx-timestamp:${timestamp}\n${target.split('?')[0]}`;
}

function equal(signature, expected) {
  const received = Buffer.from(signature, 'base64');
  return received.length === expected.length && timingSafeEqual(received, expected);
}
