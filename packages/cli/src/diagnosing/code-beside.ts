import type { CountersignError } from '@countersign/core/errors';
import { type CommandFailure, exitCode } from '../failure.ts';
import { codeReport } from '../output/code-report.ts';
import type { Subject } from '../requests/diagnosis-subjects.ts';
import type { Terminal } from '../terminal.ts';
import type { DiagnoseCommandOptions } from './options.ts';
import { malformed, type Result } from './result.ts';

/**
 * What is no request may be the code that makes it: what can be read off that is told in place of the error.
 *
 * @returns whether there was something to tell
 */
export async function reportCode(
  error: CommandFailure | CountersignError,
  text: Uint8Array,
  { json, language: chosen }: Pick<DiagnoseCommandOptions, 'json' | 'language'>,
  terminal: Terminal,
): Promise<boolean> {
  if (!withoutRequest.has(error.code)) return false;
  const { readCode } = await import('@countersign/core/code-reading');
  const reading = readCode(Buffer.from(text).toString('utf8'));
  if (!reading || reading.mistakes.length === 0) return false;
  const { language, scheme, mistakes } = reading;
  // What was found besides the code, such as the requests of a collection.
  const besides = error.code === 'input/code' ? [] : [{ id: error.code, summary: error.message }];
  const notes = [...besides, ...reading.notes];
  terminal.exit(exitCode.yes);
  if (json) {
    terminal.json({ ...malformed(error), scheme: scheme ?? null, verdict: 'explained', mistakes, notes, language });
    return true;
  }
  terminal.result(codeReport({ ...reading, notes }, chosen ?? language, terminal.paint));
  return true;
}

/** What says that a text holds no request to judge; of other errors the text is a request, with a fault that is told. */
const withoutRequest = new Set(['input/code', 'input/unsigned', 'scheme/unrecognized']);

/** Where nothing is explained, or values lack by which a request were to be judged, what can be read off code beside it. */
export async function addCodeNotes(results: Result[], text: Uint8Array): Promise<void> {
  const stays = ({ diagnosis }: Result): boolean =>
    diagnosis.verdict === 'unexplained' || diagnosis.notes.some(({ id }) => id === 'input/unresolved');
  if (!results.some(stays)) return;
  const { readCode } = await import('@countersign/core/code-reading');
  const mistakes = readCode(Buffer.from(text).toString('utf8'))?.mistakes ?? [];
  for (const [at, result] of results.entries()) {
    const { subject, diagnosis } = result;
    if (!stays(result)) continue;
    const likely = mistakes
      .filter(({ id }) => id !== 'template/unresolved' || mayHoldVariable(subject))
      .map(({ id, summary, yours }) => ({
        id: 'code/likely',
        summary: `${id}, by the code beside it ("${yours}"): ${summary}`,
      }));
    results[at] = { subject, diagnosis: { ...diagnosis, notes: [...diagnosis.notes, ...likely] } };
  }
}

/** Whether a variable was filled in; of what a collection sent, its values are known, and a request without one has none to sign. */
function mayHoldVariable({ form, message, variables }: Subject): boolean {
  if (form !== 'postman-run') return true;
  const body = message.body instanceof Uint8Array ? Buffer.from(message.body).toString('utf8') : '';
  const sent = message.target + body;
  return Object.values(variables).some((value) => value !== '' && sent.includes(value));
}
