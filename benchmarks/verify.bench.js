import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { validateAuthenticationHeader } from '@sinch/sdk-client';
import { compare, describe } from './compare.js';
import { verifyAcs, verifySinch } from './compositions.js';
import { hashesOf, processorMs } from './limits.js';
import {
  acsCredential,
  acsMessage,
  acsKey,
  signedAcs,
  signedSinch,
  sinchBody,
  sinchCredential,
  sinchKey,
  sinchMessage,
  sinchPath,
} from './requests.js';

/** A verifier that refuses would be fast, and worth nothing. */
async function against(ours, peer, options) {
  if (!ours() || !peer()) throw new Error('a verifier refused the request that it is timed with');
  const comparison = await compare(ours, peer, options);
  return { ratio: comparison.ratio, detail: describe(comparison) };
}

/**
 * What verifying takes against the hashes that it cannot do without. Senders' clocks differ by milliseconds, so as many
 * requests of one second are signed and taken in turn: whoever remembers the last one's date gains where formats have no
 * fraction of a second, and only there.
 */
function againstLimit(scheme, credential, message) {
  const second = Math.floor(Date.now() / 1000) * 1000;
  const requests = Array.from({ length: 64 }, (_, at) => {
    const { headers } = sign(scheme, credential, message, { date: new Date(second + at) });
    return { ...message, headers: [...message.headers, ...headers] };
  });
  let next = 0;
  return against(() => verify(scheme, credential, requests[next++ % 64]).ok, hashesOf(scheme, credential, message), {
    clock: processorMs,
  });
}

export const rows = [
  {
    what: 'verify, ACS, 300-byte JSON body',
    against: 'its limit, three one-shot hashes and nothing else',
    target: 0.5,
    measure: () => againstLimit(acsHmac, acsCredential, acsMessage),
  },
  {
    what: 'verify, Sinch, 300-byte JSON body',
    against: 'its limit, three one-shot hashes and nothing else',
    target: 0.5,
    measure: () => againstLimit(sinchApplication, sinchCredential, sinchMessage),
  },
  {
    what: 'verify, ACS, 300-byte JSON body',
    against: 'node:crypto composition with timingSafeEqual',
    target: 1.3,
    measure() {
      const request = signedAcs();
      const key = Buffer.from(acsKey, 'base64');
      return against(
        () => verify(acsHmac, acsCredential, request).ok,
        () => verifyAcs(key, request),
      );
    },
  },
  {
    what: 'verify, Sinch, 300-byte JSON body',
    against: 'node:crypto composition with timingSafeEqual',
    target: 1.3,
    measure() {
      const request = signedSinch();
      const key = Buffer.from(sinchKey.secret, 'base64');
      return against(
        () => verify(sinchApplication, sinchCredential, request).ok,
        () => verifySinch(sinchKey.id, key, request),
      );
    },
  },
  {
    what: 'verify, Sinch, 300-byte JSON body',
    against: '@sinch/sdk-client verifier',
    target: 1.3,
    measure() {
      const request = signedSinch();
      const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
      const { id, secret } = sinchKey;
      return against(
        () => verify(sinchApplication, sinchCredential, request).ok,
        () => validateAuthenticationHeader(id, secret, headers, sinchBody, sinchPath, 'POST'),
      );
    },
  },
];
