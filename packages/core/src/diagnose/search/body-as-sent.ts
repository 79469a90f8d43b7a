import { hash } from '#digest';
import { bytesOf, encodeBase64 } from '../../canonical/byte-encoding.ts';
import type { Step } from './mistake-class.ts';
import { rightCandidate } from './key-candidates.ts';
import { SignatureProbe } from './signature-probe.ts';
import { announcesBody, type BodyOrigin } from '../reading/body-origin.ts';
import { jsonOf, readEvidence, type Evidence } from '../reading/evidence.ts';
import {
  behindEdits,
  endEdits,
  lostLineBreak,
  pasteEdits,
  writingEdits,
  type FileBody,
  type FileEdit,
} from '../reading/file-edits.ts';
import { joinLayout } from '../reading/layout.ts';
import { digestReadings, type DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import { textOf } from '../text/visible.ts';

/** The body that was sent, where the file holds another. */
export interface SentBody {
  readonly body: Uint8Array;
  /** What was done to it; empty where it is no edit that has a name. */
  readonly edits: readonly FileEdit[];
  /** Whether a hash or a signature speaks for it, and not its length alone. */
  readonly isProven: boolean;
}

/**
 * Looks for the body that was sent when the bytes in hand do not verify and may be those of an edited file: one that
 * `Content-Length` counts and that the content hash (where none is sent, the signature) fits. One that only the length
 * speaks for is the next best: the request has mistakes of its own.
 */
export function bodyAsSent(
  evidence: Evidence,
  right: RightKey,
  readings: readonly DigestReading[],
): SentBody | undefined {
  const { origin, body } = evidence;
  if (!body || (origin.state !== 'edited' && origin.state !== 'unsure')) return undefined;
  const fitsHash = contentHashTest(evidence);
  // The hash speaks for the bytes in hand: whatever the length says, they are what was hashed.
  if (fitsHash?.(body)) return undefined;
  const fits = fitsHash ?? signatureTest(evidence, right, readings);
  let counted: SentBody | undefined;
  for (const { body: candidate, edits } of restored(evidence)) {
    if (fits(candidate)) return { body: candidate, edits, isProven: true };
    if (origin.length !== undefined && !counted && edits.every(({ needs }) => needs !== 'proof'))
      counted = { body: candidate, edits, isProven: false };
  }
  return counted;
}

/**
 * Whether a body that an explanation says was signed is the one that was sent, of which the file holds another. Where
 * the request says its length, that decides; else it must be what undoing a usual edit gives.
 */
export function signedAsSent(steps: readonly Step[], evidence: Evidence): SentBody | undefined {
  const { origin } = evidence;
  if (origin.state === 'sent') return undefined;
  const signed = steps.findLast(({ part }) => part === 'body')?.yours;
  if (signed === undefined) return undefined;
  const body = bytesOf(signed);
  if (origin.length !== undefined)
    return body.length === origin.length ? { body, edits: [], isProven: true } : undefined;
  for (const candidate of restored(evidence)) {
    if (isSame(candidate.body, body)) return { ...candidate, isProven: true };
  }
  return undefined;
}

/** The request with the body that was sent. */
export function withSentBody(evidence: Evidence, { body, edits, isProven }: SentBody): Evidence {
  const { scheme, credential, message, options, budget, origin } = evidence;
  const file = origin.file ?? (evidence.body as Uint8Array);
  // Of a text that was written again, the length tells no spelling from another as long.
  const state: BodyOrigin['state'] = isProven || edits.every(({ keepsRest }) => keepsRest) ? 'sent' : 'restored';
  return readEvidence(scheme, credential, { ...message, body }, options, budget, { ...origin, state, file });
}

type Test = (body: Uint8Array) => boolean;

/** Asks the content hash that was sent, in whatever encoding and by whatever function; none when none was sent. */
function contentHashTest({ scheme, contentHash, budget }: Evidence): Test | undefined {
  const rule = scheme.contentHash;
  if (!rule || contentHash?.sent === undefined) return undefined;
  const readings = digestReadings(contentHash.sent, rule.algorithm, rule.encoding);
  return (body) =>
    readings.some(
      ({ algorithm, base64, extent }) =>
        extent === 'whole' && budget.hashBody(body.length) && encodeBase64(hash(algorithm, body)) === base64,
    );
}

/** Asks the signature. */
function signatureTest(evidence: Evidence, right: RightKey, readings: readonly DigestReading[]): Test {
  const { scheme, credential, message, options, budget, origin } = evidence;
  if (readings.length === 0) return () => false;
  const probe = new SignatureProbe(readings, budget);
  const key = rightCandidate(right);
  return (body) => {
    if (!budget.hashBody(body.length)) return false;
    const read = readEvidence(scheme, credential, { ...message, body }, options, budget, origin);
    const { layout, authorization } = read;
    // A signature that stands in the body has to be whole in the one that was sent.
    if (scheme.authorization.parameter !== undefined && authorization?.slips.length !== 0) return false;
    return probe.test(key, joinLayout(layout)) !== undefined;
  };
}

interface Restored {
  readonly body: Uint8Array;
  readonly edits: readonly FileEdit[];
}

const composed = writingEdits.filter(({ name }) => name === 'normalization');
const reread = pasteEdits.filter(({ name }) => name === 'charset');

/** The order in which edits are undone on top of one another: what was done to the whole paste first. */
const chains: readonly (readonly (readonly FileEdit[])[])[] = [
  [],
  [endEdits],
  [writingEdits],
  [pasteEdits],
  [endEdits, writingEdits],
  [endEdits, endEdits],
  [pasteEdits, endEdits],
  [pasteEdits, writingEdits],
  [pasteEdits, pasteEdits],
  [pasteEdits, endEdits, writingEdits],
  [composed, reread],
];

/** Of long bodies the budget has room for few. */
const chainsOfLong: typeof chains = [[], [endEdits], [behindEdits, writingEdits], [writingEdits], [pasteEdits]];

/** Every body that may have been sent, by what the request says of its length. */
function* restored(evidence: Evidence): Generator<Restored> {
  const { origin, isLong, body } = evidence;
  if (!body) return;
  for (const chain of isLong ? chainsOfLong : chains) {
    for (const one of undone({ body, edits: [] }, chain, evidence)) {
      if (origin.length === undefined ? one.body !== body : one.body.length === origin.length) yield one;
      else yield* undone(one, [[lostLineBreak]], evidence);
    }
  }
}

function* undone(
  from: Restored,
  [edits, ...further]: (typeof chains)[number],
  evidence: Evidence,
): Generator<Restored> {
  if (!edits) {
    yield from;
    return;
  }
  const { message, budget, origin, isLong } = evidence;
  const text = textOf(from.body);
  const announced = announcesBody(message.headers);
  const file: FileBody = {
    bytes: from.body,
    text,
    json: jsonOf(text, budget),
    length: origin.length,
    announced,
    isLong,
  };
  const made = [from.body];
  for (const edit of edits) {
    if (origin.length === undefined && edit.needs !== 'anything' && !(origin.shown && edit.needs === 'length'))
      continue;
    const bodies = edit.undo(file)[Symbol.iterator]();
    while (budget.affordsBody(from.body.length)) {
      const { value, done } = bodies.next();
      if (done) break;
      const body = bytesOf(value);
      budget.wroteBody(body.length);
      if (made.some((other) => isSame(other, body))) continue;
      made.push(body);
      yield* undone({ body, edits: [...from.edits, edit] }, further, evidence);
    }
  }
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
