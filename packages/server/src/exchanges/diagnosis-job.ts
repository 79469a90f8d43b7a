import type { DiagnosisBudget } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';

/** A key on its way to the search's thread, which is in this process. */
export interface JobCredential {
  readonly keyId?: string;
  readonly name?: string;
  readonly secret: string;
}

/** A refused request to be searched: everything in it can be cloned to another thread. */
export interface DiagnosisJob {
  /** The scheme is data and functions, and functions cannot be sent: the thread loads it by its id. */
  readonly scheme: string;
  readonly credential: JobCredential;
  readonly alsoSecrets: readonly JobCredential[];
  readonly message: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly Header[];
    readonly body: Uint8Array;
  };
  readonly nowMs: number;
  readonly publicHosts: readonly string[];
  readonly callerHoldsKey: boolean;
  readonly budget: DiagnosisBudget;
}
