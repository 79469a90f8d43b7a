import { encodeBytes } from '../canonical/byte-encoding.ts';
import { classOf, type Step } from './candidates.ts';
import type { MistakeId } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { MistakeClass } from './mistake-class.ts';
import type { DigestReading } from './received-signature.ts';

/** Steps for a signature that is written in another encoding, made with another function, or cut. */
export function writtenSteps(reading: DigestReading, evidence: Evidence, classes: readonly MistakeClass[]): Step[] {
  const { scheme, authorization, options } = evidence;
  const { mac } = scheme;
  const received = authorization?.fields.signature ?? '';
  const steps: Step[] = [];
  const expected = (): string => {
    if (reading.extent !== 'whole' || reading.algorithm !== mac.algorithm) return `${mac.algorithm} in ${mac.encoding}`;
    const text = encodeBytes(fromBase64(reading.base64), mac.encoding);
    return options.revealExpected ? text : `${text.slice(0, 6)}…`;
  };
  const add = (id: MistakeId, detail: string): void => {
    const mistake = classOf(id, classes);
    if (mistake) steps.push({ mistake, detail, part: 'signature', yours: received, expected: expected() });
  };
  if (reading.extent !== 'whole') {
    add(
      'header/authorization-syntax',
      reading.extent === 'start'
        ? `the signature is cut after ${received.length} characters`
        : `the beginning of the signature is cut off (${received.length} characters are left)`,
    );
  } else if (reading.encoding !== mac.encoding) {
    add('digest/encoding', reading.encoding === 'hex' ? 'hexadecimal' : reading.encoding);
  }
  if (reading.algorithm !== mac.algorithm) add('digest/algorithm', reading.algorithm);
  return steps;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
