import type { RefusalCode } from '@countersign/core/errors';
import { acsError, AcsError } from '../protocol/errors.ts';

/** The parts of Communication Services, which refuse requests in different words. */
export type AcsService = 'calling' | 'resource';

/**
 * How sure an answer is. `documented`: Microsoft's documentation. `observed`: in reports of users. `assumed`: published
 * nowhere that we know of; chosen here.
 */
export type Certainty = 'documented' | 'observed' | 'assumed';

/** What a request whose authentication fails is answered. */
export interface RefusalAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly certainty: Certainty;
}

const hmacValidation = { status: 401, code: '7509', message: 'HMAC-SHA256 validation failed' } as const;
const denied = { status: 401, code: 'Denied', message: 'Denied by the resource provider.' } as const;

/**
 * The answers to refused authentication, by service and by what core's `verify` found. Call Automation is `calling`;
 * identities and SMS are `resource`.
 */
export const refusalAnswers: Readonly<Record<AcsService, Readonly<Record<RefusalCode, RefusalAnswer>>>> = {
  calling: {
    'authorization/missing': { status: 401, code: 'Unauthorized', message: '', certainty: 'assumed' },
    'authorization/duplicate': { ...invalidHeader(), certainty: 'assumed' },
    'authorization/malformed': { ...invalidHeader(), certainty: 'assumed' },
    'authorization/signed-headers': { ...hmacValidation, certainty: 'assumed' },
    'key/unknown': { ...hmacValidation, certainty: 'assumed' },
    'date/missing': { ...hmacValidation, certainty: 'assumed' },
    'date/duplicate': { ...hmacValidation, certainty: 'assumed' },
    'date/malformed': { ...hmacValidation, certainty: 'assumed' },
    'date/expired': { ...hmacValidation, certainty: 'assumed' },
    'date/future': { ...hmacValidation, certainty: 'assumed' },
    'header/missing': { ...hmacValidation, certainty: 'assumed' },
    'header/duplicate': { ...hmacValidation, certainty: 'assumed' },
    'header/malformed': { ...hmacValidation, certainty: 'assumed' },
    'method/malformed': { ...hmacValidation, certainty: 'assumed' },
    'target/malformed': { ...hmacValidation, certainty: 'assumed' },
    'body/malformed': { ...hmacValidation, certainty: 'assumed' },
    'token/malformed': { ...hmacValidation, certainty: 'assumed' },
    'token/algorithm': { ...hmacValidation, certainty: 'assumed' },
    'token/claim': { ...hmacValidation, certainty: 'assumed' },
    'url-hash/missing': { ...hmacValidation, certainty: 'assumed' },
    'url-hash/mismatch': { ...hmacValidation, certainty: 'assumed' },
    'content-hash/missing': { ...hmacValidation, certainty: 'assumed' },
    'content-hash/mismatch': { ...hmacValidation, certainty: 'observed' },
    'signature/malformed': { ...hmacValidation, certainty: 'assumed' },
    'signature/mismatch': { ...hmacValidation, certainty: 'documented' },
  },
  resource: {
    'authorization/missing': { status: 401, code: 'Unauthorized', message: '', certainty: 'assumed' },
    'authorization/duplicate': { ...denied, certainty: 'assumed' },
    'authorization/malformed': { ...denied, certainty: 'assumed' },
    'authorization/signed-headers': { ...denied, certainty: 'assumed' },
    'key/unknown': { ...denied, certainty: 'observed' },
    'date/missing': { ...denied, certainty: 'assumed' },
    'date/duplicate': { ...denied, certainty: 'assumed' },
    'date/malformed': { ...denied, certainty: 'assumed' },
    'date/expired': { ...denied, certainty: 'assumed' },
    'date/future': { ...denied, certainty: 'assumed' },
    'header/missing': { ...denied, certainty: 'assumed' },
    'header/duplicate': { ...denied, certainty: 'assumed' },
    'header/malformed': { ...denied, certainty: 'assumed' },
    'method/malformed': { ...denied, certainty: 'assumed' },
    'target/malformed': { ...denied, certainty: 'assumed' },
    'body/malformed': { ...denied, certainty: 'assumed' },
    'token/malformed': { ...denied, certainty: 'assumed' },
    'token/algorithm': { ...denied, certainty: 'assumed' },
    'token/claim': { ...denied, certainty: 'assumed' },
    'url-hash/missing': { ...denied, certainty: 'assumed' },
    'url-hash/mismatch': { ...denied, certainty: 'assumed' },
    'content-hash/missing': { ...differingHash(), certainty: 'assumed' },
    'content-hash/mismatch': { ...differingHash(), certainty: 'observed' },
    'signature/malformed': { ...denied, certainty: 'assumed' },
    'signature/mismatch': { ...denied, certainty: 'observed' },
  },
};

/** Users report the text alone, for an Authorization header of another grammar (`Credential=…`); the status is assumed. */
function invalidHeader(): { status: number; code: string; message: string } {
  return { status: 400, code: 'BadRequest', message: 'invalid header parameter' };
}

function differingHash(): { status: number; code: string; message: string } {
  return { ...denied, message: "Request 'x-ms-content-sha256' differs from generated content hash." };
}

/** The error for a request that `service` refuses. */
export function refusedAuthentication(service: AcsService, code: RefusalCode): AcsError {
  const { status, code: subcode, message } = refusalAnswers[service][code];
  return new AcsError(status, { error: { code: subcode, message } });
}

/** The error for a bearer token that is not accepted. */
export function refusedToken(service: AcsService): AcsError {
  if (service === 'calling') return acsError('invalid-token');
  return new AcsError(401, { error: { code: 'Unauthorized', message: '' } });
}
