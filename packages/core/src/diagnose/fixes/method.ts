import type { Fixes } from '../diagnosis.ts';
import type { Scheme } from '../../scheme.ts';
import { stringToSignFixes } from './string-to-sign.ts';
import { quoted } from './headers.ts';
import { assigned } from './statement.ts';

/** Code that names the method of the request that is sent. Pre-request scripts name it in the string to sign. */
export function methodFixes(scheme: Scheme, method: string): Fixes {
  const inPostman = { line: stringToSignFixes(scheme).postman ?? '' };
  return assigned(
    'method',
    'text',
    { ...quoted(method), postman: inPostman },
    'of the request that is sent, in upper case',
  );
}
