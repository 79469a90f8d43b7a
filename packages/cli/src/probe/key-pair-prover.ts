import { readClaims } from '@countersign/core/claims';
import type { PrivateKey } from '@countersign/core/private-key';
import type { PublicKey } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { verifyAsync } from '@countersign/core/verify-async';
import { coveredHeadersOf, keySignedMessage, nonceHeader, type WholeMessage } from '../requests/signed-message.ts';
import type { Prover } from './prover.ts';

/** Proves by a private key; core's own strict verification with the public one is the reference. */
export function keyPairProver(scheme: PublicKeyScheme, privateKey: PrivateKey, publicKey: PublicKey): Prover {
  const verified = (message: WholeMessage, now: Date): ReturnType<typeof verifyAsync> =>
    verifyAsync(scheme, { publicKey }, message, { now });
  return {
    id: scheme.id,
    proofHeader: scheme.authorization.header,
    proofParameter: scheme.authorization.parameter,
    signatureOf(message) {
      const read = readClaims(scheme, message);
      return read.ok ? read.claims.signature : undefined;
    },
    prove: (unsigned, at) => keySignedMessage(scheme, privateKey, unsigned, { date: at }),
    judge: async (message, now) => (await verified(message, now)).ok,
    coveredHeaders: (message) => coveredHeadersOf(scheme, message),
    tellsRepeats: true,
    freshSeconds: scheme.date?.toleranceSeconds,
    toldApartBy: nonceHeader(scheme) !== undefined ? 'nonce' : scheme.date ? 'seconds' : 'body',
    by: {
      kind: 'key pair',
      scheme,
      publicKey,
      stringToSign: async (message, now) => (await verified(message, now)).trace()?.stringToSign,
      sign: (unsigned, other, at) => keySignedMessage(scheme, other, unsigned, { date: at }),
      other: () => otherKey(privateKey),
    },
  };
}

async function otherKey({ kind }: PrivateKey): Promise<PrivateKey> {
  const { PrivateKey: Key } = await import('@countersign/core/private-key');
  return Key.generate(kind);
}
