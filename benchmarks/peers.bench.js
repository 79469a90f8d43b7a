import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { compare, describe } from './compare.js';

// Verifying with us, and with the providers' own packages, which have a folder and a lockfile of their own. Whoever signs a
// form gets it parsed by the caller, and ours parses it: theirs is given the text that arrived, and parses it with
// URLSearchParams. Processor time, because several of them work in threads.

const clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const text = 'The quick brown fox jumps over the lazy dog. '.repeat(6);
const body = JSON.stringify({ id: 'evt_1', type: 'call.ended', data: { text } }).slice(0, 297) + '"}}';
const form = new URLSearchParams({ CallSid: 'CA1234567890', From: '+15551234567', To: '+15557654321', Digits: '1234' });

const { peers, deliveryOf } = await import('../tools/peers/peers.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return { peers: [] };
});

/** The row of one package. */
function rowOf(peer) {
  return {
    what: `verify, ${peer.scheme}, ${peer.hasForm ? 'a form of four fields that both parse' : '300-byte JSON body'}`,
    against: peer.package,
    target: 1.3,
    async measure() {
      const scheme = schemes.find(({ id }) => id === peer.scheme);
      const credential = { secret: new Secret(peer.secret, scheme.key.encoding) };
      const url = 'https://example.com/hook?a=1';
      const sent = message({ method: 'POST', url, headers: peer.headers, body: peer.hasForm ? form.toString() : body });
      const request = signedMessage(sent, sign(scheme, credential, sent));
      const delivery = deliveryOf(request);
      if (!verify(scheme, credential, request).ok || (await peer.accepts(delivery)) === false)
        throw new Error('a verifier refused the request that it is timed with');
      const parsed = () => ({ ...delivery, form: Object.fromEntries(new URLSearchParams(delivery.body)) });
      const comparison = await compare(
        () => verify(scheme, credential, request).ok,
        peer.hasForm ? () => peer.accepts(parsed()) : () => peer.accepts(delivery),
        { clock },
      );
      return { ratio: comparison.ratio, detail: describe(comparison) };
    },
  };
}

const notInstalled = {
  what: 'verify, each provider',
  against: 'its own package',
  target: 1.3,
  measure: async () => ({ skipped: 'the packages are not installed: npm ci --prefix tools/peers --ignore-scripts' }),
};

export const rows = peers.length > 0 ? peers.map(rowOf) : [notInstalled];
