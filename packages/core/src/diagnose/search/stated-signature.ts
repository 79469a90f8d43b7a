import type { Data } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import { hashOf } from '../../digest/algorithms.ts';
import { digestReadings, type DigestReading } from '../reading/received-signature.ts';
import { restoredSignature } from '../reading/restored-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { BodyGroups } from './body-groups.ts';
import { rightCandidate } from './key-candidates.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { MoveLists } from './move-lists.ts';
import { SignatureSearch } from './search.ts';
import { SignatureProbe } from './signature-probe.ts';
import type { Solution } from './solutions.ts';
import { writtenSteps } from './written-steps.ts';

/** What a signature tells that somebody's own code computed of the request. */
export interface StatedSignature {
  /** Whether it is the right one. */
  readonly equal: boolean;
  readonly steps: readonly Step[];
}

interface Asked {
  readonly evidence: Evidence;
  readonly classes: readonly MistakeClass[];
  readonly bodies: BodyGroups;
  readonly moves: MoveLists;
  readonly right: RightKey;
}

/**
 * Finds how a receiver came to another signature than the right one. Its string is not known; but whoever receives has
 * the right secret, so the string that gives this signature is searched for as a signer's is.
 */
export function explainStatedSignature(asked: Asked, string: Data | undefined): StatedSignature | undefined {
  const { evidence, classes } = asked;
  const stated = evidence.options.yourSignature?.trim();
  if (stated === undefined) return undefined;
  const { mac } = evidence.scheme;
  // What a log puts around it, and the "sha256=" of other services, is none of its digest.
  const readings = digestReadings(restoredSignature(stated, evidence.scheme, []), hashOf(mac.algorithm), mac.encoding);
  const found = readings.length === 0 ? undefined : solve(asked, readings, string);
  if (!found) return { equal: false, steps: [] };
  const steps = [...found.steps, ...writtenSteps(found.reading, evidence, classes, stated)];
  return { equal: steps.length === 0, steps };
}

/** Of a string that is known, only the key and the computation are looked for. */
function solve(
  { evidence, classes, bodies, moves, right }: Asked,
  readings: readonly DigestReading[],
  string: Data | undefined,
): Pick<Solution, 'steps' | 'reading'> | undefined {
  if (string !== undefined) {
    const probe = new SignatureProbe(readings, evidence.budget);
    const own = rightCandidate(right);
    const asItIs = probe.test(own, string);
    if (asItIs) return { steps: own.steps, reading: asItIs };
    for (const key of moves.eachKey()) {
      const reading = probe.test(key, string);
      if (reading) return { steps: key.steps, reading };
    }
    return undefined;
  }
  const search = new SignatureSearch(evidence, classes, bodies, right, readings);
  let solutions = search.recompute();
  if (solutions.length === 0) solutions = search.searchSingles();
  if (solutions.length === 0 && evidence.budget.mistakes > 1) solutions = search.searchPairs();
  return solutions[0];
}
