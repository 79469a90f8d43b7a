import type { Diagnosis } from '@countersign/core/diagnose';

const limit = 400;

/**
 * The value of `x-countersign-diagnosis`: the mistakes' identifiers, then the first summary, as one line of printable
 * ASCII. Diagnoses hold no secret; this only makes them safe to put on a header line.
 */
export function diagnosisHeader(diagnosis: Diagnosis): string {
  const ids = diagnosis.mistakes.map(({ id }) => id).join(' + ');
  const text = ids === '' ? diagnosis.verdict : `${ids}: ${diagnosis.mistakes[0]?.summary ?? ''}`;
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/[^\x20-\x7e]/g, '?');
  return line.length <= limit ? line : `${line.slice(0, limit - 3)}...`;
}
