import type { Diagnosis, FixLanguage } from '@countersign/core/diagnose';
import { CountersignError } from '@countersign/core/errors';
import { CommandFailure, exitCode, type ExitCode } from '../failure.ts';
import { diagnosisReport } from '../output/diagnosis-report.ts';
import type { Subject } from '../requests/diagnosis-subjects.ts';
import type { Terminal } from '../terminal.ts';

/** What was found of one request. */
export interface Result {
  readonly subject: Subject;
  readonly diagnosis: Diagnosis | Unread;
}

/** The exit code for one diagnosis; of several, that for the worst. */
export function exitCodeOf({ verdict }: Pick<Diagnosis, 'verdict'>): ExitCode {
  if (verdict === 'malformed') return exitCode.badInput;
  return verdict === 'unexplained' ? exitCode.no : exitCode.yes;
}

/** What people are shown of it. */
export function reportText(
  { subject, diagnosis }: Result,
  chosen: FixLanguage | undefined,
  { paint }: Terminal,
): string {
  const { entry } = subject;
  const head = entry
    ? `${[`${paint('bold', `entry ${entry.index}`)} `, entry.status ?? entry.name ?? [], entry.url].flat().join(' ')}\n`
    : '';
  return head + diagnosisReport(diagnosis, subject.message, chosen ?? diagnosis.language, paint);
}

/**
 * What `diagnose --json` prints; schema/diagnose.schema.json describes it. Of several requests the first is at the top,
 * like a single one, and the others follow in `more`; each says which it is.
 */
export function diagnosisJson(results: readonly Result[]): unknown {
  const [first, ...more] = results.map(({ subject, diagnosis }) => ({
    ...diagnosis,
    ...(subject.entry && { request: subject.entry }),
  }));
  return first && 'request' in first ? { ...first, more } : first;
}

/** Input that was there, but could not be read as a request of any scheme. */
export function isMalformedInput(error: unknown): error is CommandFailure | CountersignError {
  if (!(error instanceof CommandFailure) && !(error instanceof CountersignError)) return false;
  return error.code === 'scheme/unrecognized' || (error.code.startsWith('input/') && error.code !== 'input/unreadable');
}

/** What cannot be read has no scheme. */
type Unread = Omit<Diagnosis, 'scheme'> & { readonly scheme: null };

/** That, in the shape of a diagnosis. */
export function malformed({ code, message }: CommandFailure | CountersignError): Unread {
  const notes = [{ id: code, summary: message }];
  return {
    scheme: null,
    verdict: 'malformed',
    mistakes: [],
    alternatives: [],
    notes,
    missing: [],
    tried: 0,
    elapsedMs: 0,
  };
}
