import { hashOf } from '../../digest/algorithms.ts';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import { speakersOf } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { DigestReading } from '../reading/received-signature.ts';

/** Steps for a signature that is written in another encoding, made with another function, or cut. */
export function writtenSteps(
  reading: DigestReading,
  evidence: Evidence,
  classes: readonly MistakeClass[],
  yours = evidence.authorization?.fields.signature ?? '',
): Step[] {
  const { scheme, options } = evidence;
  const { mac } = scheme;
  const expected = (): string => {
    if (reading.extent !== 'whole' || reading.algorithm !== hashOf(mac.algorithm))
      return `${mac.algorithm} in ${mac.encoding}`;
    const text = encodeBytes(fromBase64(reading.base64), mac.encoding);
    return options.revealExpected ? text : `${text.slice(0, 6)}…`;
  };
  return speakersOf({ kind: 'signature', reading }, evidence, classes).map((speaker) => ({
    ...speaker,
    part: 'signature',
    yours,
    expected: expected(),
  }));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
