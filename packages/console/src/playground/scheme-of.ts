import { diagnose } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { PublicKey } from '@countersign/core/public-key';
import type { AnyScheme } from '@countersign/core/public-key-scheme';
import { chooseScheme } from '@countersign/core/recognition/choose-scheme';
import { publicKeySchemeOfMessage } from '@countersign/core/recognition/recognize-public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { schemeFromJson } from '@countersign/core/scheme-json';
import { everyScheme, publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { diagnosisCredential, givenKeys } from './given-keys.ts';
import type { RecognizedScheme, Task } from './work.ts';

/** A scheme, and what shows it where it was not named. */
export interface FoundScheme {
  readonly scheme: AnyScheme;
  readonly recognized?: RecognizedScheme;
}

/**
 * The scheme of a task: the user's own, where there is one, else that of an id, else the one that the request looks like.
 *
 * @returns `undefined` where nothing shows it
 * @throws Error saying what is wrong with the user's own
 */
export function schemeOf(task: Task, message: Message): FoundScheme | undefined {
  const { scheme: id, ownScheme = '' } = task;
  if (ownScheme.trim() !== '') return { scheme: own(ownScheme) };
  const named = everyScheme.find((scheme) => scheme.id === id);
  return named ? { scheme: named } : recognizedScheme(task, message);
}

function recognizedScheme(task: Task, message: Message): FoundScheme | undefined {
  const keyed = publicKeySchemeOfMessage(publicKeySchemes, message, kindOf(task.secret));
  const shared = chooseScheme(schemes, message, (scheme) => isRight(scheme, task, message));
  if (keyed && (!shared || looksPublic.test(task.secret)))
    return { scheme: keyed, recognized: told(keyed, 'the form of its signature', []) };
  if (!shared) return undefined;
  const { scheme, by, alsoFits } = shared;
  return { scheme, recognized: told(scheme, by, [...alsoFits, ...(keyed ? [keyed] : [])]) };
}

/** A shared secret never looks so. */
const looksPublic = /^\s*(?:-----BEGIN [A-Z ]*PUBLIC KEY|\{|whpk_)/;

function told({ id, title }: AnyScheme, by: string, alsoFits: readonly { readonly title: string }[]): RecognizedScheme {
  return { id, title, by, alsoFits: alsoFits.map((one) => one.title) };
}

/** That a request is right shows at once; what else it may be is not searched for. */
const untilRight = { candidates: 100, mistakes: 1 } as const;

function isRight(scheme: Scheme, task: Task, message: Message): boolean {
  if (task.secret === '') return false;
  const [key] = givenKeys(task);
  return diagnose(scheme, diagnosisCredential(scheme, key, task), message, { budget: untilRight }).verdict === 'valid';
}

function kindOf(key: string): PublicKey['kind'] | undefined {
  try {
    return new PublicKey(key).kind;
  } catch {
    return undefined;
  }
}

let last: { readonly text: string; readonly scheme: Scheme } | undefined;

function own(text: string): Scheme {
  if (last?.text !== text) last = { text, scheme: readOwn(text) };
  return last.scheme;
}

function readOwn(text: string): Scheme {
  let scheme: Scheme;
  try {
    scheme = schemeFromJson(text);
  } catch (error) {
    throw new Error(`Your scheme cannot be used: ${(error as Error).message}.`, { cause: error });
  }
  // Its deviations and hosts would be taken for those of the built-in one.
  if (schemes.some(({ id }) => id === scheme.id))
    throw new Error(`Your scheme cannot be used: "${scheme.id}" is the id of a built-in one; give it another.`);
  return scheme;
}
