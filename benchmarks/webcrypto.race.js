import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sign } from '@countersign/core/sign';
import { compare } from './compare.js';
import { acsCredential, acsKey, acsUrl } from './requests.js';

const utf8 = new TextEncoder();
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

async function signByWebCrypto(key, { method, target, headers, body }) {
  const date = new Date().toUTCString();
  const contentHash = base64(await crypto.subtle.digest('SHA-256', body));
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const stringToSign = `${method}\n${target}\n${date};${host};${contentHash}`;
  const signature = base64(await crypto.subtle.sign('HMAC', key, utf8.encode(stringToSign)));
  return [
    ['x-ms-date', date],
    ['x-ms-content-sha256', contentHash],
    ['authorization', `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`],
  ];
}

/** Signing ACS requests against a straightforward WebCrypto composition, for growing bodies; in any runtime. */
export async function race() {
  const keyBytes = Uint8Array.from(atob(acsKey), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const results = [];
  for (const bodyBytes of [300, 1024, 2048, 4096, 8192, 16_384, 32_768]) {
    const request = message({ method: 'POST', url: acsUrl, body: new Uint8Array(bodyBytes).fill(0x78) });
    const ours = () => sign(acsHmac, acsCredential, request);
    const peer = () => signByWebCrypto(key, request);
    results.push({ bodyBytes, ...(await compare(ours, peer, { rounds: 9, roundMs: 20 })) });
  }
  return results;
}
