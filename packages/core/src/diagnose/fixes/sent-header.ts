import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { authorizationFixes } from './authorization.ts';
import { contentTypeFixes, sendHeader, variableFor } from './headers.ts';
import { hostFixes } from './host.ts';
import { lengthFixes } from './length.ts';
import type { Remarks } from './statement.ts';

/**
 * Code that sends a header that belongs to the signature; of one that the client writes itself, the code for its value.
 *
 * @param signedHeaders the list that the request declares
 */
export function sentHeaderFixes(
  scheme: Scheme,
  header: string,
  signedHeaders?: readonly string[],
  remarks?: Remarks,
): Fixes {
  switch (header) {
    case 'host':
      return hostFixes;
    case 'content-length':
      return lengthFixes;
    case 'content-type':
      return contentTypeFixes;
    case scheme.authorization.header:
      return authorizationFixes(scheme, signedHeaders);
    case scheme.contentHash?.header:
      return sendHeader(header, 'contentHash', remarks);
    default:
      return sendHeader(header, scheme.date?.headers.includes(header) ? 'date' : variableFor(header), remarks);
  }
}
