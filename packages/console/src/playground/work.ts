import type { Diagnosis } from '@countersign/core/diagnose';
import type { RequestFormId } from '@countersign/core/requests/found-request';
import type { ShownPart } from '../anatomy/shown-part.ts';
import type { Programs } from './written-programs.ts';

/** What the page asks of its worker. The secrets stay between the two. */
export interface Task {
  /** `read` only tells what was pasted. */
  readonly kind: 'read' | 'sign' | 'verify' | 'diagnose';
  /** What was pasted, in any form that core's reader recognizes. */
  readonly text: string;
  /** Which of several requests; absent: the likeliest to be asked about. */
  readonly chosen?: number;
  /** The scheme's id; empty: recognized by the request. */
  readonly scheme: string;
  /** In place of that, a scheme of the user's own, in JSON; empty for none. */
  readonly ownScheme?: string;
  /** The secret, or a connection string that holds it; of a scheme that a private key signs for, its public key. */
  readonly secret: string;
  /** Further keys that may have been used by mistake. */
  readonly otherSecrets?: readonly string[];
  /** Empty: the one that the request names. */
  readonly keyId: string;
  /** The way to sign that the account set, where the scheme has a choice; empty, or of another scheme: the scheme's own. */
  readonly mac?: string;
  /** The URL by which the sender calls the receiver; empty: as the request says. */
  readonly publicUrl?: string;
  /** Values of template variables, by name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What the user's own code makes of the request; empty for nothing. */
  readonly yourString?: string;
  readonly yourSignature?: string;
  /** The clock to judge by, or to sign with; now when absent. */
  readonly nowMs?: number;
}

/** A request that was found in what was pasted. */
export interface ShownRequest {
  readonly title: string;
  readonly form: RequestFormId;
  /** What was noticed while it was read. */
  readonly notes: readonly string[];
  /** Names of template variables that stand in it. */
  readonly open: readonly string[];
}

/** The scheme that was recognized, and by what. */
export interface RecognizedScheme {
  readonly id: string;
  readonly title: string;
  /** For people: `the host`. */
  readonly by: string;
  /** Titles of others that it looks like as well. */
  readonly alsoFits: readonly string[];
}

/** What came of a task. */
export interface Result {
  readonly requests: readonly ShownRequest[];
  /** Which of them it is about. */
  readonly chosen: number;
  /** Where the scheme was not named. */
  readonly recognized?: RecognizedScheme;
  readonly outcome: TaskOutcome;
}

export type TaskOutcome =
  | { readonly kind: 'read' }
  | {
      readonly kind: 'signed';
      readonly headers: readonly (readonly [string, string])[];
      /** What looks like a mistake in what was signed. */
      readonly warnings: readonly string[];
      readonly parts: readonly ShownPart[];
      readonly programs: Programs;
      /** A command that sends the signed request; absent where its body is not text. */
      readonly curl?: string;
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
  /** The ways to sign among which an account chooses; none where there is but one. */
  readonly choices: readonly string[];
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
