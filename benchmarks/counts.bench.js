// How time grows with how many there are of something that core is given: keys, schemes. The ratio is the power, 1 where
// it is linear.
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { message } from '@countersign/core/message';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { compare } from './compare.js';
import { processorMs } from './limits.js';
import { acsCredential, signedAcs } from './requests.js';

/** @param {(count: number) => () => unknown} at what is timed, for so many */
async function power(at, few, many) {
  const { ratio, oursNs, peerNs } = await compare(at(few), at(many), { clock: processorMs });
  const microseconds = (nanoseconds) => `${(nanoseconds / 1000).toFixed(1)} µs`;
  return {
    ratio: Math.log(ratio) / Math.log(many / few),
    detail: `${microseconds(oursNs)} for ${few}, ${microseconds(peerNs)} for ${many}`,
  };
}

/** Verifies with so many keys of an account, none of which the request names; the right one stands last. */
function withKeys(count) {
  const request = signedAcs();
  const others = Array.from({ length: count - 1 }, (_, at) => ({ secret: new Secret(`key ${at}`, 'utf8') }));
  const keys = [...others, acsCredential];
  if (!verify(acsHmac, keys, request).ok) throw new Error('the request is refused');
  return () => verify(acsHmac, keys, request).ok;
}

/** Recognizes a request by its headers among so many schemes, taken evenly from all that are built in; its host is nobody's. */
function amongSchemes(count) {
  const unsigned = message({ method: 'POST', url: 'https://example.com/', body: '{}' });
  const request = signedMessage(unsigned, sign(acsHmac, acsCredential, unsigned));
  const step = schemes.length / count;
  const some = Array.from({ length: count }, (_, at) => schemes[Math.floor(at * step)]);
  if (schemeOfMessage(some, request)?.scheme !== acsHmac) throw new Error('the scheme is not recognized');
  return () => schemeOfMessage(some, request);
}

export const rows = [
  {
    what: 'growth: time to verify, 10 and 1,000 keys of an account',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => power(withKeys, 10, 1000),
  },
  {
    what: 'growth: time to recognize a scheme, 6 and 40 of them',
    against: 'linear',
    atMost: true,
    target: 1.1,
    measure: () => power(amongSchemes, 6, 40),
  },
];
