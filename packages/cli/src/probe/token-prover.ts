import { headerValue, headerValues } from '@countersign/core/message';
import type { EventToken, TokenKey } from '@countersign/server/ready-events';
import { withHeaders } from '../requests/signed-message.ts';
import type { Prover } from './prover.ts';

/** How long a token holds, in seconds, and how far clocks may be apart. */
const lifetimeSeconds = 5 * 60;
const toleranceSeconds = 60;

/** Proves by a token, which covers nothing of the request; jose's strict verification is the reference. */
export function tokenProver(token: EventToken, audience: string, key: TokenKey): Prover {
  return {
    id: token.id,
    proofHeader: 'authorization',
    proofParameter: undefined,
    signatureOf: ({ headers }) => headerValue(headers, 'authorization')?.split('.')[2],
    prove: async (unsigned, at) =>
      withHeaders(unsigned, [['Authorization', await token.authorization(audience, at, key)]]),
    async judge(message, now) {
      const [value, second] = headerValues(message.headers, 'authorization');
      const found = /^Bearer +(\S+)$/i.exec(value ?? '')?.[1];
      if (found === undefined || second !== undefined) return false;
      const { importJWK, jwtVerify } = await import('jose');
      try {
        await jwtVerify(
          found,
          await importJWK({ kty: key.kty, n: key['n'] as string, e: key['e'] as string }, 'RS256'),
          {
            algorithms: ['RS256'],
            issuer: token.issuer,
            audience,
            currentDate: now,
            clockTolerance: toleranceSeconds,
            requiredClaims: ['exp'],
          },
        );
        return true;
      } catch {
        return false;
      }
    },
    coveredHeaders: () => [],
    tellsRepeats: false,
    freshSeconds: lifetimeSeconds + toleranceSeconds,
    toldApartBy: 'body',
    by: { kind: 'token', token, audience, key },
  };
}
