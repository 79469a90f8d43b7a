import { readClaims } from '@countersign/core/claims';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { dateSignedAt, nonceHeader, signedMessage } from '../requests/signed-message.ts';
import type { Prover } from './prover.ts';

/** Proves by a scheme; core's own strict verification is the reference. */
export function schemeProver(scheme: Scheme, credential: Credential): Prover {
  return {
    id: scheme.id,
    proofHeader: scheme.authorization.header,
    proofParameter: scheme.authorization.parameter,
    signatureOf(message) {
      const read = readClaims(scheme, message);
      return read.ok ? read.claims.signature : undefined;
    },
    prove: async (unsigned, at) => signedMessage(scheme, credential, unsigned, { date: dateSignedAt(scheme, at) }),
    judge: async (message, now) => verify(scheme, credential, message, { now }).ok,
    coveredHeaders(message, now) {
      const verification = verify(scheme, credential, message, { now });
      return verification.ok ? verification.coveredHeaders : [];
    },
    tellsRepeats: true,
    freshSeconds: scheme.date?.toleranceSeconds,
    toldApartBy: difference(scheme),
    by: {
      kind: 'scheme',
      scheme,
      credential,
      sign: (unsigned, other, at) => signedMessage(scheme, other, unsigned, { date: dateSignedAt(scheme, at) }),
    },
  };
}

function difference(scheme: Scheme): Prover['toldApartBy'] {
  if (nonceHeader(scheme) !== undefined || scheme.components?.nonceLength !== undefined) return 'nonce';
  // A token's nonce is made anew whenever it is signed.
  if (scheme.parts.some(({ source }) => source.from === 'token-claims' && source.nonce !== undefined)) return 'nonce';
  if (!scheme.date) return 'body';
  return ['iso8601', 'epoch-milliseconds'].includes(scheme.date.format) ? 'milliseconds' : 'seconds';
}
