import { readCode } from '@countersign/core/code-reading';
import { CountersignError } from '@countersign/core/errors';
import { hasPublicKeys } from '@countersign/core/public-key-scheme';
import { unsignedNote } from '@countersign/core/requests/judgeable';
import type { FoundRequest } from '@countersign/core/requests/found-request';
import type { RequestNote } from '@countersign/core/requests/request-note';
import type { Scheme } from '@countersign/core/scheme';
import { asked } from './asked.ts';
import { outcomes, signatureHeaders } from './outcomes.ts';
import { publicKeyOutcome } from './public-key-outcomes.ts';
import { isSigned, likeliest, readTask, shown, type Reading } from './reading.ts';
import { schemeOf, type FoundScheme } from './scheme-of.ts';
import type { Result, Task, TaskOutcome } from './work.ts';

/** Reads what was pasted and signs, verifies or diagnoses it. Never throws: what went wrong is an outcome. */
export async function perform(task: Task): Promise<Result> {
  let reading: Reading | undefined;
  let chosen = 0;
  let found: FoundScheme | undefined;
  const result = (outcome: TaskOutcome): Result => {
    const judged = outcome.kind === 'diagnosed' ? outcome.diagnosis.notes : [];
    const requests = (reading?.requests ?? []).map((one) => shown(one, judged));
    return { requests, chosen, outcome, ...(found?.recognized && { recognized: found.recognized }) };
  };
  try {
    reading = await readTask(task);
    const { requests } = reading;
    chosen = task.chosen ?? likeliest(requests);
    const request = requests[chosen] ?? requests[0];
    if (!request) throw new Error('The file holds no request.');
    found = schemeOf(task, request.message);
    if (task.kind === 'read') return result({ kind: 'read' });
    return result(await outcomeOf(task, request, found, reading));
  } catch (error) {
    const ofCode = task.kind === 'diagnose' && !isRequest(error) ? codeOutcome(task.text) : undefined;
    if (ofCode) return { requests: [], chosen, outcome: ofCode };
    return result({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

async function outcomeOf(
  task: Task,
  request: FoundRequest,
  found: FoundScheme | undefined,
  reading: Reading,
): Promise<TaskOutcome> {
  const { kind } = task;
  if (kind === 'read') return { kind };
  if (kind === 'diagnose') {
    const isJudged = (request.form === 'raw' && found !== undefined) || isSigned(request.message);
    const unsigned = isJudged ? undefined : unsignedNote(request, signatureHeaders);
    if (unsigned) return unsignedOutcome(task, unsigned);
  }
  if (!found) throw new Error('Nothing in the request shows its scheme: choose it in the field “Scheme”.');
  if (hasPublicKeys<Scheme>(found.scheme)) return publicKeyOutcome(found.scheme, task, request);
  const outcome = withOtherSchemes(outcomes[kind](asked(task, request, found.scheme, reading)), found);
  // As on the command line: only of a raw request is it told what else it lacks.
  if (outcome.kind !== 'diagnosed' || outcome.diagnosis.verdict !== 'malformed' || request.form === 'raw')
    return outcome;
  const unsigned = unsignedNote(request, signatureHeaders);
  return unsigned ? unsignedOutcome(task, unsigned) : outcome;
}

/** A diagnosis of a request that looks like several schemes' also says so, unless it is right. */
function withOtherSchemes(outcome: TaskOutcome, { recognized }: FoundScheme): TaskOutcome {
  if (outcome.kind !== 'diagnosed' || outcome.diagnosis.verdict === 'valid') return outcome;
  if (!recognized || recognized.alsoFits.length === 0) return outcome;
  const { title, by, alsoFits } = recognized;
  const summary = `Taken for a request of ${title} by ${by}. ${alsoFits.join(' and ')} would fit as well: the field “Scheme” chooses.`;
  const notes = [{ id: 'scheme/also-fits', summary }, ...outcome.diagnosis.notes];
  return { ...outcome, diagnosis: { ...outcome.diagnosis, notes } };
}

/** Whether the text is a request, with a fault that the error tells. */
function isRequest(error: unknown): boolean {
  return !(error instanceof CountersignError) || error.code !== 'input/code';
}

/** The code in it, else what to bring: there is nothing that a secret or the values of variables would help to judge. */
function unsignedOutcome({ text }: Task, unsigned: RequestNote): TaskOutcome {
  const ofCode = codeOutcome(text, [unsigned]);
  if (ofCode) return ofCode;
  throw new Error(unsigned.summary);
}

/** What is no request may be the code that makes it: what can be read off that. */
function codeOutcome(text: string, before: readonly RequestNote[] = []): TaskOutcome | undefined {
  const reading = readCode(text);
  if (!reading || reading.mistakes.length === 0) return undefined;
  const { scheme = '', language } = reading;
  const notes = [...before, ...reading.notes];
  // Its line belongs to the sentence: there is no other text to hold it against.
  const mistakes = reading.mistakes.map((one) => ({ ...one, summary: `${one.summary} In: ${one.yours}`, yours: '' }));
  const diagnosis = { scheme, verdict: 'explained', mistakes, notes, language } as const;
  return {
    kind: 'diagnosed',
    diagnosis: { ...diagnosis, alternatives: [], missing: [], tried: 0, elapsedMs: 0 },
    parts: [],
  };
}
