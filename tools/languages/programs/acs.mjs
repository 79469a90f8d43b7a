// step environment
import { createHash, createHmac } from 'node:crypto';

const { ENDPOINT: endpoint, CALL: callConnectionId, CONNECTION_STRING: connectionString } = process.env;
const template = '/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15';
const path = template.replace('{{callConnectionId}}', callConnectionId);
const data = { playSources: [{ kind: 'text', text: { text: 'Grüße', sourceLocale: 'de-DE', voiceKind: 'male' } }] };
const body = JSON.stringify(data);
const text = `base64:${process.env.SIGNING_SECRET}`;
const headers = { 'content-type': 'application/json' };
// step url
// wrong url/path: const url = `${endpoint}/${path}`;
const url = endpoint + path;
// step secret
// wrong key/stray-characters: const secret = process.env.SIGNING_SECRET.slice(1);
// wrong key/encoding: const secret = connectionString;
const secret = process.env.SIGNING_SECRET;
// step key
// wrong key/encoding: const key = secret;
const key = Buffer.from(secret, 'base64');
// step method
// wrong method/case: const method = 'post';
// wrong method/other: const method = 'GET';
const method = 'POST';
// step target
// wrong url/absolute: const target = url;
// wrong url/query-omitted: const target = new URL(url).pathname;
// wrong url/path: const target = new URL(url).pathname.replace('/calling', '') + new URL(url).search;
// wrong url/path-encoding: const target = new URL(url).pathname.replace(':play', '%3Aplay') + new URL(url).search;
// wrong template/unresolved: const target = template;
const target = path;
// step host
// wrong url/host: const host = endpoint;
// wrong url/host: const host = `${new URL(url).host}/`;
const { host } = new URL(url);
// step date
// wrong date/format: const date = new Date().toISOString();
// wrong date/not-the-one-sent: const date = new Date().toUTCString(); headers['x-ms-date'] = new Date(Date.now() + 1000).toUTCString();
// wrong date/clock-skew: const date = new Date(Date.now() - 3600_000).toUTCString();
const date = new Date().toUTCString();
// step content-hash
// wrong body/reserialized: const contentHash = createHash('sha256').update(JSON.stringify(data, null, 2)).digest('base64');
// wrong body/part-only: const contentHash = createHash('sha256').update(JSON.stringify(data.playSources)).digest('base64');
// wrong body/missing: const contentHash = createHash('sha256').update('').digest('base64');
// wrong body/charset: const contentHash = createHash('sha256').update(body, 'latin1').digest('base64');
// wrong body/newlines: const contentHash = createHash('sha256').update(`${body}\n`).digest('base64');
// wrong body/transport-encoding: const contentHash = createHash('sha256').update(btoa(unescape(encodeURIComponent(body)))).digest('base64');
// wrong content-hash/encoding: const contentHash = createHash('sha256').update(body).digest('hex');
// wrong content-hash/algorithm: const contentHash = createHash('md5').update(body).digest('base64');
// wrong content-hash/mismatch: const contentHash = createHash('sha256').update('another body').digest('base64');
const contentHash = createHash('sha256').update(body).digest('base64');
// step string-to-sign
// wrong layout/literal-newline: const stringToSign = `${method}\\n${target}\\n${date};${host};${contentHash}`;
// wrong layout/newlines: const stringToSign = `${method}\r\n${target}\r\n${date};${host};${contentHash}`;
// wrong layout/trailing-newline: const stringToSign = `${method}\n${target}\n${date};${host};${contentHash}\n`;
// wrong layout/separator: const stringToSign = `${method}\n${target}\n${date}\n${host}\n${contentHash}`;
// wrong layout/order: const stringToSign = `${method}\n${target}\n${host};${date};${contentHash}`;
// wrong layout/part-missing: const stringToSign = `${method}\n${target}\n${date};${contentHash}`;
const stringToSign = `${method}\n${target}\n${date};${host};${contentHash}`;
// step signature
// wrong digest/encoding: const signature = createHmac('sha256', key).update(stringToSign).digest('hex');
// wrong digest/algorithm: const signature = createHmac('sha1', key).update(stringToSign).digest('base64');
// wrong digest/not-hmac: const signature = createHash('sha256').update(key).update(stringToSign).digest('base64');
// wrong key/swapped-with-message: const signature = createHmac('sha256', stringToSign).update(key).digest('base64');
const signature = createHmac('sha256', key).update(stringToSign).digest('base64');
// step signed-headers
// wrong header/signed-set: const signedHeaders = 'host;x-ms-date;x-ms-content-sha256';
// wrong header/name-case: const signedHeaders = 'X-Ms-Date;Host;X-Ms-Content-Sha256';
const signedHeaders = 'x-ms-date;host;x-ms-content-sha256';
// step authorization
// wrong header/authorization-syntax: headers['authorization'] = `HMAC-SHA256 Credential=key&SignedHeaders=${signedHeaders}&Signature=${signature}`;
// wrong header/authorization-syntax: headers['authorization'] = signature;
headers['authorization'] = `HMAC-SHA256 SignedHeaders=${signedHeaders}&Signature=${signature}`;
// step send-date
// wrong header/signed-set: headers['x-date'] = date;
headers['x-ms-date'] ??= date;
// step send-content-hash
// wrong content-hash/not-sent: headers['content-hash'] = contentHash;
headers['x-ms-content-sha256'] = contentHash;
// step send
headers['x-case'] = 'CASE';
await (await fetch(url, { method: 'POST', headers, body })).arrayBuffer();
