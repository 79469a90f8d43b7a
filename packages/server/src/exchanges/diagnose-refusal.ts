import { createHash } from 'node:crypto';
import type { diagnose, Diagnosis, DiagnosisCredential } from '@countersign/core/diagnose';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import type { RefusedRequest } from '../providers/provider-context.ts';
import type { JobCredential } from './diagnosis-job.ts';
import { BYTES_PER_TURN, ownTurns } from '../threads/own-turn.ts';
import { DiagnosisQueue, type QueuedDiagnosis } from './diagnosis-queue.ts';

export interface RefusalExplainerOptions {
  /** Signatures are judged on the wall clock. */
  readonly wallNow: () => Date;
  /** Names under which the server is known from outside. */
  readonly publicHosts: readonly string[];
  /** Which keys everybody holds: what a signature lacks of one may be told to anybody. Default: none. */
  readonly isPublicKey?: (credential: DiagnosisCredential) => boolean;
  /** Adds to an exchange what the search in the background found. */
  readonly amend: (exchangeId: string, diagnosis: Diagnosis) => void;
  readonly onInternalError: (error: Error) => void;
  /** What one search in the background may take, in milliseconds. Default 5000. */
  readonly backgroundBudgetMs?: number;
}

/**
 * What one refusal may take of the main thread: single mistakes, as many as nearly all requests need, and none that means
 * to write a long body anew. The time is for a machine that is too busy for even that.
 */
const inlineBudget = { candidates: 4_000, bytes: 2_000_000, mistakes: 1, ms: 25 } as const;
/** What of a turn of the event loop a search takes, however short the body: a few at once are enough. */
const inlineTurnBytes = BYTES_PER_TURN / 3;
/** What all refusals together may take of it in a second; a client that retries in a loop slows no call. */
const inlineShareMs = 150;
/** A longer diagnosis repeats long headers; it is made again rather than kept. */
const longestRemembered = 64 * 1024;

/**
 * Explains refused signatures: cheap single mistakes at once; what they do not explain is searched in a worker thread, and
 * the exchange amended. A request that is sent again as it was gets the same explanation without a search.
 *
 * The diagnosis is a hundred modules. They load with the first refusal, or shortly after the start: see `warm-up.ts`.
 */
export class RefusalExplainer {
  readonly #options: RefusalExplainerOptions;
  readonly #queue: DiagnosisQueue;
  /** By account and target: the request as it was signed, and what was found. */
  readonly #remembered = new BoundedMap<string, { readonly signed: string; diagnosis: Diagnosis }>(
    'diagnoses-remembered',
    { weigh: (remembered, key) => weightOf([key, remembered]) },
  );
  #allowanceMs = inlineShareMs;
  #allowanceAtMs = performance.now();

  constructor(options: RefusalExplainerOptions) {
    this.#options = options;
    this.#queue = new DiagnosisQueue({
      onInternalError: options.onInternalError,
      ...(options.backgroundBudgetMs !== undefined && { longBudgetMs: options.backgroundBudgetMs }),
    });
  }

  /** Explains a refusal; `undefined` when there is no time for it now, and the exchange will be amended. */
  async explain(refused: RefusedRequest): Promise<Diagnosis | undefined> {
    try {
      const core = await import('@countersign/core/diagnose');
      const { body } = refused.message;
      await ownTurns.of(Math.max(inlineTurnBytes, body instanceof Uint8Array ? body.length : 0));
      // Nothing waits from here on: of two equal requests that come at once, only the first is searched.
      return this.#explainNow(core.diagnose, refused);
    } catch (error) {
      // The refusal stands whether or not it can be explained.
      this.#options.onInternalError(error as Error);
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  #explainNow(search: typeof diagnose, refused: RefusedRequest): Diagnosis | undefined {
    const key = keyOf(refused);
    const signed = signedText(refused);
    const remembered = this.#remembered.get(key);
    if (remembered?.signed === signed) return remembered.diagnosis;
    const diagnosis = this.#inline(search, refused);
    if (diagnosis) this.#remember(key, signed, diagnosis);
    if (!diagnosis || diagnosis.verdict === 'unexplained') this.#inBackground(refused, key, signed);
    return diagnosis;
  }

  #inline(search: typeof diagnose, refused: RefusedRequest): Diagnosis | undefined {
    const { scheme, credential, message, alsoSecrets = [] } = refused;
    const startedAtMs = performance.now();
    const recovered = ((startedAtMs - this.#allowanceAtMs) / 1000) * inlineShareMs;
    this.#allowanceMs = Math.min(inlineShareMs, this.#allowanceMs + recovered);
    this.#allowanceAtMs = startedAtMs;
    if (this.#allowanceMs <= 0) return undefined;
    const { wallNow, publicHosts } = this.#options;
    try {
      return search(scheme, credential, message, {
        now: wallNow(),
        alsoSecrets,
        publicHosts,
        callerHoldsKey: this.#options.isPublicKey?.(credential) ?? false,
        budget: inlineBudget,
      });
    } finally {
      this.#allowanceMs -= performance.now() - startedAtMs;
    }
  }

  #inBackground(refused: RefusedRequest, key: string, signed: string): void {
    const { message, scheme, credential, alsoSecrets = [], exchange } = refused;
    if (!(message.body instanceof Uint8Array)) return;
    const { method, target, headers, body } = message;
    const job: QueuedDiagnosis['job'] = {
      scheme: scheme.id,
      credential: jobCredential(credential),
      alsoSecrets: alsoSecrets.map(jobCredential),
      message: { method, target, headers, body },
      nowMs: this.#options.wallNow().getTime(),
      publicHosts: this.#options.publicHosts,
      callerHoldsKey: this.#options.isPublicKey?.(credential) ?? false,
    };
    const onResult = (diagnosis: Diagnosis): void => {
      this.#remember(key, signed, diagnosis);
      this.#options.amend(exchange.id, diagnosis);
    };
    this.#queue.add({ key, job, onResult });
  }

  #remember(key: string, signed: string, diagnosis: Diagnosis): void {
    this.#remembered.delete(key);
    if (JSON.stringify(diagnosis).length > longestRemembered) return;
    this.#remembered.set(key, { signed, diagnosis });
  }
}

function keyOf({ scheme, credential, message }: RefusedRequest): string {
  const name = [scheme.id, credential.keyId ?? credential.name ?? '', message.method, message.target].join('\n');
  return createHash('sha256').update(name).digest('base64');
}

/** What tells whether a request is the same once more: everything that its signature could be over. */
function signedText({ message: { headers, body } }: RefusedRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(headers)).update('\n');
  return (body instanceof Uint8Array ? hash.update(body) : hash.update(JSON.stringify(body))).digest('base64');
}

function jobCredential({ keyId, name, secret }: DiagnosisCredential): JobCredential {
  return {
    ...(keyId !== undefined && { keyId }),
    ...(name !== undefined && { name }),
    secret: typeof secret === 'string' ? secret : secret.expose().text,
  };
}
