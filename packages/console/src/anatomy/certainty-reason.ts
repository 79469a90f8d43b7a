import type { Certainty, Verdict } from '@countersign/core/diagnose';

/** Why a mistake is as sure as it is, beside this verdict. */
export function reasonOf(certainty: Certainty, verdict: Verdict): string {
  if (certainty === 'certain') return 'The request itself shows it; nothing had to be computed.';
  if (certainty === 'likely') return 'The request suggests it; nothing proves it.';
  return verdict === 'unexplained'
    ? 'Hashing this way gives exactly the content hash that was sent. The signature is not explained by it.'
    : 'Signing this way gives exactly the signature that was received.';
}

/** The same of a mistake in what the user's own code makes of a request. */
export function reasonInOwnString(certainty: Certainty): string {
  return certainty === 'proven' ? 'Doing this gives exactly yours.' : 'The string suggests it; nothing proves it.';
}
