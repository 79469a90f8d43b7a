import { parseConnectionString, acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Scheme } from '@countersign/core/scheme';
import { Secret, type Credential } from '@countersign/core/secret';
import type { ServerState } from '@countersign/server/control/views/state-view';

/** What signs for the development account, whose keys are public and which the server tells. */
export interface Signer {
  readonly scheme: Scheme;
  readonly credential: Credential;
}

/** The development account's signer of a scheme; `undefined` when the server does not have that account. */
export function developmentSigner(schemeId: string, { environment }: ServerState): Signer | undefined {
  if (!environment) return undefined;
  if (schemeId === acsHmac.id) {
    const text = environment['COMMUNICATION_SERVICES_CONNECTION_STRING'];
    return text === undefined
      ? undefined
      : { scheme: acsHmac, credential: { secret: parseConnectionString(text).secret } };
  }
  const keyId = environment['SINCH_APPLICATION_KEY'];
  const secret = environment['SINCH_APPLICATION_SECRET'];
  if (schemeId !== sinchApplication.id || keyId === undefined || secret === undefined) return undefined;
  return {
    scheme: sinchApplication,
    credential: { keyId, secret: new Secret(secret, sinchApplication.key.encoding) },
  };
}
