import { providers } from '@countersign/core/providers/catalog';
import type { RunningServer } from '@countersign/server';

/** How many calls and callbacks are named; the rest is counted. */
const namedCount = 3;

/**
 * What is lost when the server ends now, a line each: calls that are not over, and callbacks that nobody has got. Empty
 * when nothing is.
 */
export function whatIsDropped({ control }: Pick<RunningServer, 'control'>): string[] {
  const calls = control.calls();
  const callProviders = new Map(calls.map(({ id, provider }) => [id, providerName(provider)]));
  const live = calls.filter(({ state }) => state !== 'ended');
  const missing = control.callbacks().filter(({ state }) => state !== 'delivered');
  return [
    ...line(live, 'live call', ({ id, provider, state }) => `${providerName(provider)} ${id} (${state})`),
    ...line(missing, 'undelivered callback', ({ event, call, urls, state }) => {
      const of = call === undefined ? [] : [`of call ${call}`];
      const provider = call === undefined ? undefined : callProviders.get(call);
      const whose = [provider, event, ...of].filter((part) => part !== undefined).join(' ');
      return `${whose} to ${placeOf(urls[0])} (${state === 'undelivered' ? 'given up' : 'still tried'})`;
    }),
  ];
}

function line<T>(items: readonly T[], what: string, name: (item: T) => string): string[] {
  if (items.length === 0) return [];
  const named = items.slice(0, namedCount).map(name);
  const rest = items.length - named.length;
  const list = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return [`dropping ${items.length} ${what}${items.length === 1 ? '' : 's'}: ${list}`];
}

function providerName(provider: string): string {
  return providers.find(({ name }) => name === provider)?.title ?? provider;
}

/** A URL without its query, which may hold a secret. */
function placeOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return 'no address';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
