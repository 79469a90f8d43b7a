import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';
import { schemeById } from './scheme-by-id.ts';
import { schemeOfMessage } from './recognize-scheme.ts';

/**
 * The scheme of a received request: the one that was named, or the one that it looks like.
 *
 * @param id as given with `--scheme`
 */
export function chooseScheme(id: string | undefined, message: Message): Scheme {
  if (id !== undefined) return schemeById(id);
  const recognized = schemeOfMessage(schemes, message);
  if (recognized) return recognized.scheme;
  const ids = schemes.map((scheme) => scheme.id).join(', ');
  throw badInput('scheme/unrecognized', `the request looks like none of the known schemes; give --scheme (${ids})`);
}
