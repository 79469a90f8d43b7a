import { readClaims } from '@countersign/core/claims';
import { readCode } from '@countersign/core/code-reading';
import { diagnose, type DiagnoseOptions } from '@countersign/core/diagnose';
import { CountersignError, type Refusal } from '@countersign/core/errors';
import { headerValue, type Message } from '@countersign/core/message';
import { clockNote, refuseUnsent, unsignedNote } from '@countersign/core/requests/judgeable';
import { readRequests, type FoundRequest } from '@countersign/core/requests/read-requests';
import { standingNotes, type RequestNote } from '@countersign/core/requests/request-note';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret, type Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { unfilledNote, unfilledPlaceholders } from '@countersign/core/unfilled-placeholders';
import { verify } from '@countersign/core/verify';
import { shownParts } from '../anatomy/shown-parts.ts';
import type { ShownPart } from '../anatomy/shown-part.ts';
import { noSecret } from './field-values.ts';
import { publicKeyOutcome, publicKeySchemeOf } from './public-key-outcomes.ts';
import { schemeOf } from './scheme-of.ts';
import { receivingPrograms, signingPrograms } from './written-programs.ts';
import type { TaskOutcome, Result, ShownRequest, Task } from './work.ts';

/** Reads what was pasted and signs, verifies or diagnoses it. Never throws: what went wrong is an outcome. */
export async function perform(task: Task): Promise<Result> {
  let found: readonly FoundRequest[] = [];
  try {
    found = await readRequests(task.text);
    const request = found[task.chosen] ?? found[0];
    if (!request) throw new Error('The file holds no request.');
    const keyed = publicKeySchemeOf(task);
    const outcome = keyed
      ? await publicKeyOutcome(keyed, task, request)
      : outcomes[task.kind](withKeyId(task, request.message), request);
    const judged = outcome.kind === 'diagnosed' ? outcome.diagnosis.notes : [];
    return { requests: found.map((one) => shown(one, judged)), outcome };
  } catch (error) {
    const ofCode = task.kind === 'diagnose' && !isRequest(error) ? codeOutcome(task.text) : undefined;
    if (ofCode) return { requests: [], outcome: ofCode };
    const message = error instanceof Error ? error.message : String(error);
    return { requests: found.map((one) => shown(one)), outcome: { kind: 'failed', message } };
  }
}

/** Whether the text is a request, with a fault that the error tells. */
function isRequest(error: unknown): boolean {
  return !(error instanceof CountersignError) || error.code !== 'input/code';
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

function shown({ title, notes }: FoundRequest, judged: readonly RequestNote[] = []): ShownRequest {
  return { title, notes: standingNotes(notes, judged).map(({ summary }) => summary) };
}

/** The key id that was given, else the one that the request names. */
function withKeyId(task: Task, message: Message): Task {
  if (task.keyId !== '') return task;
  const read = readClaims(schemeOf(task), message);
  return { ...task, keyId: (read.ok && read.claims.keyId) || leniently(message) };
}

/** What diagnosis takes as key id where the request is not of the scheme's grammar. */
function leniently({ headers }: Message): string {
  return /^application\s+([^:\s]+):/i.exec(headerValue(headers, 'authorization') ?? '')?.[1] ?? '';
}

const outcomes: Readonly<Record<Task['kind'], (task: Task, request: FoundRequest) => TaskOutcome>> = {
  sign(task, { message }) {
    const date = task.nowMs === undefined ? {} : { date: new Date(task.nowMs) };
    const signature = sign(schemeOf(task), credentialOf(task), message, date);
    const trace = signature.trace();
    const warnings = unfilledPlaceholders(schemeOf(task), message, trace).map(unfilledNote);
    const programs = signingPrograms(schemeOf(task), message);
    return { kind: 'signed', headers: signature.headers, warnings, parts: shownParts(trace), programs };
  },

  verify(task, { message }) {
    const read = readClaims(schemeOf(task), message);
    // A request that names no key is refused for that, before a key id is asked for.
    if (!read.ok) return refused(task, read, []);
    const verification = verify(schemeOf(task), credentialOf(task), message, clockOf(task));
    const parts = shownParts(verification.trace());
    if (!verification.ok) return refused(task, verification, parts);
    const { coveredHeaders, signedAt, replayKey } = verification;
    const covered = coveredHeaders.length > 0 ? coveredHeaders.join(', ') : 'none';
    const notes = [
      ...verification.notes.map(({ summary }) => summary),
      `Headers that the signature covers: ${covered}.${signedAt ? ` Signed at ${signedAt.toISOString()}.` : ''}`,
      `Replay key, the same for every repeat: ${replayKey}`,
    ];
    const programs = receivingPrograms(schemeOf(task));
    return { kind: 'verified', ok: true, sentence: 'The signature is right, and fresh.', notes, parts, programs };
  },

  diagnose(task, request) {
    const unsignedForm = isSigned(request) ? undefined : unsignedNote(request, signatureHeaders);
    if (unsignedForm) return unsignedOutcome(task, unsignedForm);
    if (task.secret === '') throw new Error(noSecret);
    refuseUnsent(request, signatureHeaders);
    const { message, receivedAt, exactBody, shownBody } = request;
    const scheme = schemeOf(task);
    const credential = { secret: task.secret, ...(task.keyId !== '' && { keyId: task.keyId }) };
    const otherSchemes = schemes.filter((other) => other !== scheme);
    const clock = task.nowMs === undefined && receivedAt ? { now: receivedAt.time } : clockOf(task);
    // Both concern whoever does not hold the key, and this page was given it.
    const holder = { callerHoldsKey: true, revealExpected: true };
    const origin = { ...(exactBody && { exactBody }), ...(shownBody && { shownBody }) };
    const known = { otherSchemes, ...holder, ...clock, ...origin, ...ownOf(task) };
    const found = diagnose(scheme, credential, message, known);
    const unsigned = found.verdict === 'malformed' ? unsignedNote(request, signatureHeaders) : undefined;
    // As on the command line: only of a raw request is it told what else it lacks.
    if (unsigned && request.form !== 'raw') return unsignedOutcome(task, unsigned);
    const notes = [
      ...(task.nowMs === undefined && receivedAt ? [clockNote(receivedAt)] : []),
      ...(unsigned ? [unsigned] : []),
      ...found.notes,
    ];
    // Of a body that only diagnosis restored, the string would be another one than the one that was judged.
    const isEdited = found.notes.some(({ id }) => id === 'input/edited');
    const parts = isEdited ? [] : expectedParts(task, message);
    return { kind: 'diagnosed', diagnosis: { ...found, notes }, parts };
  },
};

/** Whether a request is to be judged: some scheme finds its signature, or it is one as it stands, of which more can be said. */
function isSigned({ form, message }: FoundRequest): boolean {
  return form === 'raw' || schemes.some((scheme) => readClaims(scheme, message).ok);
}

/** The code in it, else what to bring: there is nothing that a secret or the values of variables would help to judge. */
function unsignedOutcome({ text }: Task, unsigned: RequestNote): TaskOutcome {
  const ofCode = codeOutcome(text, [unsigned]);
  if (ofCode) return ofCode;
  throw new Error(unsigned.summary);
}

const signatureHeaders = new Set(schemes.map(({ authorization }) => authorization.header));

function refused(task: Task, { code, summary }: Refusal, parts: readonly ShownPart[]): TaskOutcome {
  const programs = receivingPrograms(schemeOf(task));
  return { kind: 'verified', ok: false, sentence: `${code}: ${summary}`, notes: [], parts, programs };
}

/** The string that belongs to the request as it arrived, where the secret allows to build it. */
function expectedParts(task: Task, message: Message): readonly ShownPart[] {
  try {
    return shownParts(verify(schemeOf(task), credentialOf(task), message, clockOf(task)).trace());
  } catch {
    return [];
  }
}

function credentialOf(task: Task): Credential {
  const secret = new Secret(task.secret, schemeOf(task).key.encoding);
  return task.keyId === '' ? { secret } : { secret, keyId: task.keyId };
}

/** What the user's own code makes of the request. */
function ownOf({ yourString = '', yourSignature = '' }: Task): DiagnoseOptions {
  return {
    ...(yourString !== '' && { yourStringToSign: yourString }),
    ...(yourSignature.trim() !== '' && { yourSignature }),
  };
}

function clockOf(task: Task): { now?: Date } {
  return task.nowMs === undefined ? {} : { now: new Date(task.nowMs) };
}
