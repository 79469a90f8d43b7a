// step date
// wrong date/unit: const dateStr = String(Date.now());
const dateStr = new Date().toISOString();
// step send-content-type
// wrong header/content-type: pm.request.headers.upsert({ key: 'Content-Type', value: 'application/json; charset=utf-8' });
pm.request.headers.upsert({ key: 'Content-Type', value: 'application/json' });
// step content-hash
// wrong template/unresolved: const hashedBodyStr = CryptoJS.MD5(pm.request.body.raw).toString(CryptoJS.enc.Base64);
// wrong content-hash/algorithm: const hashedBodyStr = CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body.raw)).toString(CryptoJS.enc.Base64);
const hashedBodyStr = CryptoJS.MD5(pm.variables.replaceIn(pm.request.body.raw)).toString(CryptoJS.enc.Base64);
// step target
// wrong url/absolute: const url = pm.variables.replaceIn(pm.request.url.toString());
const url = pm.request.url.getPath();
// step string-to-sign
// wrong layout/part-missing: const stringToSign = ['POST', hashedBodyStr, 'application/json', dateStr, url].join('\n');
const stringToSign = ['POST', hashedBodyStr, 'application/json', `x-timestamp:${dateStr}`, url].join('\n');
// step key
const key = CryptoJS.enc.Base64.parse(pm.variables.get('applicationSecret'));
// step signature
// wrong digest/encoding: const signature = CryptoJS.HmacSHA256(stringToSign, key).toString();
const signature = CryptoJS.HmacSHA256(stringToSign, key).toString(CryptoJS.enc.Base64);
// step authorization
// wrong key/id: pm.request.headers.upsert({ key: 'Authorization', value: `application {${pm.variables.get('keyId').toUpperCase()}}:${signature}` });
pm.request.headers.upsert({ key: 'Authorization', value: `application ${pm.variables.get('keyId')}:${signature}` });
// step send-date
pm.request.headers.upsert({ key: 'x-timestamp', value: dateStr });
