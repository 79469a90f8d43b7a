import { prepareMac } from '#digest';
import { bytesOf } from '../../canonical/byte-encoding.ts';
import { headerValue } from '../../message.ts';
import { rowOf } from '../../parts/sources.ts';
import { speakerOf } from './candidates.ts';
import type { DiagnosisNote } from '../diagnosis.ts';
import type { Departure } from './departure.ts';
import type { Evidence } from '../reading/evidence.ts';
import { placeIn } from '../reading/place.ts';
import { joinLayout } from '../reading/layout.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import { matchesReading, type DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import { opening } from '../text/brief.ts';
import { characterStart, firstDifference, visible } from '../text/visible.ts';

const shownCharacters = 40;

/** What the signer's own string to sign tells. */
export interface StatedString {
  /** True when the stated string and the key given reproduce the signature: the string is what was signed. */
  readonly proven: boolean;
  readonly steps: readonly Step[];
  readonly note: DiagnosisNote;
}

/** The header in which the ACS SDK for Java sends its string to sign. */
const statedHeader = 'x-ms-hmac-string-to-sign-base64';

/**
 * Compares the string that the signer says it signed with the verifier's. A wrong key and a wrong string look the same in
 * a signature; with this they do not.
 */
export function compareStatedString(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  key: RightKey,
  readings: readonly DigestReading[],
): StatedString | undefined {
  const stated = statedString(evidence);
  if (stated === undefined) return undefined;
  const own = joinLayout(evidence.layout);
  const yours = bytesOf(stated);
  const expected = bytesOf(own);
  const offset = firstDifference(yours, expected);
  const equal = yours.length === expected.length && offset === expected.length;
  const proven = readings.some((reading) =>
    matchesReading(reading, prepareMac(reading.algorithm, key.bytes).text(yours, 'base64')),
  );
  if (equal) {
    const speaker = speakerOf({ kind: 'right string' }, evidence, classes);
    if (!speaker) return undefined;
    const summary = 'Your string to sign is the verifier’s, byte for byte: the string is right, so the key is not.';
    const step: Step = { ...speaker, part: 'key', yours: 'another key', expected: key.bytes, certainty: 'likely' };
    return { proven, steps: proven ? [] : [step], note: { id: speaker.mistake.id, summary } };
  }
  const place = placeIn(evidence.layout, offset);
  const [mine, theirs] = [onwards(yours, offset), onwards(expected, offset)];
  const summary = `Your string to sign departs from the verifier’s at byte ${offset} (${place.part}, byte ${place.offset}): yours goes on "${mine}", expected is "${theirs}".`;
  const departure: Departure = {
    kind: 'departure',
    ...place,
    ...coveredBy(place.part, evidence),
    yours: mine,
    expected: theirs,
  };
  const speaker = speakerOf(departure, evidence, classes);
  const steps: Step[] = speaker && proven ? [{ ...speaker, part: 'string-to-sign', yours, expected }] : [];
  return { proven, steps, note: { id: 'string-to-sign', summary } };
}

/** What a part signs, and its header. */
function coveredBy(part: string, { layout, scheme, date }: Evidence): Pick<Departure, 'subject' | 'header'> {
  const source = layout.find(({ name }) => name === part)?.source;
  if (source === undefined) return { subject: undefined, header: undefined };
  const row = rowOf(source);
  return { subject: row.signs(source)[0], header: row.headerOf?.(source, scheme, date?.header) };
}

/** How a string goes on from a byte, as people can read it. */
function onwards(bytes: Uint8Array, offset: number): string {
  const [from, to] = [characterStart(bytes, offset), characterStart(bytes, offset + 4 * shownCharacters)];
  return opening(visible(bytes.subarray(from, to)).replaceAll('·', ' '), shownCharacters);
}

function statedString({ options, message }: Evidence): string | Uint8Array | undefined {
  if (options.yourStringToSign !== undefined) return options.yourStringToSign;
  const header = headerValue(message.headers, statedHeader);
  if (header === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(header) || header.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
}
