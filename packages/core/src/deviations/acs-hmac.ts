import type { Deviation } from '../scheme.ts';
import { decodeEscapes, formEncodeQuery } from './rewrites.ts';

/** How official SDKs of Azure Communication Services depart from the scheme. */
export const acsHmacDeviations: readonly Deviation[] = [
  {
    id: 'query-form-encoded',
    summary: 'The JavaScript SDK signs the query as URLSearchParams writes it, not as it is sent.',
    part: 'target',
    rewrite: formEncodeQuery,
  },
  {
    id: 'target-decoded',
    summary: 'Several Python SDKs sign the percent-decoded path and query.',
    part: 'target',
    rewrite: decodeEscapes,
  },
  {
    id: 'host-without-port',
    summary: 'The Java SDK signs the host without its port.',
    part: 'host',
    rewrite: (host) => host.replace(/:\d+$/, ''),
  },
];
