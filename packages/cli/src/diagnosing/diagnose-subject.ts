import type { DiagnoseOptions, Diagnosis } from '@countersign/core/diagnose';
import { clockNote, refuseUnsent, unsignedNote } from '@countersign/core/requests/judgeable';
import { standingNotes, type RequestNote } from '@countersign/core/requests/request-note';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { chooseScheme } from '../choose-scheme.ts';
import { fixedNotes } from '../collections/fixed-notes.ts';
import { openSentence } from '../collections/open-in-scripts.ts';
import { publicKeyKind } from '../credentials/public-keys.ts';
import { secretOptionSet } from '../credentials/secret-option-set.ts';
import type { DiagnosisJob } from '../diagnosis/job.ts';
import { badInput, CommandFailure } from '../failure.ts';
import { publicKeySchemeOf } from '../public-key-schemes.ts';
import type { Subject } from '../requests/diagnosis-subjects.ts';
import type { Terminal } from '../terminal.ts';
import { diagnoseByPublicKey } from './by-public-key.ts';
import type { DiagnoseCommandOptions } from './options.ts';
import { isMalformedInput, malformed, type Result } from './result.ts';
import { secretsToTry } from './secrets-to-try.ts';

/** The diagnosis of a request; of one among several also that it cannot be judged, so that the others are. */
export async function resultOf(
  subject: Subject,
  isOneOfSeveral: boolean,
  named: Scheme | undefined,
  options: DiagnoseCommandOptions,
  shared: DiagnoseOptions,
  terminal: Terminal,
): Promise<Result> {
  try {
    return await diagnoseSubject(subject, named, options, shared, terminal);
  } catch (error) {
    if (!isOneOfSeveral || !isMalformedInput(error)) throw error;
    return { subject, diagnosis: malformed(error) };
  }
}

async function diagnoseSubject(
  subject: Subject,
  named: Scheme | undefined,
  options: DiagnoseCommandOptions,
  shared: DiagnoseOptions,
  terminal: Terminal,
): Promise<Result> {
  refuseUnsent(subject, signatureHeaders);
  const { message, notes, receivedAt, exactBody, shownBody } = subject;
  const keyed = publicKeySchemeOf(options, message, publicKeyKind);
  if (keyed) return diagnoseByPublicKey(keyed, subject, options, shared);
  const unsigned = unsignedNote(subject, signatureHeaders);
  const alsoFits: RequestNote[] = [];
  // Loaded here, so that signing and verifying start without it.
  const [{ diagnoseInParallel }, { runJob }] = await Promise.all([
    import('../diagnosis/diagnose-in-parallel.ts'),
    import('../diagnosis/job.ts'),
  ]);
  const clock = shared.now === undefined && receivedAt ? { now: receivedAt.time } : {};
  const own = {
    ...clock,
    variables: subject.variables,
    ...(exactBody && { exactBody }),
    ...(shownBody && { shownBody }),
  };
  const jobOf = (scheme: Scheme): DiagnosisJob => {
    const [credential, ...alsoSecrets] = secretsToTry(scheme, subject, options, terminal);
    return {
      scheme: named && options.schemeFile !== undefined ? named : scheme.id,
      credential,
      message,
      options: { ...shared, ...own, alsoSecrets },
    };
  };
  const scheme = schemeOf(subject, unsigned, named, {
    note: (summary) => alsoFits.push({ id: 'scheme/also-fits', summary }),
    isRight: (one) => runJob(jobOf(one), { ...untilRight, ms: options.budgetMs }).verdict === 'valid',
  });
  const job = jobOf(scheme);
  const diagnosis = await diagnoseInParallel(job, options.budgetMs);
  if (subject.openInScripts && isOfKey(diagnosis))
    throw badInput('input/unresolved', openReason(subject.openInScripts, terminal));
  const fixed = await fixedNotes(subject, diagnosis, (fixedMessage) => {
    const right = runJob({ ...job, message: fixedMessage }, { ...untilRight, ms: options.budgetMs });
    return right.verdict === 'valid';
  });
  const isUnsigned = unsigned && diagnosis.verdict === 'malformed';
  // Whoever pastes such a form has lost the headers with the signature on the way: nothing else is wrong for sure.
  if (isUnsigned && subject.form !== 'raw') throw badInput(unsigned.id, unsigned.summary);
  const before = [
    ...standingNotes(notes, diagnosis.notes),
    ...(clock.now && receivedAt ? [clockNote(receivedAt)] : []),
    ...(isUnsigned ? [unsigned] : []),
    ...(diagnosis.verdict === 'valid' ? [] : alsoFits),
  ];
  return { subject, diagnosis: { ...diagnosis, notes: [...before, ...fixed, ...diagnosis.notes] } };
}

/** Whether a run without a script's own values may be all there is to it. */
function isOfKey({ verdict, mistakes }: Diagnosis): boolean {
  return verdict === 'unexplained' || mistakes.some(({ id }) => id.startsWith('key/'));
}

function openReason(names: readonly string[], { env }: Terminal): string {
  return `the script did not sign what yours signs: ${openSentence(names)}; give it in an exported environment (--environment FILE), or, where it is the secret, by --secret-variable ${names[0]} with ${secretOptionSet(env)}`;
}

/** That a request is right shows at once; what else it may be is not searched for. */
const untilRight = { candidates: 100, mistakes: 1 } as const;

const signatureHeaders = new Set(everyScheme.map(({ authorization }) => authorization.header));

/** What chooses where more than one scheme fits. */
interface Choice {
  readonly note: (summary: string) => void;
  readonly isRight: (scheme: Scheme) => boolean;
}

/** The scheme; where a request is like none of them because nothing is signed, what to bring. */
function schemeOf(
  { message }: Subject,
  unsigned: RequestNote | undefined,
  named: Scheme | undefined,
  { note, isRight }: Choice,
): Scheme {
  try {
    return chooseScheme(named, message, note, isRight);
  } catch (error) {
    if (unsigned && error instanceof CommandFailure && error.code === 'scheme/unrecognized')
      throw badInput(unsigned.id, unsigned.summary);
    throw error;
  }
}
