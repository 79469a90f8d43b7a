import { headerValue } from '@countersign/core/message';
import type { ExactResponse } from './exact-request.ts';

/** The page of the local server's console that shows a request or a call. */
export function consolePage(origin: string, section: 'requests' | 'calls', id: string): string {
  return `${origin}/#/${section}/${encodeURIComponent(id)}`;
}

/** That of the request that was answered; `undefined` where no local server did. */
export function pageOfAnswer(origin: string, { headers }: Pick<ExactResponse, 'headers'>): string | undefined {
  const exchange = headerValue(headers, 'x-countersign-exchange');
  return exchange !== undefined && /^\w{1,20}$/.test(exchange) ? consolePage(origin, 'requests', exchange) : undefined;
}
