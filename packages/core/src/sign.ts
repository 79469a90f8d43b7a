import { checkCredential } from './check-credential.ts';
import type { Message } from './message.ts';
import { writers } from './places/writers.ts';
import type { Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { toSign, type Signature, type SignOptions } from './to-sign.ts';

export type { Signature, SignOptions } from './to-sign.ts';

/**
 * Signs a message.
 *
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and the credential has no id;
 * `key/id-malformed` when no request could carry that id; `header/missing` when a header that is signed is not in the
 * message (ACS signs `Host`); `date/malformed` when the date is invalid or its text is not in the scheme's format;
 * `date/header` when `dateHeader` is not one of the scheme's; `header/further` when the scheme cannot sign
 * `furtherHeaders`; `header/malformed`, `method/malformed` and `target/malformed` when a signed value could be read in two
 * ways (it holds a line break, or what its part `excludes`); `content-hash/algorithm` and `body/streamed` when the body is
 * a digest that this scheme cannot use
 * @throws TypeError when the credential has no `Secret`, or the body is neither bytes nor a digest of `contentHasher`
 */
export function sign(scheme: Scheme, credential: Credential, message: Message, options: SignOptions = {}): Signature {
  checkCredential(scheme, credential);
  const mac = writers.mac(scheme, credential);
  const signing = toSign(scheme, credential.keyId, message, options, mac);
  return signing.carry(credential.secret.mac(mac.algorithm).text(signing.text, mac.encoding));
}
