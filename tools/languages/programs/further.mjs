// step environment
import { createHash, createHmac } from 'node:crypto';

const { ENDPOINT: endpoint, KEY_ID: keyId, CONNECTION_STRING: connectionString } = process.env;
const template = '/as/SCHEME/{{callConnectionId}}';
const callConnectionId = 'a1 b2';
const url = `${endpoint}/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x`;
const data = { text: 'Grüße', tags: ['a', 'b'], none: '' };
const text = `base64:${process.env.SIGNING_SECRET}`;
const headers = {};
// step secret
// wrong key/prefix for sinch-webhook postcard: const secret = `base64:${process.env.SIGNING_SECRET}`;
// wrong key/stray-characters for sinch-webhook sinch-numbers postcard: const secret = `${process.env.SIGNING_SECRET}\n`;
const secret = process.env.SIGNING_SECRET;
// step key
// wrong key/encoding for sinch-webhook sinch-numbers: const key = Buffer.from(secret, 'base64');
// wrong key/encoding for ledger: const key = secret;
// wrong key/encoding for postcard: const key = Buffer.from(secret, 'hex');
// for azure-app-configuration sinch-voice-v2: const key = Buffer.from(secret, 'base64');
// for ledger: const key = Buffer.from(secret, 'hex');
const key = secret;
// step body
const body = JSON.stringify(data);
// step method
// wrong method/case for ledger: const method = 'Post';
const method = 'POST';
// step target
// wrong url/query-order for azure-app-configuration: const target = new URL(url).pathname + '?' + new URL(url).search.slice(1).split('&').sort().join('&');
// wrong url/query-encoding for azure-app-configuration: const target = `${new URL(url).pathname}?${new URLSearchParams(new URL(url).search)}`;
const target = new URL(url).pathname + new URL(url).search;
// step path
// wrong url/path-encoding for ledger sinch-voice-v2: const path = decodeURIComponent(new URL(url).pathname);
// wrong url/query-omitted for sinch-voice-v2: const path = new URL(url).pathname + new URL(url).search;
// wrong template/unresolved for ledger: const path = template;
const path = new URL(url).pathname;
// step query
// wrong url/query-order for ledger: const query = new URL(url).search.slice(1).split('&').sort().join('&');
// wrong url/query-encoding for ledger: const query = new URLSearchParams(new URL(url).search).toString();
// wrong url/query-omitted for ledger: const query = '';
const query = new URL(url).search.slice(1);
// step host
// wrong url/host for ledger: const host = new URL(url).hostname;
const host = new URL(url).host;
// step content-type
const contentType = 'application/json';
// step content-length
// wrong header/content-length for ledger: const contentLength = String(body.length);
const contentLength = String(Buffer.byteLength(body));
// step x-nonce
const xNonce = 'a1b2-c3';
// step x-sinch-webhook-signature-nonce
// wrong header/separator-inside for sinch-webhook: const xSinchWebhookSignatureNonce = 'base64:01FJA8B4A7BM43.YGWSG9GBV067';
const xSinchWebhookSignatureNonce = '01FJA8B4A7BM43YGWSG9GBV067';
// step date
// wrong date/unit for ledger sinch-webhook: const date = String(Date.now());
// wrong date/format for sinch-voice-v2: const date = new Date().toUTCString();
// wrong date/clock-skew for ledger: const date = String(Math.floor(Date.now() / 1000) - 7200);
// for ledger sinch-webhook: const date = String(Math.floor(Date.now() / 1000));
// for sinch-voice-v2: const date = new Date().toISOString();
const date = new Date().toUTCString();
// step content-hash
// wrong body/form-encoding for ledger: const contentHash = createHash('sha1').update(`payload=${encodeURIComponent(body)}`).digest('hex');
// wrong content-hash/algorithm for postcard: const contentHash = createHash('sha256').update(body).digest('hex');
// wrong content-hash/encoding for ledger: const contentHash = createHash('sha1').update(body).digest('base64');
// wrong body/reserialized for sinch-voice-v2: const contentHash = createHash('md5').update(JSON.stringify(data, null, 2)).digest('base64');
// for azure-app-configuration: const contentHash = createHash('sha256').update(body).digest('base64');
// for sinch-voice-v2: const contentHash = createHash('md5').update(body).digest('base64');
// for ledger: const contentHash = createHash('sha1').update(body).digest('hex');
const contentHash = createHash('sha512').update(body).digest('hex');
// step string-to-sign
// wrong url/scheme for postcard: const stringToSign = `http://hooks.example.com/voice?a=1\n${contentHash}`;
// wrong url/host for postcard: const stringToSign = `https://${host}/voice?a=1\n${contentHash}`;
// wrong body/reserialized for sinch-numbers: const stringToSign = JSON.stringify(JSON.parse(body), null, 1);
// wrong body/form-encoding for sinch-numbers: const stringToSign = `payload=${encodeURIComponent(body)}`;
// wrong layout/order for sinch-webhook: const stringToSign = `${body}.${date}.${xSinchWebhookSignatureNonce}`;
// wrong layout/part-missing for ledger: const stringToSign = [method, path, query, host, contentLength, date, contentHash].join('\n');
// for azure-app-configuration: const stringToSign = `${method}\n${target}\n${date};${host};${contentHash}`;
// for sinch-voice-v2: const stringToSign = `${method}\n${contentHash}\n${contentType}\nx-timestamp:${date}\n${path}`;
// for sinch-webhook: const stringToSign = `${body}.${xSinchWebhookSignatureNonce}.${date}`;
// for sinch-numbers: const stringToSign = body;
// for ledger: const stringToSign = [method, path, query, host, contentLength, xNonce, date, contentHash].join('\n');
const stringToSign = `https://hooks.example.com/voice?a=1\n${contentHash}`;
// step signature
// wrong digest/encoding for sinch-numbers: const signature = createHmac('sha1', key).update(stringToSign).digest('base64');
// wrong digest/algorithm for postcard: const signature = createHmac('sha256', key).update(stringToSign).digest('base64');
// wrong digest/encoding for ledger: const signature = createHmac('sha512', key).update(stringToSign).digest('base64');
// wrong key/swapped-with-message for sinch-webhook: const signature = createHmac('sha256', stringToSign).update(key).digest('base64');
// for sinch-numbers: const signature = createHmac('sha1', key).update(stringToSign).digest('hex');
// for ledger: const signature = createHmac('sha512', key).update(stringToSign).digest('hex');
// for postcard: const signature = createHmac('md5', key).update(stringToSign).digest('base64');
const signature = createHmac('sha256', key).update(stringToSign).digest('base64');
// step signed-headers
const signedHeaders = 'x-ms-date;host;x-ms-content-sha256';
// step authorization
// wrong key/id for ledger: headers['authorization'] = `Ledger key=${keyId.toUpperCase()},mac=${signature}`;
// wrong header/authorization-syntax for azure-app-configuration: headers['authorization'] = `HMAC-SHA256 SignedHeaders=${signedHeaders}&Signature=${signature}`;
// for azure-app-configuration: headers['authorization'] = `HMAC-SHA256 Credential=${keyId}&SignedHeaders=${signedHeaders}&Signature=${signature}`;
// for sinch-voice-v2: headers['authorization'] = `service ${keyId}:${signature}`;
// for sinch-webhook: headers['x-sinch-webhook-signature'] = signature;
// for sinch-numbers: headers['x-sinch-signature'] = signature;
// for ledger: headers['authorization'] = `Ledger key=${keyId},mac=${signature}`;
headers['x-postcard'] = signature;
// step send-date
// for azure-app-configuration: headers['x-ms-date'] = date;
// for sinch-webhook: headers['x-sinch-webhook-signature-timestamp'] = date;
// for ledger: headers['x-time'] = date;
headers['x-timestamp'] = date;
// step send-content-hash
// wrong content-hash/not-sent for azure-app-configuration ledger: headers['content-hash'] = contentHash;
// for azure-app-configuration: headers['x-ms-content-sha256'] = contentHash;
headers['x-body-sha1'] = contentHash;
// step send-x-nonce
// wrong header/changed-in-transit for ledger: headers['x-nonce'] = xNonce.toUpperCase();
// wrong header/signed-set for ledger: void xNonce;
headers['x-nonce'] = xNonce;
// step send-x-sinch-webhook-signature-nonce
headers['x-sinch-webhook-signature-nonce'] = xSinchWebhookSignatureNonce;
// step send-content-type
// wrong header/content-type for sinch-voice-v2: headers['Content-Type'] = `${contentType}; charset=utf-8`;
headers['Content-Type'] = contentType;
// step send
headers['x-case'] = 'CASE';
await (await fetch(url, { method: 'POST', headers, body })).arrayBuffer();
