import { anyText, isObject, optionalText, words, type Members } from '../rule-members.ts';
import type { PartSource } from './sources.ts';

/** One named part of the string to sign. */
export interface PartRule {
  /** Unique in the scheme; diagnosis and traces speak of the part by it. */
  readonly name: string;
  readonly source: PartSource;
  /** Literal text before the part, for example `x-timestamp:`. */
  readonly before?: string;
  /** Literal text after the part: the separator. */
  readonly after: string;
  /**
   * Characters that the part's value may not hold, on top of line breaks and NUL: those that end the part, where bytes
   * could otherwise move from it into its neighbour. A message with such a value is refused, signing as well as verifying.
   */
  readonly excludes?: string;
}

/** What a part is made of; its source has a row of its own. */
export const partMembers: Members<PartRule> = {
  name: words,
  source: { wanted: 'a source, `{ from: … }`', fits: isObject },
  before: optionalText,
  after: anyText,
  excludes: optionalText,
};
