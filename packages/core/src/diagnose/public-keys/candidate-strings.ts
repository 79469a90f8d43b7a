import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import type { Message } from '../../message.ts';
import type { PublicKeyScheme } from '../../public-key-scheme.ts';
import { catalog } from '../catalog.ts';
import type { DiagnoseOptions } from '../diagnosis.ts';
import { declaredAuthorization, declaredScheme } from '../reading/declared-signature.ts';
import { readEvidence, type Evidence } from '../reading/evidence.ts';
import { joinLayout } from '../reading/layout.ts';
import { digestReadings, type DigestReading } from '../reading/received-signature.ts';
import { rightKey } from '../reading/right-key.ts';
import { SearchBudget } from '../reading/search-budget.ts';
import { BodyGroups } from '../search/body-groups.ts';
import { classesFor } from '../search/candidates.ts';
import type { KeyCandidate } from '../search/key-candidates.ts';
import { SignatureProbe } from '../search/signature-probe.ts';
import { SignatureSearch } from '../search/search.ts';
import { sameBytesKey } from '../text/visible.ts';
import { standInMessage, standInScheme, standInSecret } from './stand-in.ts';

/** Writes down what is asked for under the right key, and finds nothing. */
class RecordingProbe extends SignatureProbe {
  readonly #seen = new Set<string>();
  readonly #budget: SearchBudget;
  readonly strings: Uint8Array[] = [];

  constructor(readings: readonly DigestReading[], budget: SearchBudget) {
    super(readings, budget);
    this.#budget = budget;
  }

  override test(key: KeyCandidate, data: Data): undefined {
    // What another key or computation would have made is no question here.
    if (key.steps.length > 0 || !this.#budget.spend(data.length)) return undefined;
    const identity = sameBytesKey(data);
    if (this.#seen.has(identity)) return undefined;
    this.#seen.add(identity);
    this.strings.push(bytesOf(data));
    return undefined;
  }
}

/** The request with the stand-in's signature, read as the diagnosis of shared secrets reads it. */
function standInEvidence(
  scheme: PublicKeyScheme,
  message: Message,
  options: DiagnoseOptions,
  budget: SearchBudget,
): Evidence {
  const standIn = standInMessage(scheme, message, new Uint8Array(0));
  const declared = declaredScheme(standInScheme(scheme), standIn);
  return readEvidence(declared, { secret: standInSecret }, standIn, options, budget);
}

/** The string of a request that no verifier may accept, and the signatures that it carries; `undefined` where it carries none. */
export function refusedString(
  scheme: PublicKeyScheme,
  message: Message,
  options: DiagnoseOptions,
): { readonly string: Uint8Array; readonly texts: readonly string[] } | undefined {
  const budget = new SearchBudget(performance.now(), { candidates: 1, mistakes: 1 });
  const { layout } = standInEvidence(scheme, message, options, budget);
  const received = declaredAuthorization(standInScheme(scheme), message);
  return received && { string: bytesOf(joinLayout(layout)), texts: [received.fields.signature] };
}

/**
 * The strings that may have been signed instead, each by one mistake, the likelier first: those that the search of shared
 * secrets would try.
 *
 * @param most how many, because each is verified, which takes a hundred times as long as an HMAC
 */
export function candidateStrings(
  scheme: PublicKeyScheme,
  message: Message,
  options: DiagnoseOptions,
  most: number,
): readonly Uint8Array[] {
  const budget = new SearchBudget(performance.now(), { candidates: most, bytes: 60_000_000, mistakes: 1 });
  const evidence = standInEvidence(scheme, message, options, budget);
  const { authorization } = evidence;
  if (!authorization) return [];
  const classes = classesFor(evidence, catalog);
  const readings = digestReadings(authorization.fields.signature, 'sha256', 'base64');
  const probe = new RecordingProbe(readings, budget);
  const bodies = new BodyGroups(evidence, classes);
  new SignatureSearch(evidence, classes, bodies, rightKey(evidence), readings, probe).searchSingles();
  return probe.strings;
}
