import { withoutEnds } from '../canonical/trimming.ts';

/** The characters of a header name, RFC 9110 §5.6.2. */
export const headerNamePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A header's value without the white space that may stand around it, RFC 9110 §5.6.3. */
export function bareValue(text: string): string {
  return withoutEnds(text, ' \t');
}
