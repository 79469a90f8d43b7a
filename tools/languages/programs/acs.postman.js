// step url
// step date
// wrong date/format: const dateStr = new Date().toISOString();
// wrong date/clock-skew: const dateStr = new Date(Date.now() - 7200000).toUTCString();
const dateStr = new Date().toUTCString();
// step send-date
// wrong header/signed-set: pm.request.headers.upsert({ key: 'x-date', value: dateStr });
pm.request.headers.upsert({ key: 'Date', value: dateStr });
// step content-hash
// wrong template/unresolved: const hashedBodyStr = CryptoJS.SHA256(pm.request.body.raw).toString(CryptoJS.enc.Base64);
// wrong body/reserialized: const hashedBodyStr = CryptoJS.SHA256(JSON.stringify(JSON.parse(pm.variables.replaceIn(pm.request.body.raw)))).toString(CryptoJS.enc.Base64);
// wrong body/missing: const hashedBodyStr = CryptoJS.SHA256('').toString(CryptoJS.enc.Base64);
// wrong body/newlines: const hashedBodyStr = CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body.raw).trim()).toString(CryptoJS.enc.Base64);
// wrong content-hash/encoding: const hashedBodyStr = CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body.raw)).toString();
// wrong content-hash/algorithm: const hashedBodyStr = CryptoJS.MD5(pm.variables.replaceIn(pm.request.body.raw)).toString(CryptoJS.enc.Base64);
const hashedBodyStr = CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body.raw)).toString(CryptoJS.enc.Base64);
// step send-content-hash
// wrong content-hash/not-sent: pm.request.headers.upsert({ key: 'content-hash', value: hashedBodyStr });
pm.request.headers.upsert({ key: 'x-ms-content-sha256', value: hashedBodyStr });
// step host
// wrong url/host: const hostStr = pm.variables.get('endpoint').replace('https://', '');
const hostStr = pm.variables.get('endpoint').replace('http://', '');
// step target
// wrong template/unresolved: const url = pm.request.url.toString().replace('{{endpoint}}', '');
// wrong url/absolute: const url = pm.variables.replaceIn(pm.request.url.toString());
// wrong url/query-omitted: const url = pm.variables.replaceIn(pm.request.url.getPath());
const url = pm.variables.replaceIn(pm.request.url.toString().replace('{{endpoint}}', ''));
// step string-to-sign
// wrong method/case: const stringToSign = pm.request.method.toLowerCase() + '\n' + url + '\n' + dateStr + ';' + hostStr + ';' + hashedBodyStr;
// wrong layout/literal-newline: const stringToSign = pm.request.method + '\\n' + url + '\\n' + dateStr + ';' + hostStr + ';' + hashedBodyStr;
// wrong layout/order: const stringToSign = pm.request.method + '\n' + url + '\n' + hostStr + ';' + dateStr + ';' + hashedBodyStr;
const stringToSign = pm.request.method + '\n' + url + '\n' + dateStr + ';' + hostStr + ';' + hashedBodyStr;
// step key
// wrong key/encoding: const key = pm.variables.get('key');
const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));
// step signature
// wrong digest/encoding: const signature = CryptoJS.HmacSHA256(stringToSign, key).toString();
// wrong digest/algorithm: const signature = CryptoJS.HmacSHA1(stringToSign, key).toString(CryptoJS.enc.Base64);
// wrong key/swapped-with-message: const signature = CryptoJS.HmacSHA256(key, CryptoJS.enc.Utf8.parse(stringToSign)).toString(CryptoJS.enc.Base64);
const signature = CryptoJS.HmacSHA256(stringToSign, key).toString(CryptoJS.enc.Base64);
// step signed-headers
// wrong header/signed-set: const signedHeaders = 'host;date;x-ms-content-sha256';
const signedHeaders = 'date;host;x-ms-content-sha256';
// step authorization
// wrong header/authorization-syntax: pm.request.headers.upsert({ key: 'Authorization', value: 'HMAC-SHA256 Credential=key&SignedHeaders=date;host;x-ms-content-sha256&Signature=' + signature });
// wrong header/authorization-syntax: pm.request.headers.upsert({ key: 'Authorization', value: signature });
pm.request.headers.upsert({
  key: 'Authorization',
  value: `HMAC-SHA256 SignedHeaders=${signedHeaders}&Signature=${signature}`,
});
