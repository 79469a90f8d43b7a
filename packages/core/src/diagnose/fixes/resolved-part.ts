import type { PartSource } from '../../parts/sources.ts';
import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { stringToSignFixes } from './string-to-sign.ts';
import { dateFixes } from './current-date.ts';
import { contentHashFixes } from './digest.ts';
import { variableFor } from './headers.ts';
import { hostFixes } from './host.ts';
import { lengthFixes } from './length.ts';
import { methodFixes } from './method.ts';
import { filledValue } from './template.ts';

/**
 * Code for the value of a part in whose place a placeholder was signed: taken from the request where a program has it there.
 *
 * @param method of the request that is sent
 */
export function resolvedPart(
  scheme: Scheme,
  source: PartSource,
  placeholders: readonly string[],
  method: string,
): Fixes {
  switch (source.from) {
    case 'method':
      return methodFixes(scheme, method.toUpperCase());
    case 'host':
      return hostFixes;
    case 'date':
      return dateFixes(scheme.date?.format);
    case 'content-hash':
      return contentHashFixes(scheme);
    case 'header':
      if (source.header === 'content-length') return lengthFixes;
      return filledValue(scheme, placeholders, variableFor(source.header));
    default:
      return stringToSignFixes(scheme);
  }
}
