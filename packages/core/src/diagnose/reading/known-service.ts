import { parseTimestamp } from '../../canonical/timestamp.ts';
import { matchesHost } from '../../providers/host-match.ts';
import { isLoopback } from '../../providers/loopback.ts';
import type { Evidence } from './evidence.ts';
import { isHostOf } from './provider-host.ts';
import { publicHostsOf } from './public-addresses.ts';
import { matchRoute } from './route-match.ts';
import { targetForm } from '../../canonical/request-target.ts';

type Asked = Pick<Evidence, 'scheme' | 'message' | 'provider' | 'route' | 'host' | 'options' | 'date'>;

/**
 * Whether host, path, query or date speak for the service that the scheme is known from. Where nothing does, the request
 * may be another service's that uses the same header; where there is nothing to compare with, it may not.
 */
export function speaksForItsService(evidence: Asked): boolean {
  const { provider, scheme, date } = evidence;
  if (!provider || isKnownPlace(evidence)) return true;
  // Callbacks go to any host and path.
  return provider.signsCallbacks === true && scheme.date !== undefined && date !== undefined
    ? parseTimestamp(date.text, scheme.date.format) !== undefined
    : false;
}

/** Whether host, path or query are the service's, or the host is one that the user named. */
export function isKnownPlace({ provider, route, host, message, options }: Asked): boolean {
  if (!provider || host === undefined || route) return true;
  if (isHostOf(provider, host) || matchesHost(publicHostsOf(options), host)) return true;
  // An emulator of a service whose paths are anybody's.
  if (provider.routes.length === 0 && isLoopback(host)) return true;
  const query = message.target.split('?')[1] ?? '';
  const names = query.split('&').map((pair) => pair.split('=', 1)[0] ?? '');
  if (provider.queryParameters?.some((name) => names.includes(name))) return true;
  return endsInRoute(targetForm(message.target, 'path'), provider.routes);
}

/** A route behind a prefix that a gateway added; one of a single segment is anybody's. */
function endsInRoute(path: string, routes: readonly string[]): boolean {
  const telling = routes.filter((route) => route.lastIndexOf('/') > 0);
  const starts = [...path.matchAll(/\//g)].map(({ index }) => index).slice(1, 5);
  return starts.some((start) => matchRoute(telling, path.slice(start)) !== undefined);
}
