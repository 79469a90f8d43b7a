import type { Fixes } from '../diagnosis.ts';
import type { Scheme } from '../../scheme.ts';
import { stringToSignFixes } from './concatenation.ts';
import { quoted } from './headers.ts';
import { assigned } from './statement.ts';

/** Code that names the method of the request that is sent. Pre-request scripts name it in the string to sign. */
export function methodFixes({ parts }: Scheme, method: string): Fixes {
  const inPostman = { line: stringToSignFixes(parts).postman ?? '' };
  return assigned(
    'method',
    'text',
    { ...quoted(method), postman: inPostman },
    'of the request that is sent, in upper case',
  );
}
