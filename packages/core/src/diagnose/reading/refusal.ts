import { CountersignError, type RefusalCode } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { Scheme } from '../../scheme.ts';
import { Secret } from '../../secret.ts';
import { verify, type Verification } from '../../verify.ts';
import { secretText } from '../text/secret-text.ts';
import type { Evidence } from './evidence.ts';

/** Why verification refuses a request. */
export interface Refused {
  readonly code: RefusalCode;
  readonly summary: string;
}

/**
 * What verification says of a request, however old it is; `undefined` where it cannot be asked: it needs the body, and a
 * secret that the scheme can decode. Which key the request names is not asked here.
 */
export function verdictOf(evidence: Evidence): Verification | undefined {
  const { scheme, credential, authorization } = evidence;
  // Of a scheme whose requests name their key one without a name verifies nothing.
  const keyId = authorization?.fields.keyId ?? credential.keyId ?? 'unnamed';
  try {
    const secret =
      typeof credential.secret === 'string'
        ? new Secret(secretText(credential.secret), scheme.key.encoding)
        : credential.secret;
    return verify(asVerified(scheme), { secret, keyId }, withHost(evidence), { toleranceSeconds: Infinity });
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

/** A host that was taken for the one that a paste lacks is judged like one that was sent. */
function withHost({ message, host, isHostAssumed }: Evidence): Message {
  if (!isHostAssumed || host === undefined) return message;
  return { ...message, headers: [['Host', host], ...message.headers] };
}

/** Where a digest among the declared components makes a content hash for the diagnosis, verification reads the field itself. */
function asVerified(scheme: Scheme): Scheme {
  if (!scheme.components) return scheme;
  const { contentHash, ...asDefined } = scheme;
  return contentHash ? asDefined : scheme;
}

/** Why verification refuses a request; `undefined` where it accepts it, or cannot be asked. */
export function refusalOf(evidence: Evidence): Refused | undefined {
  const verdict = verdictOf(evidence);
  return verdict === undefined || verdict.ok ? undefined : { code: verdict.code, summary: verdict.summary };
}
