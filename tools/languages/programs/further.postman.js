// step environment
// scheme SCHEME
const keyId = pm.variables.get('keyId');
const text = 'base64:abc';
// step key
// wrong key/encoding for sinch-webhook sinch-numbers: const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));
// wrong key/encoding for ledger: const key = CryptoJS.enc.Utf8.parse(pm.variables.get('key'));
// for azure-app-configuration sinch-voice-v2: const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));
// for ledger: const key = CryptoJS.enc.Hex.parse(pm.variables.get('key'));
const key = CryptoJS.enc.Utf8.parse(pm.variables.get('key'));
// step target
// for azure-app-configuration: const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());
// wrong url/query-omitted for sinch-voice-v2: const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());
const url = pm.variables.replaceIn(pm.request.url.getPath());
// step query
const query = pm.variables.replaceIn(pm.request.url.getQueryString());
// step host
// wrong url/host for ledger: const hostStr = 'localhost';
const hostStr = pm.variables.get('endpoint').replace('http://', '');
// step content-length
// wrong header/content-length for ledger: const contentLength = String(pm.request.body.raw.length);
const contentLength = '45';
// step x-nonce
const xNonce = 'a1b2-c3';
// step x-sinch-webhook-signature-nonce
const xSinchWebhookSignatureNonce = '01FJA8B4A7BM43YGWSG9GBV067';
// step send-content-type
pm.request.headers.upsert({ key: 'Content-Type', value: 'application/json' });
// step date
// wrong date/unit for ledger sinch-webhook: const dateStr = String(Date.now());
// for ledger sinch-webhook: const dateStr = String(Math.floor(Date.now() / 1000));
// for sinch-voice-v2: const dateStr = new Date().toISOString();
const dateStr = new Date().toUTCString();
// step content-hash
// wrong content-hash/encoding for ledger: const hashedBodyStr = CryptoJS.SHA1(pm.request.body.raw).toString(CryptoJS.enc.Base64);
// for azure-app-configuration: const hashedBodyStr = CryptoJS.SHA256(pm.request.body.raw).toString(CryptoJS.enc.Base64);
// for sinch-voice-v2: const hashedBodyStr = CryptoJS.MD5(pm.request.body.raw).toString(CryptoJS.enc.Base64);
// for ledger: const hashedBodyStr = CryptoJS.SHA1(pm.request.body.raw).toString();
const hashedBodyStr = CryptoJS.SHA512(pm.request.body.raw).toString();
// step string-to-sign
// wrong url/scheme for postcard: const stringToSign = `http://hooks.example.com/voice?a=1\n${hashedBodyStr}`;
// for azure-app-configuration: const stringToSign = `POST\n${url}\n${dateStr};${hostStr};${hashedBodyStr}`;
// for sinch-voice-v2: const stringToSign = ['POST', hashedBodyStr, 'application/json', `x-timestamp:${dateStr}`, url].join('\n');
// for sinch-webhook: const stringToSign = `${pm.request.body.raw}.${xSinchWebhookSignatureNonce}.${dateStr}`;
// for sinch-numbers: const stringToSign = pm.request.body.raw;
// for ledger: const stringToSign = ['POST', url, query, hostStr, contentLength, xNonce, dateStr, hashedBodyStr].join('\n');
const stringToSign = `https://hooks.example.com/voice?a=1\n${hashedBodyStr}`;
// step signature
// wrong digest/encoding for ledger: const signature = CryptoJS.HmacSHA512(stringToSign, key).toString(CryptoJS.enc.Base64);
// for sinch-numbers: const signature = CryptoJS.HmacSHA1(stringToSign, key).toString();
// for ledger: const signature = CryptoJS.HmacSHA512(stringToSign, key).toString();
// for postcard: const signature = CryptoJS.HmacMD5(stringToSign, key).toString(CryptoJS.enc.Base64);
const signature = CryptoJS.HmacSHA256(stringToSign, key).toString(CryptoJS.enc.Base64);
// step authorization
// for azure-app-configuration: pm.request.headers.upsert({ key: 'Authorization', value: `HMAC-SHA256 Credential=${keyId}&SignedHeaders=date;host;x-ms-content-sha256&Signature=${signature}` });
// for sinch-voice-v2: pm.request.headers.upsert({ key: 'Authorization', value: `service ${keyId}:${signature}` });
// for sinch-webhook: pm.request.headers.upsert({ key: 'x-sinch-webhook-signature', value: signature });
// for sinch-numbers: pm.request.headers.upsert({ key: 'x-sinch-signature', value: signature });
// for ledger: pm.request.headers.upsert({ key: 'Authorization', value: `Ledger key=${keyId},mac=${signature}` });
pm.request.headers.upsert({ key: 'x-postcard', value: signature });
// step send-date
// for azure-app-configuration: pm.request.headers.upsert({ key: 'Date', value: dateStr });
// for sinch-webhook: pm.request.headers.upsert({ key: 'x-sinch-webhook-signature-timestamp', value: dateStr });
// for ledger: pm.request.headers.upsert({ key: 'x-time', value: dateStr });
pm.request.headers.upsert({ key: 'x-timestamp', value: dateStr });
// step send-content-hash
// for azure-app-configuration: pm.request.headers.upsert({ key: 'x-ms-content-sha256', value: hashedBodyStr });
pm.request.headers.upsert({ key: 'x-body-sha1', value: hashedBodyStr });
// step send-x-nonce
// wrong header/changed-in-transit for ledger: pm.request.headers.upsert({ key: 'x-nonce', value: xNonce.toUpperCase() });
pm.request.headers.upsert({ key: 'x-nonce', value: xNonce });
// step send-x-sinch-webhook-signature-nonce
pm.request.headers.upsert({ key: 'x-sinch-webhook-signature-nonce', value: xSinchWebhookSignatureNonce });
