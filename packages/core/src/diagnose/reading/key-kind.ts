import { otherKeysOf } from '../../providers/key-forms.ts';
import { secretText } from '../text/secret-text.ts';
import type { Evidence } from './evidence.ts';

/** What the secret given is, as its form tells, and what signs instead. */
export interface KeyKind {
  readonly is: string;
  readonly wanted: string;
}

/** The kind of the secret given, where it is none that signs by the scheme. */
export function wrongKind({ scheme, credential }: Evidence): KeyKind | undefined {
  const known = otherKeysOf(scheme);
  const text = secretText(credential.secret).trim();
  const form = known?.forms.find(({ pattern }) => pattern.test(text));
  return known && form && { is: form.is, wanted: known.wanted };
}

/** Whether the body says that it is of live mode, or of test mode; `undefined` where it says nothing or modes share secrets. */
export function isLiveMode({ scheme, bodyJson }: Evidence): boolean | undefined {
  const member = otherKeysOf(scheme)?.liveMember;
  const root = member === undefined ? undefined : bodyJson();
  if (root?.kind !== 'object') return undefined;
  const value = root.members.find(({ key }) => key === member)?.value;
  return value?.kind === 'literal' && value.text !== 'null' ? value.text === 'true' : undefined;
}
