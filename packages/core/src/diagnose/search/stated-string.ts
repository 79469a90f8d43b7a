import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import type { DiagnosisNote } from '../diagnosis.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout } from '../reading/layout.ts';
import { placeIn } from '../reading/place.ts';
import type { DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import { statedText, statedTexts, type StatedEdit, type StatedText } from '../reading/stated-text.ts';
import { firstDifference, sameBytesKey } from '../text/visible.ts';
import { speakerOf } from './candidates.ts';
import { rightCandidate, type KeyCandidate } from './key-candidates.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { MoveLists } from './move-lists.ts';
import { onwards } from './open-departures.ts';
import { SignatureProbe } from './signature-probe.ts';
import type { Solution } from './solutions.ts';
import { DepartureSearch, type Departures } from './string-departures.ts';

/** What the string tells that somebody's own code made. */
export interface StatedString {
  /** As the code made it, before the file that it was brought in. */
  readonly text: Data;
  /** Whether it is the right one, byte for byte. */
  readonly equal: boolean;
  /** What was done to it where it is not. */
  readonly steps: readonly Step[];
  /** How the received signature came about, where it was made of this string. */
  readonly proof: Solution | undefined;
  /** What the file of the string has that the string has not, and where the two strings part if no step says it. */
  readonly notes: readonly DiagnosisNote[];
}

/**
 * Compares the string that the signer or the receiver made with the right one. A wrong key and a wrong string look the
 * same in a signature; with this they do not. It is tried with every reading of the key and every spelling of the digest.
 */
export function compareStatedString(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  moves: MoveLists,
  key: RightKey,
  readings: readonly DigestReading[],
): StatedString | undefined {
  const given = statedText(evidence);
  if (given === undefined) return undefined;
  const texts = [...statedTexts(given)];
  const signed = signedText(texts, key, moves, readings, evidence);
  const search = new DepartureSearch(evidence, classes, moves);
  const { text, edit, departures } = signed
    ? { ...signed.text, departures: proven(search.find(signed.text.text, true)) }
    : likeliest(texts, search);
  const equal = sameBytesKey(text) === sameBytesKey(joinLayout(evidence.layout));
  const { steps } = departures;
  const proof = signed && {
    steps: [...signed.key.steps, ...steps],
    reading: signed.reading,
    cost: signed.key.cost + steps.length,
  };
  const notes = [
    ...(edit === undefined ? [] : [editNote(edit, equal && !signed)]),
    ...(equal || departures.isNamed ? [] : [differenceNote(text, evidence)]),
  ];
  return { text, equal, steps, proof, notes };
}

/** The string is right, and the signature is not: another key was used. */
export function rightStringSteps(evidence: Evidence, classes: readonly MistakeClass[], key: RightKey): Step[] {
  const speaker = speakerOf({ kind: 'right string' }, evidence, classes);
  return speaker ? [{ ...speaker, part: 'key', yours: 'another key', expected: key.bytes, certainty: 'likely' }] : [];
}

interface SignedText {
  readonly text: StatedText;
  readonly key: KeyCandidate;
  readonly reading: DigestReading;
}

/**
 * The text and the key that give the signature: the right key with every text first. A right signature was not made of
 * this string, whatever the string is.
 */
function signedText(
  texts: readonly StatedText[],
  right: RightKey,
  moves: MoveLists,
  readings: readonly DigestReading[],
  { budget, layout }: Evidence,
): SignedText | undefined {
  const probe = new SignatureProbe(readings, budget);
  const own = rightCandidate(right);
  if (readings.length === 0 || probe.recompute(own, joinLayout(layout))) return undefined;
  for (const text of texts) {
    const reading = probe.recompute(own, text.text);
    if (reading) return { text, key: own, reading };
  }
  for (const key of moves.eachKey()) {
    for (const text of texts) {
      const reading = probe.test(key, text.text);
      if (reading) return { text, key, reading };
    }
  }
  return undefined;
}

/** Where no signature tells, the text with the fewest departures; the line ends are taken for the program's own. */
function likeliest(
  texts: readonly StatedText[],
  search: DepartureSearch,
): StatedText & { readonly departures: Departures } {
  const likely = texts.filter(({ edit }) => edit !== 'line ends');
  // What stands at its end is seen through where more than that is to be told.
  const found = likely.map((one) => ({ ...one, departures: search.find(one.text, one === likely.at(-1)) }));
  const weight = ({ departures: { steps, isNamed } }: (typeof found)[number]): number =>
    steps.length + (isNamed ? 0 : 100);
  return found.reduce((best, one) => (weight(one) < weight(best) ? one : best));
}

/** A signature that belongs to the string makes a fact of what is else the likeliest reading of it. */
function proven({ steps, isNamed }: Departures): Departures {
  const sure = ({ mistake, detail, part, yours, expected }: Step): Step => ({ mistake, detail, part, yours, expected });
  return { steps: steps.map(sure), isNamed };
}

const edits: Readonly<Record<StatedEdit, string>> = {
  'line break added': 'a line break stands at its end',
  'UTF-16': 'it is UTF-16, as Windows PowerShell writes files',
  'byte order mark': 'a byte order mark stands before it',
  'line ends': 'its line ends are CRLF',
};

function editNote(edit: StatedEdit, isOnlyDifference: boolean): DiagnosisNote {
  const doubt = isOnlyDifference
    ? ' Apart from that it is the right string. If your code makes that itself, it is the mistake.'
    : '';
  return {
    id: 'input/edited',
    summary: `The file of your string is not the string itself: ${edits[edit]}, and it was judged without that.${doubt}`,
  };
}

function differenceNote(text: Data, { layout }: Evidence): DiagnosisNote {
  const [yours, expected] = [bytesOf(text), bytesOf(joinLayout(layout))];
  const offset = firstDifference(yours, expected);
  const place = placeIn(layout, offset);
  return {
    id: 'string-to-sign',
    summary: `Your string to sign departs from the verifier’s at byte ${offset} (${place.part}, byte ${place.offset}): yours goes on "${onwards(yours, offset)}", expected is "${onwards(expected, offset)}".`,
  };
}
