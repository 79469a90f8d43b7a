import { checkHeaderNames } from '../option-checks.ts';
import type { SignedHeadersRule } from '../places/signed-headers.ts';
import { refuseFurther, writers, type FurtherHeaders } from '../places/writers.ts';
import type { FurtherPart } from './source.ts';

/** Headers that are signed beyond a scheme's own parts: one part more for each, behind its separator. */
export function furtherParts(rule: SignedHeadersRule | undefined, names: readonly string[]): readonly FurtherPart[] {
  const separator = rule?.furtherSeparator ?? '';
  return names.map((header, at) => ({
    name: `header ${header}`,
    source: { from: 'header', header, absent: 'refused' },
    before: separator,
    after: '',
    // Nothing stands behind the last one, so it may hold the separator, as many a content type does.
    excludes: at < names.length - 1 ? separator : '',
  }));
}

writers.further = (scheme, list, given): FurtherHeaders => {
  checkHeaderNames('furtherHeaders', given);
  const names = given.map((name) => name.toLowerCase());
  const rule = scheme.signedHeaders;
  if (names.length === 0) return { list, parts: [] };
  const all = [...(list?.split(';') ?? []), ...names];
  if (!list || !rule?.furtherSeparator || new Set(all).size < all.length) return refuseFurther(scheme, list, names);
  return { list: all.join(';'), parts: furtherParts(rule, names) };
};
