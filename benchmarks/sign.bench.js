import { createCommunicationAccessKeyCredentialPolicy } from '@azure/communication-common';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { generateAuthorizationHeader } from '@sinch/sdk-client';
import { acsSignerByHand } from './by-hand.js';
import { compare, describe } from './compare.js';
import { signAcs, signSinch } from './compositions.js';
import { hashesOf, processorMs } from './limits.js';
import { acsBody, acsCredential, acsKey, acsMessage, acsUrl } from './requests.js';
import { sinchBody, sinchCredential, sinchKey, sinchMessage, sinchPath } from './requests.js';

const signOursAcs = () => sign(acsHmac, acsCredential, acsMessage);
const signOursSinch = () => sign(sinchApplication, sinchCredential, sinchMessage);

async function against(ours, peer, options) {
  const comparison = await compare(ours, peer, options);
  return { ratio: comparison.ratio, detail: describe(comparison) };
}

export const rows = [
  {
    what: 'sign, ACS, 300-byte JSON body',
    against: 'node:crypto composition',
    target: 1.5,
    measure() {
      const key = Buffer.from(acsKey, 'base64');
      return against(signOursAcs, () => signAcs(key, acsMessage));
    },
  },
  {
    what: 'sign, ACS, 300-byte JSON body',
    against: '@azure/communication-common policy',
    target: 3,
    measure() {
      const policy = createCommunicationAccessKeyCredentialPolicy({ key: acsKey });
      const headers = createHttpHeaders({ 'Content-Type': 'application/json' });
      const request = createPipelineRequest({ url: acsUrl, method: 'POST', body: acsBody, headers });
      const sent = Promise.resolve({ request, status: 200, headers: createHttpHeaders() });
      return against(signOursAcs, () => policy.sendRequest(request, () => sent));
    },
  },
  {
    what: 'sign, ACS, 300-byte JSON body',
    against: 'its limit, three one-shot hashes and nothing else',
    target: 0.45,
    measure: () => against(signOursAcs, hashesOf(acsHmac, acsCredential, acsMessage), { clock: processorMs }),
  },
  {
    what: 'sign, ACS, 300-byte JSON body',
    against: 'a signer written by hand for this request',
    target: 0.7,
    measure() {
      const signByHand = acsSignerByHand(Buffer.from(acsKey, 'base64'));
      const signed = { ...acsMessage, headers: [...acsMessage.headers, ...signByHand(acsMessage)] };
      if (!verify(acsHmac, acsCredential, signed).ok) throw new Error('the signer by hand signs something else');
      return against(signOursAcs, () => signByHand(acsMessage), { clock: processorMs });
    },
  },
  {
    what: 'sign, Sinch, 300-byte JSON body',
    against: 'node:crypto composition with MD5',
    target: 1.3,
    measure() {
      const key = Buffer.from(sinchKey.secret, 'base64');
      return against(signOursSinch, () => signSinch(sinchKey.id, key, sinchMessage));
    },
  },
  {
    what: 'sign, Sinch, 300-byte JSON body',
    against: '@sinch/sdk-client signer',
    target: 1.3,
    measure: () =>
      against(signOursSinch, () => {
        const timestamp = new Date().toISOString();
        const line = `x-timestamp:${timestamp}`;
        const { id, secret } = sinchKey;
        return generateAuthorizationHeader('POST', sinchBody, 'application/json', line, sinchPath, id, secret);
      }),
  },
];
