import { createHmac } from 'node:crypto';
import { rightRequest, type Attack } from '../attack.ts';
import type { KeyPairProof } from '../prover.ts';
import { respelled } from './respelled.ts';

/** An HMAC under what everybody may know: a verifier that lets the request choose how it was signed takes it. */
export const publicKeyAsSecret: Attack = {
  id: 'key/public-as-secret',
  title: 'an HMAC under the public key',
  changes: 'how it is signed',
  close: 'Verify by the one algorithm that your key is for, and never use a public key as the key of an HMAC.',
  async *attempts(context) {
    const { by } = context.prover;
    if (by.kind !== 'key pair') return;
    for (const [what, key] of knownKeys(by)) {
      const right = await rightRequest(context);
      const signed = await by.stringToSign(right, context.now());
      if (!signed) return;
      const mac = createHmac('sha256', key).update(signed).digest(by.scheme.publicKey.encoding);
      const message = respelled(context, right, () => mac);
      if (message) yield { what: `an HMAC under ${what}`, message };
    }
  },
};

/** The public key in the forms that stand in settings, as the key of an HMAC. */
function knownKeys({ publicKey }: KeyPairProof): readonly (readonly [what: string, key: string | Buffer])[] {
  const spki = Buffer.from(publicKey.spki());
  const pem = publicKey.pem();
  const bare = spki.subarray(-32);
  const isBare = publicKey.kind === 'ed25519';
  return [
    ['the PEM of the public key', pem],
    ['the PEM of the public key without its last line break', pem.trimEnd()],
    ['the base64 of the public key', (isBare ? bare : spki).toString('base64')],
    ['the bytes of the public key', isBare ? bare : spki],
  ];
}
