import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme, schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';
import { schemeOfMessage } from './recognize-scheme.ts';

/**
 * The scheme of a received request: the one that was named, or the one that it looks like. Where it looks like several, the
 * first one by which it is right; by what it shows alone a right request could be judged as one of another provider.
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
  const recognized = schemeOfMessage(schemes, message);
  if (recognized) {
    const { scheme: first, by, alsoFits } = recognized;
    if (alsoFits.length === 0) return first;
    const all = [first, ...alsoFits];
    const scheme = all.find((one) => holds(isRight, one)) ?? first;
    const others = all.filter((other) => other !== scheme).map(({ id }) => id);
    const how = scheme === first ? by : `${by}, and because it is right by it`;
    note(`taken for ${scheme.id} by ${how}; ${others.join(', ')} would fit as well, and --scheme chooses`);
    return scheme;
  }
  const ids = everyScheme.map((scheme) => scheme.id).join(', ');
  throw badInput('scheme/unrecognized', `the request looks like none of the known schemes; give --scheme (${ids})`);
}

/** Of a scheme for which there is no secret, or that cannot read the one there is, nothing is right. */
function holds(isRight: (scheme: Scheme) => boolean, scheme: Scheme): boolean {
  try {
    return isRight(scheme);
  } catch {
    return false;
  }
}
