import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { DiagnosisNote, Mistake } from '../diagnosis.ts';
import type { Step } from '../search/mistake-class.ts';
import type { Evidence } from '../reading/evidence.ts';
import { placeIn } from '../reading/place.ts';
import { bytesFingerprint, keyFingerprint } from '../text/secret-text.ts';
import { characterStart, firstDifference, textOf, visible } from '../text/visible.ts';

/** How much of a long value is shown, in characters before and after the first difference. */
const window = { before: 120, after: 280 };

/** Words a step: the sentence, both values from around their first difference, the place, the fix. */
export function explainStep(step: Step, evidence: Evidence): Mistake {
  const { mistake, detail, certainty = 'proven' } = step;
  const proven = certainty === 'proven';
  const fix = typeof mistake.fixes === 'function' ? mistake.fixes(evidence, detail) : mistake.fixes;
  if (step.part === 'key') {
    const [yours, expected] = [fingerprint(step.yours), fingerprint(step.expected)];
    const summary = mistake.say(detail, { part: 'key', yours, expected, exact: { yours, expected }, evidence });
    return { id: mistake.id, proven, certainty, summary, yours, expected, at: { part: 'key', offset: 0 }, fix };
  }
  const offset = step.offset ?? firstDifference(step.yours, step.expected);
  const place = step.part === 'string-to-sign' ? placeIn(evidence.layout, offset) : { part: step.part, offset };
  const [yours, expected] = [excerpt(step.yours, offset), excerpt(step.expected, offset)];
  const readable = (value: string | Uint8Array): string => visible(value).replaceAll('·', ' ');
  return {
    id: mistake.id,
    proven,
    certainty,
    summary: mistake.say(detail, {
      part: step.part,
      yours: readable(step.yours),
      expected: readable(step.expected),
      exact: step,
      evidence,
    }),
    yours,
    expected,
    at: place,
    fix,
  };
}

/** The same as a note beside an explanation. */
export function explainBeside({ mistake, detail }: Step): DiagnosisNote[] {
  return mistake.sayBeside ? [{ id: mistake.id, summary: mistake.sayBeside(detail) }] : [];
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
