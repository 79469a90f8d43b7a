// step environment
import { createHash, createHmac } from 'node:crypto';

const url = `${process.env.ENDPOINT}/calling/v1/callouts`;
const keyId = process.env.KEY_ID;
const key = Buffer.from(process.env.SINCH_SECRET, 'base64');
const number = '+14255550123';
const template =
  '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}';
const contentType = 'application/json';
const method = 'POST';
const path = '/calling/v1/callouts';
const headers = {};
// step body
// wrong template/unresolved: const body = template;
const body = template.replace('{{number}}', number);
// step date
// wrong date/unit: const date = String(Date.now());
// wrong date/format: const date = new Date().toUTCString();
const date = new Date().toISOString();
// step content-hash
// wrong content-hash/algorithm: const contentHash = createHash('sha256').update(body).digest('base64');
const contentHash = createHash('md5').update(body).digest('base64');
// step string-to-sign
// wrong layout/part-missing: const stringToSign = `${method}\n${contentHash}\n${contentType}\n${date}\n${path}`;
// wrong layout/order: const stringToSign = `${method}\n${contentType}\n${contentHash}\nx-timestamp:${date}\n${path}`;
// wrong header/name-case: const stringToSign = `${method}\n${contentHash}\n${contentType}\nX-Timestamp:${date}\n${path}`;
const stringToSign = `${method}\n${contentHash}\n${contentType}\nx-timestamp:${date}\n${path}`;
// step signature
// wrong digest/encoding: const signature = createHmac('sha256', key).update(stringToSign).digest('hex');
const signature = createHmac('sha256', key).update(stringToSign).digest('base64');
// step send-content-type
// wrong header/content-type: headers['Content-Type'] = `${contentType}; charset=utf-8`;
headers['Content-Type'] = contentType;
// step authorization
// wrong key/id: headers['authorization'] = `application {${keyId.toUpperCase()}}:${signature}`;
// wrong header/authorization-syntax: headers['authorization'] = `Application ${keyId};${signature}`;
headers['authorization'] = `application ${keyId}:${signature}`;
// step send-date
headers['x-timestamp'] = date;
// step send
headers['x-case'] = 'CASE';
const sent = body.replace('{{number}}', number);
await (await fetch(url, { method: 'POST', headers, body: sent })).arrayBuffer();
