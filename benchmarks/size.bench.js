import { bundle, signOnly } from './bundle.js';

/** The schemes that the rows are for; the others have bounds of their own (`sizeBounds`). */
const compared = [signOnly['acs-hmac'], signOnly['sinch-application']];

const kB = (bytes) => `${(bytes / 1000).toFixed(2)} kB`;

/** The larger of the schemes, so that the row holds for each. */
async function largest(options) {
  const sizes = await Promise.all(compared.map((source) => bundle(source, options)));
  return Math.max(...sizes.map(({ gzippedBytes }) => gzippedBytes));
}

async function peerBytes(source) {
  const { gzippedBytes } = await bundle(source);
  return gzippedBytes;
}

export const rows = [
  {
    what: 'size gzipped, one scheme, sign only, without the digests',
    against: '3.5 kB',
    atMost: true,
    target: 1,
    async measure() {
      const ours = await largest({ external: ['#digest'] });
      const peer = await peerBytes(`export { AwsV4Signer } from 'aws4fetch'`);
      return { ratio: ours / 3500, detail: `${kB(ours)}; aws4fetch's signer, measured in the same way, ${kB(peer)}` };
    },
  },
  {
    what: 'size gzipped, one scheme, sign only, with the digests',
    against: '7 kB',
    atMost: true,
    target: 1,
    async measure() {
      const ours = await largest();
      const peer = await peerBytes(`export { Webhook } from 'standardwebhooks'`);
      return { ratio: ours / 7000, detail: `${kB(ours)}; standardwebhooks, measured in the same way, ${kB(peer)}` };
    },
  },
];
