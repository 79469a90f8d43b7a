import type { Task } from './work.ts';

/** A template variable and its value, as typed. */
export interface VariableValue {
  readonly name: string;
  readonly value: string;
  /** It stands in the request by its name; of others the request has the value. */
  readonly isOpen?: boolean;
}

/** What the fields of the playground hold, as it was typed. */
export interface FieldValues {
  readonly text: string;
  /** Which of several requests in the text; `undefined` until one is chosen. */
  readonly chosen: number | undefined;
  /** The scheme's id; empty: recognized. */
  readonly scheme: string;
  readonly secret: string;
  readonly otherSecrets: readonly string[];
  readonly keyId: string;
  /** The way to sign that the account set, where the scheme has a choice; empty for the scheme's own. */
  readonly mac: string;
  /** A time; empty for now. */
  readonly now: string;
  readonly publicUrl: string;
  readonly variables: readonly VariableValue[];
  /** A scheme of the user's own, in JSON; empty for the chosen one. */
  readonly ownScheme: string;
  readonly yourString: string;
  readonly yourSignature: string;
}

/** Changes some of them. */
export type Change = (changed: Partial<FieldValues>) => void;

/** What is said where the secret is missing. */
export const noSecret = 'Give the secret; it stays in this page.';

/** Fields before anybody has typed. */
export const emptyFields: FieldValues = {
  text: '',
  chosen: undefined,
  scheme: '',
  secret: '',
  otherSecrets: [],
  keyId: '',
  mac: '',
  now: '',
  publicUrl: '',
  variables: [],
  ownScheme: '',
  yourString: '',
  yourSignature: '',
};

/** The task that the fields describe, or what is missing in them, in a sentence. */
export function taskOf(
  kind: Task['kind'],
  { now, chosen, variables, ...fields }: FieldValues,
): { readonly task: Task } | { readonly problem: string } {
  if (fields.text.trim() === '') return { problem: 'Paste a request first.' };
  const nowMs = now.trim() === '' ? undefined : Date.parse(now);
  if (Number.isNaN(nowMs) && kind !== 'read')
    return { problem: `The clock "${now}" is not a time; expected for example 2024-05-27T09:08:07Z.` };
  const values = variables.filter(({ name, value }) => name.trim() !== '' && value !== '');
  return {
    task: {
      kind,
      ...fields,
      variables: Object.fromEntries(values.map(({ name, value }) => [bareName(name), value])),
      ...(chosen !== undefined && { chosen }),
      ...(nowMs !== undefined && !Number.isNaN(nowMs) && { nowMs }),
    },
  };
}

/** A variable's name, with the braces around it or without. */
function bareName(name: string): string {
  return name.trim().replace(/^\{\{[ \t]*([^{}]*?)[ \t]*\}\}$/, '$1');
}
