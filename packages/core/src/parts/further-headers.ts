import { checkHeaderNames } from '../option-checks.ts';
import type { SignedHeadersRule } from '../places/signed-headers.ts';
import { refuseFurther, writers, type FurtherHeaders } from '../places/writers.ts';
import type { PartRule } from './part-rule.ts';

/** The parts with headers that are signed beyond the scheme's own: one part more for each, behind its separator. */
export function withFurther(
  own: readonly PartRule[],
  rule: SignedHeadersRule | undefined,
  names: readonly string[],
): readonly PartRule[] {
  const separator = rule?.furtherSeparator ?? '';
  const further = names.map((header, at): PartRule => ({
    name: `header ${header}`,
    source: { from: 'header', header, absent: 'refused' },
    before: separator,
    after: '',
    // Nothing stands behind the last one, so it may hold the separator, as many a content type does.
    excludes: at < names.length - 1 ? separator : '',
  }));
  return own.concat(further);
}

writers.further = (scheme, list, given): FurtherHeaders => {
  checkHeaderNames('furtherHeaders', given);
  const names = given.map((name) => name.toLowerCase());
  const rule = scheme.signedHeaders;
  if (names.length === 0) return { list, parts: scheme.parts };
  const all = [...(list?.split(';') ?? []), ...names];
  if (!list || !rule?.furtherSeparator || new Set(all).size < all.length) return refuseFurther(scheme, list, names);
  return { list: all.join(';'), parts: withFurther(scheme.parts as readonly PartRule[], rule, names) };
};
