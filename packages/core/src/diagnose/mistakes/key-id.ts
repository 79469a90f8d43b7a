import { ownSignedHeaders } from '../reading/own-signed-headers.ts';
import { authorizationFixes } from '../fixes/authorization.ts';
import type { Evidence } from '../reading/evidence.ts';
import { sameKeyId } from '../reading/key-id.ts';
import type { Finding, MistakeClass, Step } from '../search/mistake-class.ts';
import { secretText } from '../text/secret-text.ts';
import { visible } from '../text/visible.ts';
import { keyOther } from './key-other.ts';

interface Named {
  readonly kind: 'spelled otherwise' | 'another';
  readonly named: string;
  readonly own: string;
}

/** The signature fits the secret, and the request names the key of another one, or this one in another spelling. */
export const keyId: MistakeClass<Named> = {
  id: 'key/id',
  rank: 99,
  needs: 'nothing',
  besideProof: namedOtherwise,
  say: ({ kind, named, own }, { evidence }) => {
    const { header } = evidence.scheme.authorization;
    return kind === 'another'
      ? `The signature was made with this secret; only the name of the key is another one: ${header} names "${visible(named)}", and the secret belongs to "${own}". Name that key; the secret need not be replaced.`
      : `The signature was made with this secret; only the name of the key is spelled otherwise: ${header} names "${visible(named)}", and the key is called "${own}". Write it in exactly that way; the secret need not be replaced.`;
  },
  fixes: (evidence, { own }) => authorizationFixes(evidence.scheme, ownSignedHeaders(evidence), own),
};

function namedOtherwise(evidence: Evidence, steps: readonly Step[]): Finding<Named> | undefined {
  const named = evidence.authorization?.fields.keyId;
  const own = idOfKey(evidence, steps);
  if (named === undefined || own === undefined || named === own) return undefined;
  const kind = sameKeyId(named, own) ? 'spelled otherwise' : 'another';
  return { detail: { kind, named, own }, part: 'authorization', yours: named, expected: own };
}

/** The id of the key that made the signature: of the one given, or of the further one that was used instead. */
function idOfKey({ credential, options }: Evidence, steps: readonly Step[]): string | undefined {
  const other = steps.find(({ mistake }) => mistake === keyOther);
  if (!other) return credential.keyId;
  return options.alsoSecrets?.find(({ secret }) => secretText(secret) === other.yours)?.keyId;
}
