import { prepareMac } from '#digest';
import { headerValue } from '../message.ts';
import { classOf, type Step } from './candidates.ts';
import type { DiagnosisNote, MistakeId } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { RightKey } from './key-candidates.ts';
import { placeIn } from './explain.ts';
import { joinLayout } from './layout.ts';
import type { MistakeClass } from './mistake-class.ts';
import { matchesReading, type DigestReading } from './received-signature.ts';
import { bytesOf, firstDifference, textOf, visible } from './visible.ts';

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
    const mistake = proven ? undefined : classOf('key/other', classes);
    const summary = 'Your string to sign is the verifier’s, byte for byte: the string is right, so the key is not.';
    const step = (found: MistakeClass): Step => ({
      mistake: found,
      detail: 'your string to sign is right byte for byte, and this key does not give that signature',
      part: 'key',
      yours: 'another key',
      expected: key.bytes,
    });
    return { proven, steps: mistake ? [step(mistake)] : [], note: { id: 'key/other', summary } };
  }
  const place = placeIn(evidence.layout, offset);
  const around = (bytes: Uint8Array): string =>
    visible(textOf(bytes.subarray(offset, offset + 40)) ?? bytes.subarray(offset, offset + 40));
  const summary = `Your string to sign departs from the verifier’s at byte ${offset} (${place.part}, byte ${place.offset}): yours goes on "${around(yours)}", expected is "${around(expected)}".`;
  const mistake = classOf(classByPart(place.part, evidence), classes) ?? classOf('layout/part-missing', classes);
  const steps: Step[] =
    mistake && proven
      ? [
          {
            mistake,
            detail: `it departs at byte ${place.offset} of the ${place.part}`,
            part: 'string-to-sign',
            yours,
            expected,
          },
        ]
      : [];
  return { proven, steps, note: { id: 'string-to-sign', summary } };
}

function statedString({ options, message }: Evidence): string | Uint8Array | undefined {
  if (options.yourStringToSign !== undefined) return options.yourStringToSign;
  const header = headerValue(message.headers, statedHeader);
  if (header === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(header) || header.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
}

/** The class that is spoken of when a part differs and no known mistake explains how. */
function classByPart(part: string, { layout }: Evidence): MistakeId {
  const source = layout.find(({ name }) => name === part)?.source;
  switch (source?.from) {
    case 'method':
      return 'method/other';
    case 'target':
      return 'url/path';
    case 'host':
      return 'url/host';
    case 'header':
      return source.header === 'content-type' ? 'header/content-type' : 'header/changed-in-transit';
    case 'content-hash':
      return 'content-hash/mismatch';
    case 'date':
      return 'date/not-the-one-sent';
    case 'body':
      return 'body/part-only';
    default:
      return 'layout/part-missing';
  }
}
