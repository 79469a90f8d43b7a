import type { RefusalCode } from '@countersign/core/errors';
import { acsError, AcsError } from '../protocol/errors.ts';

/** The parts of Communication Services, which refuse requests in different words. */
export type AcsService = 'calling' | 'resource';

/** What a request whose authentication fails is answered. */
interface RefusalAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const hmacValidation = { status: 401, code: '7509', message: 'HMAC-SHA256 validation failed' } as const;
/** Users report the text alone, for an Authorization header of another grammar (`Credential=…`); the status is assumed. */
const invalidHeader = { status: 400, code: 'BadRequest', message: 'invalid header parameter' } as const;
const denied = { status: 401, code: 'Denied', message: 'Denied by the resource provider.' } as const;
const differingHash = {
  ...denied,
  message: "Request 'x-ms-content-sha256' differs from generated content hash.",
} as const;

/**
 * The answers to refused authentication, by service and by what core's `verify` found. Call Automation is `calling`;
 * identities and SMS are `resource`. `docs/acs-assumptions.md` says how sure each is.
 */
const refusalAnswers: Readonly<Record<AcsService, Readonly<Record<RefusalCode, RefusalAnswer>>>> = {
  calling: {
    'authorization/missing': { status: 401, code: 'Unauthorized', message: '' },
    'authorization/duplicate': invalidHeader,
    'authorization/malformed': invalidHeader,
    'authorization/signed-headers': hmacValidation,
    'key/unknown': hmacValidation,
    'date/missing': hmacValidation,
    'date/duplicate': hmacValidation,
    'date/malformed': hmacValidation,
    'date/expired': hmacValidation,
    'date/future': hmacValidation,
    'header/missing': hmacValidation,
    'header/duplicate': hmacValidation,
    'header/malformed': hmacValidation,
    'method/malformed': hmacValidation,
    'target/malformed': hmacValidation,
    'body/malformed': hmacValidation,
    'token/malformed': hmacValidation,
    'token/algorithm': hmacValidation,
    'token/claim': hmacValidation,
    'url-hash/missing': hmacValidation,
    'url-hash/mismatch': hmacValidation,
    'content-hash/missing': hmacValidation,
    'content-hash/mismatch': hmacValidation,
    'signature/malformed': hmacValidation,
    'signature/mismatch': hmacValidation,
  },
  resource: {
    'authorization/missing': { status: 401, code: 'Unauthorized', message: '' },
    'authorization/duplicate': denied,
    'authorization/malformed': denied,
    'authorization/signed-headers': denied,
    'key/unknown': denied,
    'date/missing': denied,
    'date/duplicate': denied,
    'date/malformed': denied,
    'date/expired': denied,
    'date/future': denied,
    'header/missing': denied,
    'header/duplicate': denied,
    'header/malformed': denied,
    'method/malformed': denied,
    'target/malformed': denied,
    'body/malformed': denied,
    'token/malformed': denied,
    'token/algorithm': denied,
    'token/claim': denied,
    'url-hash/missing': denied,
    'url-hash/mismatch': denied,
    'content-hash/missing': differingHash,
    'content-hash/mismatch': differingHash,
    'signature/malformed': denied,
    'signature/mismatch': denied,
  },
};

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
