import type { Message } from '@countersign/core/message';
import { headerValue } from '@countersign/core/message';
import { isOriginOf } from '../http/refuse-strangers.ts';
import { ControlError } from './control-error.ts';

/**
 * Refuses what a web page that the developer happens to have open could send to the control API. To which names a
 * request may be addressed at all has been checked before.
 *
 * - A page of another origin says so in `Origin` or `Sec-Fetch-Site`; there is no CORS.
 * - A form cannot send `application/json`, so POST and PUT must.
 *
 * @throws ControlError 403 or 415
 */
export function guardBrowser({ method, headers }: Message): void {
  const origin = headerValue(headers, 'origin');
  if (origin !== undefined && !isOriginOf(headerValue(headers, 'host') ?? '', origin)) {
    throw new ControlError(403, 'origin/refused', `pages of ${origin} may not use the control API`);
  }
  const site = headerValue(headers, 'sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') {
    throw new ControlError(403, 'origin/refused', 'pages of another origin may not use the control API');
  }
  const type = headerValue(headers, 'content-type') ?? '';
  if ((method === 'POST' || method === 'PUT') && !/^application\/json\s*(?:;|$)/i.test(type)) {
    const message = `${method} takes application/json (an empty body too), and Content-Type is "${type}"`;
    throw new ControlError(415, 'content-type/not-json', message);
  }
}
