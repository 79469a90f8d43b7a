import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

/** The schemes in which requests to the server are signed. */
export const signedSchemes: readonly Scheme[] = [acsHmac, sinchApplication];
