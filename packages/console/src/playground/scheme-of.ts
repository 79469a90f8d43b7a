import type { Scheme } from '@countersign/core/scheme';
import { schemeFromJson } from '@countersign/core/scheme-json';
import { schemes } from '@countersign/core/schemes/catalog';
import type { Task } from './work.ts';

let last: { readonly text: string; readonly scheme: Scheme } | undefined;

/**
 * The scheme of a task: the user's own, where there is one, else the one of an id; the first one for an unknown id.
 *
 * @throws Error saying what is wrong with the user's own
 */
export function schemeOf({ scheme: id, ownScheme: text = '' }: Pick<Task, 'scheme' | 'ownScheme'>): Scheme {
  if (text.trim() === '') return schemes.find((scheme) => scheme.id === id) ?? (schemes[0] as Scheme);
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
