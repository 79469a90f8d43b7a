import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';
import { schemeOfMessage } from './recognize-scheme.ts';

/**
 * The scheme of a received request: the one that was named, or the one that it looks like.
 *
 * @param named by the options
 * @param note takes a sentence for people where more than one scheme fits
 */
export function chooseScheme(named: Scheme | undefined, message: Message, note: (text: string) => void): Scheme {
  if (named) return named;
  const recognized = schemeOfMessage(schemes, message);
  if (recognized) {
    const { scheme, by, alsoFits } = recognized;
    const others = alsoFits.map((other) => other.id).join(', ');
    if (others !== '') note(`taken for ${scheme.id} by ${by}; ${others} would fit as well, and --scheme chooses`);
    return scheme;
  }
  const ids = schemes.map((scheme) => scheme.id).join(', ');
  throw badInput('scheme/unrecognized', `the request looks like none of the known schemes; give --scheme (${ids})`);
}
