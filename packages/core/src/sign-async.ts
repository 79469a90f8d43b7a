import { bytesOf } from './canonical/byte-encoding.ts';
import { checkPrivateKey } from './check-key.ts';
import type { PrivateKeyCredential } from './keys/private-key.ts';
import { writeSignature } from './keys/signature-text.ts';
import type { Message } from './message.ts';
import { keyKindOf, type PublicKeyScheme } from './public-key-scheme.ts';
import { toSign, type Signature, type SignOptions } from './to-sign.ts';

/**
 * Signs a message with a private key: what a provider does with its own, and tests with one of theirs. ECDSA signatures are
 * another each time.
 *
 * @throws as `sign` does, all as a rejection; and CountersignError `key/kind` when the key is of another kind than the
 * scheme's, `key/unsupported` when the WebCrypto of the runtime does not know such keys
 */
export async function signAsync(
  scheme: PublicKeyScheme,
  credential: PrivateKeyCredential,
  message: Message,
  options: SignOptions = {},
): Promise<Signature> {
  checkPrivateKey(scheme, credential);
  const { text, carry } = toSign(scheme, credential.keyId, message, options);
  const signature = await credential.privateKey.make(scheme.publicKey.algorithm, bytesOf(text));
  return carry(writeSignature(keyKindOf(scheme), scheme.publicKey, signature));
}
