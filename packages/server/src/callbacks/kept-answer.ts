import type { Redaction } from '@countersign/core/redaction';
import { bounds } from '../bounded/bounds.ts';
import { beginningOfText } from '../bounded/own-text.ts';
import type { AttemptOutcome, CallbackAttempt } from './callback.ts';

const { bytes: keptBytes } = bounds['callback-attempts'];
/** How much of a failure's detail is kept; a receiver may have named a place in it. */
const keptDetail = 1_000;

/**
 * What is kept of an attempt's outcome: of a long answer its beginning, with a mark that says how long it was.
 *
 * @param redaction hides the beginning of a key at its end, which nobody can know any more when it is shown
 */
export function beginningOf(outcome: AttemptOutcome, redaction?: Redaction): AttemptOutcome {
  const kept = shortened(outcome);
  if ('failure' in kept || kept.bodyBytes === undefined || !redaction) return kept;
  return { ...kept, body: redaction.text(kept.body, true) };
}

function shortened(outcome: AttemptOutcome): AttemptOutcome {
  if ('failure' in outcome) {
    const { failure, detail } = outcome;
    return detail.length <= keptDetail ? outcome : { failure, detail: `${beginningOfText(detail, keptDetail)}…` };
  }
  const { body } = outcome;
  // Three bytes a character at most: most answers need not be counted.
  if (body.length * 3 <= keptBytes) return outcome;
  const bytes = Buffer.from(body);
  if (bytes.length <= keptBytes) return outcome;
  const beginning = new TextDecoder().decode(bytes.subarray(0, keptBytes), { stream: true });
  return { ...outcome, body: beginning, bodyBytes: outcome.bodyBytes ?? bytes.length };
}

/** An attempt without what its receiver sent, where there is no room for it. */
export function bare({ outcome, requestHeaders, ...attempt }: CallbackAttempt): CallbackAttempt {
  if ('failure' in outcome) return { ...attempt, requestHeaders, outcome };
  const { status, body, bodyBytes = Buffer.byteLength(body), headers } = outcome;
  return {
    ...attempt,
    requestHeaders,
    outcome: { status, headers: [], body: '', bodyBytes, ...(headers.length > 0 && { headersCut: true }) },
  };
}
