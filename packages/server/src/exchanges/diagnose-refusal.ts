import { createHash } from 'node:crypto';
import type { Diagnosis, DiagnosisCredential } from '@countersign/core/diagnose';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import type { RefusedRequest } from '../contract/refused-request.ts';
import { ownTurns } from '../threads/own-turn.ts';
import type { DiagnosisJob, JobCredential } from './diagnosis-job.ts';
import { createDiagnosisThread } from './diagnosis-thread.ts';
import type { Explanation } from '../contract/exchange-recorder.ts';
import { FirstAnswers } from './first-answers.ts';
import { LongSearches } from './long-searches.ts';
import { warmUpJobs } from './warm-up.ts';

export interface RefusalExplainerOptions {
  /** Signatures are judged on the wall clock. */
  readonly wallNow: () => Date;
  /** The ids of the schemes that requests are signed with, for which the diagnosis is warmed up. Default: none. */
  readonly schemes?: readonly string[];
  /** Names under which the server is known from outside. */
  readonly publicHosts: readonly string[];
  /** Whether a key is public, so that a diagnosis of its signatures may be shown to anybody. Default: none is. */
  readonly isPublicKey?: (credential: DiagnosisCredential) => boolean;
  /** Adds to an exchange what the search at length found. */
  readonly amend: (exchangeId: string, diagnosis: Diagnosis) => void;
  readonly onInternalError: (error: Error) => void;
  /** The measure of a search at length, in milliseconds of an ordinary machine. Default 5000. */
  readonly longBudgetMs?: number;
  /** Makes the threads that search. Another one only in tests. */
  readonly createThread?: typeof createDiagnosisThread;
}

/** A longer diagnosis repeats long headers; it is made again rather than kept. */
const longestRemembered = 64 * 1024;

/**
 * Explains refused signatures. Single mistakes are searched before the refusal is answered, however busy the machine is;
 * what they do not explain is searched at length, and the exchange amended. A request that is sent again as it was gets the
 * same explanation without a search.
 */
export class RefusalExplainer {
  readonly #options: RefusalExplainerOptions;
  readonly #first: FirstAnswers;
  readonly #long: LongSearches;
  /** By account and target: the request as it was signed, and what was found. */
  readonly #remembered = new BoundedMap<string, { readonly signed: string; diagnosis: Diagnosis }>(
    'diagnoses-remembered',
    { weigh: (remembered, key) => weightOf([key, remembered]) },
  );
  /** Equal requests that come at once are searched once. */
  readonly #underWay = new Map<string, Promise<Diagnosis>>();
  #closed = false;

  constructor(options: RefusalExplainerOptions) {
    const { createThread = createDiagnosisThread, onInternalError } = options;
    this.#options = options;
    this.#first = new FirstAnswers(createThread());
    this.#long = new LongSearches({ thread: createThread(), onInternalError });
  }

  /** Explains a refusal, or says why nobody looked for its mistake. */
  async explain(refused: RefusedRequest): Promise<Explanation> {
    const { body } = refused.message;
    if (!(body instanceof Uint8Array)) return {};
    await ownTurns.of(body.length);
    const key = keyOf(refused);
    const signed = signedText(refused);
    const remembered = this.#remembered.get(key);
    if (remembered?.signed === signed) return { diagnosis: remembered.diagnosis };
    const search = this.#underWay.get(key + signed) ?? this.#search({ ...refused.message, body }, refused, key, signed);
    if (!search) return { undiagnosed: 'too many refused requests wait to be searched; send it again' };
    try {
      return { diagnosis: await search };
    } catch (error) {
      if (this.#closed) return {};
      // A failed explanation must not change the refusal.
      this.#options.onInternalError(error as Error);
      return { undiagnosed: 'the search failed; the server’s log says why' };
    }
  }

  /** Loads the diagnosis and lets it run, search by search: refusals that come meanwhile take turns with them. */
  async warmUp(): Promise<void> {
    for (const job of warmUpJobs(this.#options.schemes ?? [], this.#options.wallNow())) {
      await this.#first.search(job, 'warm-up');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#first.close(), this.#long.close()]);
  }

  #search(
    message: DiagnosisJob['message'],
    refused: RefusedRequest,
    key: string,
    signed: string,
  ): Promise<Diagnosis> | undefined {
    const job = this.#job(message, refused);
    const search = this.#first.search(job, key)?.then((diagnosis) => {
      this.#remember(key, signed, diagnosis);
      if (diagnosis.verdict === 'unexplained') this.#searchAtLength(job, refused, key, signed);
      return diagnosis;
    });
    if (!search) return undefined;
    this.#underWay.set(key + signed, search);
    const forget = (): void => void this.#underWay.delete(key + signed);
    search.then(forget, forget);
    return search;
  }

  #job(
    { method, target, headers, body }: DiagnosisJob['message'],
    { scheme, credential, alsoSecrets = [] }: RefusedRequest,
  ): Omit<DiagnosisJob, 'budget'> {
    return {
      scheme: scheme.id,
      credential: jobCredential(credential),
      alsoSecrets: alsoSecrets.map(jobCredential),
      message: { method, target, headers, body },
      nowMs: this.#options.wallNow().getTime(),
      publicHosts: this.#options.publicHosts,
      callerHoldsKey: this.#options.isPublicKey?.(credential) ?? false,
    };
  }

  #searchAtLength(job: Omit<DiagnosisJob, 'budget'>, { exchange }: RefusedRequest, key: string, signed: string): void {
    const onResult = (diagnosis: Diagnosis): void => {
      this.#remember(key, signed, diagnosis);
      this.#options.amend(exchange.id, diagnosis);
    };
    this.#long.add(key, { job: { ...job, budget: { ms: this.#options.longBudgetMs ?? 5_000 } }, onResult });
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
