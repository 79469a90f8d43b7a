import type { Diagnosis } from '@countersign/core/diagnose';
import type { ShownPart } from '../anatomy/shown-part.ts';
import type { Programs } from './written-programs.ts';

/** What the page asks of its worker. The secret stays between the two. */
export interface Task {
  readonly kind: 'sign' | 'verify' | 'diagnose';
  /** What was pasted, in any form that core's reader recognizes. */
  readonly text: string;
  /** Which of several requests. */
  readonly chosen: number;
  readonly scheme: string;
  /** In place of that, a scheme of the user's own, in JSON; empty for none. */
  readonly ownScheme?: string;
  /** The secret; of a scheme that a private key signs for, its public key. */
  readonly secret: string;
  /** Empty: the one that the request names. */
  readonly keyId: string;
  /** What the user's own code makes of the request; empty for nothing. */
  readonly yourString?: string;
  readonly yourSignature?: string;
  /** The clock to judge by, or to sign with; now when absent. */
  readonly nowMs?: number;
}

/** A request that was found in what was pasted. */
export interface ShownRequest {
  readonly title: string;
  /** What was noticed while it was read. */
  readonly notes: readonly string[];
}

/** What came of a task. */
export interface Result {
  readonly requests: readonly ShownRequest[];
  readonly outcome: TaskOutcome;
}

export type TaskOutcome =
  | {
      readonly kind: 'signed';
      readonly headers: readonly (readonly [string, string])[];
      /** What looks like a mistake in what was signed. */
      readonly warnings: readonly string[];
      readonly parts: readonly ShownPart[];
      readonly programs: Programs;
    }
  | {
      readonly kind: 'verified';
      readonly ok: boolean;
      readonly sentence: string;
      readonly notes: readonly string[];
      readonly parts: readonly ShownPart[];
      /** Receivers by the scheme. */
      readonly programs: Programs;
    }
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis; readonly parts: readonly ShownPart[] }
  | { readonly kind: 'failed'; readonly message: string };

/** A scheme as the page offers it. */
export interface OfferedScheme {
  readonly id: string;
  readonly title: string;
  /** Its requests name their key. */
  readonly namesKey: boolean;
  /** They are verified with a public key, which is no secret. */
  readonly hasPublicKey: boolean;
}

/** A numbered task on its way to the worker. */
export interface Question {
  readonly number: number;
  readonly task: Task;
}

/** What the worker sends: first the schemes that it knows, then an answer to each question. */
export type WorkerAnswer =
  { readonly schemes: readonly OfferedScheme[] } | { readonly number: number; readonly result: Result };
