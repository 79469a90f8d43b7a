import type { Diagnosis } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';

/** A key on its way to the worker thread, which is in this process. */
export interface JobCredential {
  readonly keyId?: string;
  readonly name?: string;
  readonly secret: string;
}

/** A refused request for the worker to search: everything in it can be cloned to another thread. */
export interface DiagnosisJob {
  readonly id: number;
  /** The scheme is data and functions, and functions cannot be sent: the worker loads it by its id. */
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
  readonly budgetMs: number;
}

/** What the worker answers. */
export type DiagnosisJobResult =
  { readonly id: number; readonly diagnosis: Diagnosis } | { readonly id: number; readonly error: string };
