import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret, type Credential } from '@countersign/core/secret';
import type { ServerState } from '@countersign/server/control/views/state-view';

/** What signs for the development account, whose keys are public and which the server tells. */
export interface Signer {
  readonly scheme: Scheme;
  readonly credential: Credential;
}

/** The development account's signer of a scheme; `undefined` when the server does not have that account. */
export function developmentSigner(schemeId: string, { providers }: ServerState): Signer | undefined {
  const scheme = schemes.find(({ id }) => id === schemeId);
  const signing = providers.map(({ development }) => development?.signing).find((one) => one?.scheme === schemeId);
  if (!scheme || !signing) return undefined;
  const secret = new Secret(signing.secret, scheme.key.encoding);
  return { scheme, credential: { secret, ...(signing.keyId !== undefined && { keyId: signing.keyId }) } };
}
