import type { Diagnosis } from '@countersign/core/diagnose';
import type { Explanation } from '../contract/exchange-recorder.ts';

const limit = 400;

/** How typographic characters of the summaries are written in ASCII. */
const plain: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '…': '...' };

/**
 * The value of `x-countersign-diagnosis`: the mistakes' identifiers, then the first summary, as one line of printable
 * ASCII. Diagnoses hold no secret; this only makes them safe to put on a header line.
 *
 * @param exchange where a search that goes on in the background puts what it finds
 * @returns `undefined` for a request of which there is nothing to say
 */
export function diagnosisHeader({ diagnosis, undiagnosed }: Explanation, exchange: string): string | undefined {
  const text = diagnosis ? textOf(diagnosis, exchange) : undiagnosed && `not searched: ${undiagnosed}`;
  const line = text?.replaceAll(/\s+/g, ' ').replaceAll(/[^\x20-\x7e]/gu, (character) => plain[character] ?? '?');
  return line === undefined || line.length <= limit ? line : `${line.slice(0, limit - 3)}...`;
}

function textOf({ verdict, mistakes }: Diagnosis, exchange: string): string {
  const [first] = mistakes;
  if (first) return `${mistakes.map(({ id }) => id).join(' + ')}: ${first.summary}`;
  if (verdict !== 'unexplained') return verdict;
  return `unexplained at first sight; the search goes on, see /#/requests/${exchange}`;
}
