import { bytesOf } from './canonical/byte-encoding.ts';
import type { Message } from './message.ts';
import type { SignedValues } from './parts/source.ts';
import { joinParts, signedParts } from './parts/string-to-sign.ts';
import type { PartSource, RequestRules } from './request-rules.ts';

/** What a request says about its own signature. */
export interface Claims {
  readonly signature: string;
  readonly keyId?: string | undefined;
  /** The signed-headers list as declared. */
  readonly signedHeaders?: string | undefined;
  /** The text of the signed date. */
  readonly date?: string;
}

/** A part of the string to sign, as shown to people. */
export interface TracePart {
  readonly name: string;
  readonly source: PartSource;
  readonly before: string;
  /** The part's bytes. */
  readonly bytes: Uint8Array;
  readonly after: string;
}

/**
 * Everything that led to a signature. Holds no key. `expected` is whole where the caller signs, and cut to six
 * characters where a received signature was compared, because a verifier that prints it is an oracle.
 */
export interface SigningTrace {
  readonly scheme: string;
  readonly claims: Claims;
  readonly parts: readonly TracePart[];
  readonly stringToSign: Uint8Array;
  readonly expected?: string;
  readonly received?: string;
}

/** Collects a trace. @internal */
export function signingTrace(
  scheme: RequestRules,
  message: Message,
  values: SignedValues,
  told: Pick<SigningTrace, 'claims' | 'expected' | 'received'>,
): SigningTrace {
  const parts = signedParts(scheme, message, values);
  return {
    scheme: scheme.id,
    ...told,
    parts: parts.map(({ rule, value }) => ({ before: '', ...rule, bytes: bytesOf(value) })),
    stringToSign: joinParts(parts),
  };
}
