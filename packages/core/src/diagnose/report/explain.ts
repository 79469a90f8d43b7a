import { bytesOf } from '../../canonical/byte-encoding.ts';
import { rowOf } from '../../parts/sources.ts';
import type { DiagnosisNote, Fixes, Mistake } from '../diagnosis.ts';
import { variableFor } from '../fixes/headers.ts';
import { urlHashFixes } from '../fixes/token.ts';
import { receivingFixes, type Received } from '../fixes/receiving.ts';
import { urlPart } from '../search/url-hash-search.ts';
import { isReceived } from '../reading/direction.ts';
import type { Step, Wording } from '../search/mistake-class.ts';
import type { Evidence } from '../reading/evidence.ts';
import { sayOwnValue, sayReceivedValue } from './receivers-words.ts';
import { placeIn } from '../reading/place.ts';
import { bytesFingerprint, keyFingerprint } from '../text/secret-text.ts';
import { splitTarget } from '../text/target-text.ts';
import { characterStart, firstDifference, textOf, visible } from '../text/visible.ts';

/** How much of a long value is shown, in characters before and after the first difference. */
const window = { before: 120, after: 280 };

/**
 * Words a step: the sentence, both values from around their first difference, the place, the fix.
 *
 * @param of the received signature, or the string that the user's own code made
 */
export function explainStep(step: Step, evidence: Evidence, of: Subject = 'signature'): Mistake {
  const { mistake, detail, certainty = 'proven' } = step;
  const proven = certainty === 'proven';
  const fix = fixOf(step, evidence);
  if (step.part === 'key') {
    const [yours, expected] = [fingerprint(step.yours), fingerprint(step.expected)];
    const summary = mistake.say(detail, { part: 'key', yours, expected, exact: { yours, expected }, evidence });
    return { id: mistake.id, proven, certainty, summary, yours, expected, at: { part: 'key', offset: 0 }, fix };
  }
  const offset = step.offset ?? firstDifference(step.yours, step.expected);
  const place = step.part === 'string-to-sign' ? placeIn(evidence.layout, offset) : { part: step.part, offset };
  const [yours, expected] = [excerpt(step.yours, offset), excerpt(step.expected, offset)];
  const readable = (value: string | Uint8Array): string => visible(value).replaceAll('·', ' ');
  const wording: Wording = {
    part: step.part,
    yours: readable(step.yours),
    expected: readable(step.expected),
    exact: step,
    evidence,
  };
  return {
    id: mistake.id,
    proven,
    certainty,
    summary: sentence(step, wording, of),
    yours,
    expected,
    at: place,
    fix,
  };
}

/** The received signature, or the string that the user's own code made. */
type Subject = 'signature' | 'own string';

/** Of what the request says a class speaks to whoever signs it; whoever receives it has done something else. */
function sentence({ mistake, detail, part, expected: whole }: Step, wording: Wording, of: Subject): string {
  const { evidence, yours, expected } = wording;
  // A provider's body is its own: nothing that the user's code did to it is in its signature.
  const isTheirs = of === 'signature' && part === 'body' && isReceived(evidence);
  const isInHand = visible(evidence.body ?? '') === visible(whole);
  if (isTheirs && isInHand && detail.kind !== 'departure')
    return sayReceivedValue({ part, yours, expected, what: mistake.what?.(detail) });
  const isOfUrl = part === urlPart && yours !== '';
  const source = isOfUrl ? 'url' : evidence.layout.find(({ name }) => name === part)?.source.from;
  const isSaid = source !== undefined && source !== 'body' && source !== 'content-hash' && detail.kind !== 'departure';
  if (!isSaid || (of === 'signature' && !isReceived(evidence))) return mistake.say(detail, wording);
  const values = { part, yours, expected, what: mistake.what?.(detail) };
  return of === 'own string' ? sayOwnValue(values) : sayReceivedValue(values);
}

function fixOf({ mistake, detail, part }: Step, evidence: Evidence): Fixes {
  // What a class fixes in a string to sign is no matter of a hash in a token.
  if (part === urlPart) return urlHashFixes;
  const own = typeof mistake.fixes === 'function' ? mistake.fixes(evidence, detail) : mistake.fixes;
  // A hash of what nobody knows is one of another body.
  const place = mistake.id.startsWith('body/') ? 'body' : part;
  const received = isReceived(evidence) ? receivedThing(place, evidence) : undefined;
  return received === undefined ? own : receivingFixes(received, splitTarget(evidence.message.target).path, own);
}

/** What a receiver takes from the request for a part. How a hash is computed is no matter of that. */
function receivedThing(part: string, { layout, scheme, date }: Evidence): Received | undefined {
  if (part === 'body') return 'body';
  const source = layout.find(({ name }) => name === part)?.source;
  if (source === undefined) return undefined;
  const row = rowOf(source);
  if (source.from === 'target') return source.form === 'path' ? 'path' : 'target';
  const header = source.from === 'content-hash' ? undefined : row.headerOf?.(source, scheme, date?.header);
  if (header === undefined) return undefined;
  return { header, variable: source.from === 'date' ? 'date' : variableFor(header) };
}

/** The same as a note beside an explanation. */
export function explainBeside({ mistake, detail }: Step, evidence: Evidence): DiagnosisNote[] {
  return mistake.sayBeside ? [{ id: mistake.id, summary: mistake.sayBeside(detail, evidence) }] : [];
}

function fingerprint(key: string | Uint8Array): string {
  return typeof key === 'string' ? keyFingerprint(key) : bytesFingerprint(key);
}

/** A value as shown beside its counterpart: whole when it is short, else the surroundings of the first difference. */
function excerpt(value: string | Uint8Array, offset: number): string {
  const bytes = bytesOf(value);
  if (bytes.length <= window.before + window.after) return visible(value);
  const isText = textOf(bytes) !== undefined;
  const from = isText ? characterStart(bytes, offset - window.before) : Math.max(0, offset - window.before);
  const to = isText ? characterStart(bytes, offset + window.after) : offset + window.after;
  return `${from > 0 ? '…' : ''}${visible(bytes.subarray(from, to))}${to < bytes.length ? '…' : ''}`;
}
