import type { Message } from '../message.ts';
import type { Scheme } from '../scheme.ts';
import { schemeOfMessage, type Recognition } from './recognize-scheme.ts';

/**
 * The scheme that a received request looks like. Where it looks like several, the first one by which it is right; by what it
 * shows alone a right request could be judged as one of another provider.
 *
 * @param isRight whether the request is right by a scheme, with the secret at hand; asked only where several fit, and what it
 * throws counts as no
 * @returns `undefined` where it looks like none; `alsoFits` are then the others, whichever was chosen
 */
export function chooseScheme(
  schemes: readonly Scheme[],
  message: Message,
  isRight: (scheme: Scheme) => boolean,
): Recognition | undefined {
  const recognized = schemeOfMessage(schemes, message);
  if (!recognized || recognized.alsoFits.length === 0) return recognized;
  const { scheme: first, by, alsoFits } = recognized;
  const all = [first, ...alsoFits];
  const scheme = all.find((one) => holds(isRight, one)) ?? first;
  if (scheme === first) return recognized;
  return {
    scheme,
    by: `${by}, and because it is right by it`,
    alsoFits: all.filter((other) => other !== scheme),
  };
}

/** Of a scheme for which there is no secret, or that cannot read the one there is, nothing is right. */
function holds(isRight: (scheme: Scheme) => boolean, scheme: Scheme): boolean {
  try {
    return isRight(scheme);
  } catch {
    return false;
  }
}
