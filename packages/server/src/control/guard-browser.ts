import { isIP } from 'node:net';
import type { Message } from '@countersign/core/message';
import { headerValue } from '@countersign/core/message';
import { ControlError } from './control-error.ts';

/**
 * Refuses what a web page that the developer happens to have open could send to a local port.
 *
 * - A name that resolves to this machine (DNS rebinding) arrives with that name as `Host`: only loopback names, IP
 *   addresses and configured names are taken.
 * - A page of another origin says so in `Origin` or `Sec-Fetch-Site`; there is no CORS.
 * - A form cannot send `application/json`, so POST and PUT must.
 *
 * @param publicHosts names under which the server is known beside localhost
 * @throws ControlError 403 or 415
 */
export function guardBrowser({ method, headers }: Message, publicHosts: readonly string[]): void {
  const host = headerValue(headers, 'host') ?? '';
  if (!isOurName(host, publicHosts)) {
    const message = `Host "${host}" is not a name of this server; use localhost, or add it to publicHosts`;
    throw new ControlError(403, 'host/refused', message);
  }
  const origin = headerValue(headers, 'origin');
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
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

function isOurName(host: string, publicHosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || publicHosts.some((one) => one.toLowerCase() === name);
}
