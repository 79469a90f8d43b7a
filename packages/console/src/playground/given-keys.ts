import type { DiagnosisCredential } from '@countersign/core/diagnose';
import { readSecretText } from '@countersign/core/providers/secret-text';
import type { Scheme } from '@countersign/core/scheme';
import { Secret, type Credential } from '@countersign/core/secret';
import { otherKeyName } from './other-key-name.ts';
import type { Task } from './work.ts';

/** A key as it was typed: its text, and the host of the connection string that held it. */
export interface GivenKey {
  readonly text: string;
  readonly host?: string;
  /** For people: the label of its field. */
  readonly name: string;
  /** It was not given, and is the public one of the local server. */
  readonly isDevelopment?: boolean;
}

/** The keys of a task, that in the field Secret first. @throws CountersignError saying which cannot be read, and why */
export function givenKeys({ secret, otherSecrets = [] }: Task): readonly [GivenKey, ...GivenKey[]] {
  const others = otherSecrets.flatMap((text, index) => (text.trim() === '' ? [] : [keyOf(text, otherKeyName(index))]));
  return [keyOf(secret, 'Secret'), ...others];
}

function keyOf(text: string, name: string): GivenKey {
  return { ...naming(name, () => readSecretText(text)), name };
}

/** How a key is used: the id that it goes by, empty for none, and the way to sign that the account set. */
export interface KeyUse {
  readonly keyId: string;
  readonly mac?: string | undefined;
}

/** For diagnosis, which takes texts that the scheme cannot decode. */
export function diagnosisCredential(
  scheme: Scheme,
  { text, host, name }: GivenKey,
  { keyId, mac }: KeyUse,
): DiagnosisCredential {
  return {
    secret: text,
    name,
    ...(keyId !== '' && { keyId }),
    ...chosenMac(scheme, mac),
    ...(host !== undefined && { endpointHost: host }),
  };
}

/** For signing and verifying. @throws Error naming the field */
export function credentialOf(scheme: Scheme, { text, name }: GivenKey, { keyId, mac }: KeyUse): Credential {
  const secret = naming(name, () => new Secret(text, scheme.key.encoding));
  return { secret, name, ...(keyId !== '' && { keyId }), ...chosenMac(scheme, mac) };
}

/** The scheme as the account signs by it, for programs that do only that. */
export function asChosen(scheme: Scheme, { mac }: Pick<KeyUse, 'mac'>): Scheme {
  const { mac: choice } = chosenMac(scheme, mac);
  return choice === undefined ? scheme : { ...scheme, mac: { ...scheme.mac, ...scheme.mac.choices?.[choice] } };
}

/** What stays in the field from another scheme counts for nothing. */
function chosenMac({ mac: { choices = {} } }: Scheme, mac = ''): { readonly mac?: string } {
  return Object.hasOwn(choices, mac) ? { mac } : {};
}

/** Where the key came from, when it had to be taken out of something. */
export function keyNotes([{ host, isDevelopment = false }]: readonly [GivenKey, ...GivenKey[]]): readonly string[] {
  if (isDevelopment)
    return [
      "No secret was given, and the request is the local server's: its development account's key, which is public, was used.",
    ];
  return host === undefined
    ? []
    : [`The key was taken from the connection string in the field “Secret”, which is for ${host}.`];
}

function naming<T>(name: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
