import type { Deviation } from '../scheme.ts';

/** How Shopify's packages check the query of a redirect, where that differs from the scheme. */
export const shopifyDeviations: readonly Deviation[] = [
  {
    id: 'query-form-encoded',
    summary: "Shopify's packages take the query as URLSearchParams writes it, a space as a plus.",
    part: 'parameters',
    rewrite: (parameters) => new URLSearchParams(parameters).toString(),
  },
];
