import type { Task } from './work.ts';

/** What the fields of the playground hold, as it was typed. */
export interface FieldValues {
  readonly text: string;
  /** Which of several requests in the text. */
  readonly chosen: number;
  /** The scheme's id. */
  readonly scheme: string;
  readonly secret: string;
  readonly keyId: string;
  /** A time; empty for now. */
  readonly now: string;
  /** A scheme of the user's own, in JSON; empty for the chosen one. */
  readonly ownScheme: string;
  readonly yourString: string;
  readonly yourSignature: string;
}

/** What is said where the secret is missing. */
export const noSecret = 'Give the secret; it stays in this page.';

/** Fields before anybody has typed. */
export function emptyFields(scheme: string): FieldValues {
  return {
    text: '',
    chosen: 0,
    scheme,
    secret: '',
    keyId: '',
    now: '',
    ownScheme: '',
    yourString: '',
    yourSignature: '',
  };
}

/** The task that the fields describe, or what is missing in them, in a sentence. */
export function taskOf(
  kind: Task['kind'],
  { now, ...fields }: FieldValues,
): { readonly task: Task } | { readonly problem: string } {
  if (fields.text.trim() === '') return { problem: 'Paste a request first.' };
  // Of code alone diagnosis asks for none.
  if (fields.secret === '' && kind !== 'diagnose') return { problem: noSecret };
  if (now === '') return { task: { kind, ...fields } };
  const nowMs = Date.parse(now);
  return Number.isNaN(nowMs)
    ? { problem: `The clock "${now}" is not a time; expected for example 2024-05-27T09:08:07Z.` }
    : { task: { kind, ...fields, nowMs } };
}
