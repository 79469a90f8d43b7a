import type { Deviation } from '../scheme.ts';
import { decodeEscapes, decodePercentExceptReserved } from './rewrites.ts';

/** How official SDKs of Sinch depart from the scheme. */
export const sinchApplicationDeviations: readonly Deviation[] = [
  {
    id: 'path-decoded',
    summary: 'The Java SDK signs the percent-decoded path.',
    part: 'path',
    rewrite: decodeEscapes,
  },
  {
    id: 'path-decoded-except-reserved',
    summary: 'The Node SDK signs the path before its HTTP client escapes it.',
    part: 'path',
    rewrite: decodePercentExceptReserved,
  },
  {
    id: 'query-signed',
    summary: 'The .NET SDK signs the query together with the path.',
    part: 'path',
    rewrite: (_, { target }) => target,
  },
  {
    id: 'empty-body-hashed',
    summary: 'Older .NET SDKs sign the MD5 of zero bytes where an empty body leaves the line empty.',
    part: 'content-md5',
    rewrite: (text) => (text === '' ? '1B2M2Y8AsgTpgAmY7PhCfg==' : undefined),
  },
];
