import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { verify } from '@countersign/core/verify';
import { validateAuthenticationHeader } from '@sinch/sdk-client';
import { compare, describe } from './compare.js';
import { verifyAcs, verifySinch } from './compositions.js';
import {
  acsCredential,
  acsKey,
  signedAcs,
  signedSinch,
  sinchBody,
  sinchCredential,
  sinchKey,
  sinchPath,
} from './requests.js';

/** A verifier that refuses would be fast, and worth nothing. */
async function against(ours, peer) {
  if (!ours() || !peer()) throw new Error('a verifier refused the request that it is timed with');
  const comparison = await compare(ours, peer);
  return { ratio: comparison.ratio, detail: describe(comparison) };
}

export const rows = [
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
