import type { Data, HashAlgorithm } from '../../digest/algorithms.ts';
import type { KeyCandidate } from './key-candidates.ts';
import { matchesReading, type DigestReading } from '../reading/received-signature.ts';
import type { SearchBudget } from '../reading/search-budget.ts';

/**
 * Asks whether a key and a string give the received signature, in whatever encoding it was received. This is the inner
 * loop of every search: one HMAC, one comparison, nothing allocated besides the digest's text.
 */
export class SignatureProbe {
  readonly #algorithms: readonly HashAlgorithm[];
  readonly #readings: readonly DigestReading[];
  /** The one whole digest to compare with; `undefined` when there are several readings or a cut one. */
  readonly #only: DigestReading | undefined;
  readonly #budget: SearchBudget;

  constructor(readings: readonly DigestReading[], budget: SearchBudget) {
    this.#algorithms = [...new Set(readings.map(({ algorithm }) => algorithm))];
    this.#readings = readings;
    this.#only = readings.length === 1 && readings[0]?.extent === 'whole' ? readings[0] : undefined;
    this.#budget = budget;
  }

  /** How the received text reads when the pair gives it; `undefined` when it does not, or when the budget is spent. */
  test(key: KeyCandidate, data: Data): DigestReading | undefined {
    const only = this.#only;
    if (only) {
      if (!this.#budget.spend(data.length)) return undefined;
      return key.mac(only.algorithm).text(data, 'base64') === only.base64 ? only : undefined;
    }
    for (const algorithm of this.#algorithms) {
      if (!this.#budget.spend(data.length)) return undefined;
      const found = this.#reading(algorithm, key, data);
      if (found) return found;
    }
    return undefined;
  }

  /** The same over what was sent, which no budget is too small for. */
  recompute(key: KeyCandidate, data: Data): DigestReading | undefined {
    for (const algorithm of this.#algorithms) {
      this.#budget.count(data.length);
      const found = this.#reading(algorithm, key, data);
      if (found) return found;
    }
    return undefined;
  }

  #reading(algorithm: HashAlgorithm, key: KeyCandidate, data: Data): DigestReading | undefined {
    const digest = key.mac(algorithm).text(data, 'base64');
    return this.#readings.find((reading) => reading.algorithm === algorithm && matchesReading(reading, digest));
  }
}
