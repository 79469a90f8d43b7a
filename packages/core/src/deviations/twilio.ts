import type { Deviation } from '../scheme.ts';
import { formEncodeQuery } from './rewrites.ts';

/** How Twilio itself departs from its scheme: its SDKs accept all of these, because its services are not of one mind. */
export const twilioDeviations: readonly Deviation[] = [
  {
    id: 'default-port-added',
    summary: 'Twilio signs some URLs with the default port, which they do not name.',
    part: 'url',
    rewrite: (url) => {
      const [, scheme = '', authority = '', rest = ''] = /^([^:]+):\/\/([^/]+)(.*)$/s.exec(url) ?? [];
      if (authority === '' || /:\d*$/.test(authority)) return undefined;
      return `${scheme}://${authority}:${/^(?:http|ws)$/i.test(scheme) ? 80 : 443}${rest}`;
    },
  },
  {
    id: 'default-port-removed',
    summary: 'Twilio signs some URLs without the port that they name.',
    part: 'url',
    rewrite: (url) => url.replace(/^([^:]+:\/\/[^/]+?):\d+(?=\/)/, '$1'),
  },
  {
    id: 'query-form-encoded',
    summary: 'Twilio signs some URLs with the query as URLSearchParams writes it.',
    part: 'url',
    rewrite: formEncodeQuery,
  },
];
