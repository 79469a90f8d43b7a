import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { validateAuthenticationHeader } from '@sinch/sdk-client';
import { acsVerifierByHand, sinchVerifierByHand } from './by-hand.js';
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
 * Verifying against what it cannot do without. Senders' clocks differ by milliseconds, so as many requests of one second are
 * signed and taken in turn: whoever remembers the last one's date gains where formats have no fraction of a second, and
 * only there.
 */
function againstLimit(scheme, credential, message, limit) {
  const second = Math.floor(Date.now() / 1000) * 1000;
  const requests = Array.from({ length: 64 }, (_, at) => {
    const { headers } = sign(scheme, credential, message, { date: new Date(second + at) });
    return { ...message, headers: [...message.headers, ...headers] };
  });
  let ours = 0;
  let theirs = 0;
  return against(
    () => verify(scheme, credential, requests[ours++ % 64]).ok,
    () => limit(requests[theirs++ % 64]),
    { clock: processorMs },
  );
}

export const rows = [
  {
    what: 'verify, ACS, 300-byte JSON body',
    against: 'its limit, three one-shot hashes and nothing else',
    target: 0.35,
    measure: () => againstLimit(acsHmac, acsCredential, acsMessage, hashesOf(acsHmac, acsCredential, acsMessage)),
  },
  {
    what: 'verify, ACS, 300-byte JSON body',
    against: 'a verifier written by hand for these requests',
    target: 0.7,
    measure: () => againstLimit(acsHmac, acsCredential, acsMessage, acsVerifierByHand(Buffer.from(acsKey, 'base64'))),
  },
  {
    what: 'verify, Sinch, 300-byte JSON body',
    against: 'its limit, three one-shot hashes and nothing else',
    target: 0.35,
    measure: () =>
      againstLimit(
        sinchApplication,
        sinchCredential,
        sinchMessage,
        hashesOf(sinchApplication, sinchCredential, sinchMessage),
      ),
  },
  {
    what: 'verify, Sinch, 300-byte JSON body',
    against: 'a verifier written by hand for these requests',
    target: 0.7,
    measure: () =>
      againstLimit(
        sinchApplication,
        sinchCredential,
        sinchMessage,
        sinchVerifierByHand(sinchKey.id, Buffer.from(sinchKey.secret, 'base64')),
      ),
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
