import type { Deviation } from '../scheme.ts';

/** How Plivo itself departs from its scheme. */
export const plivoDeviations: readonly Deviation[] = [
  {
    id: 'root-without-slash',
    summary: 'Plivo signs a URL without a path as it was configured, and requests carry a slash for it.',
    part: 'url',
    rewrite: (url) => (/^[^:]+:\/\/[^/]+\/$/.test(url) ? url.slice(0, -1) : undefined),
  },
];
