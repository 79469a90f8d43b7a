import type { Message } from '@countersign/core/message';
import { chooseScheme as chooseOf } from '@countersign/core/recognition/choose-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme, schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';

/**
 * The scheme of a received request: the one that was named, or the one that it looks like.
 *
 * @param named by the options
 * @param note takes a sentence for people where more than one scheme fits
 * @param isRight whether the request is right by a scheme, with the secret at hand; what it throws counts as no
 */
export function chooseScheme(
  named: Scheme | undefined,
  message: Message,
  note: (text: string) => void,
  isRight: (scheme: Scheme) => boolean,
): Scheme {
  if (named) return named;
  const recognized = chooseOf(schemes, message, isRight);
  if (!recognized) {
    const ids = everyScheme.map((scheme) => scheme.id).join(', ');
    throw badInput('scheme/unrecognized', `the request looks like none of the known schemes; give --scheme (${ids})`);
  }
  const { scheme, by, alsoFits } = recognized;
  const others = alsoFits.map(({ id }) => id).join(', ');
  if (others !== '') note(`taken for ${scheme.id} by ${by}; ${others} would fit as well, and --scheme chooses`);
  return scheme;
}
