import type { Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { ShownPart } from '../anatomy/string-to-sign.tsx';

/** What the page asks of its worker. The secret stays between the two. */
export interface Task {
  /** Counts up; the answer repeats it. */
  readonly number: number;
  readonly kind: 'sign' | 'verify' | 'diagnose';
  readonly scheme: string;
  readonly message: Message;
  readonly secret: string;
  readonly keyId: string;
  /** The clock to judge by, or to sign with; now when absent. */
  readonly nowMs?: number;
}

/** What the worker answers. */
export type Outcome =
  | {
      readonly kind: 'signed';
      readonly headers: readonly (readonly [string, string])[];
      readonly parts: readonly ShownPart[];
    }
  | {
      readonly kind: 'verified';
      readonly ok: boolean;
      readonly sentence: string;
      readonly notes: readonly string[];
      readonly parts: readonly ShownPart[];
    }
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis; readonly parts: readonly ShownPart[] }
  | { readonly kind: 'failed'; readonly message: string };

/** What the worker sends back. */
export interface Answer {
  readonly number: number;
  readonly outcome: Outcome;
}
