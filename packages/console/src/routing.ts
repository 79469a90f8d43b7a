import { signal } from '@preact/signals';

/** The page's places. Their addresses are fragments, so that any of them can be linked and nothing reaches the server. */
export const places = ['requests', 'calls', 'phones', 'playground', 'start'] as const;
export type Place = (typeof places)[number];

export interface Route {
  readonly place: Place;
  /** What is open there: an exchange's id, a call's id, a shared request. */
  readonly open: string | undefined;
}

const route = signal<Route>(read());
addEventListener('hashchange', () => (route.value = read()));

/** Where the reader is. */
export function currentRoute(): Route {
  return route.value;
}

/** The address of a place. */
export function addressOf(place: Place, open?: string): string {
  return open === undefined ? `#/${place}` : `#/${place}/${encodeURIComponent(open)}`;
}

/** Goes there. */
export function go(place: Place, open?: string): void {
  location.hash = addressOf(place, open);
}

function read(): Route {
  const [, place = '', open] = location.hash.split('/');
  const known = places.find((candidate) => candidate === place) ?? 'requests';
  return { place: known, open: open === undefined || open === '' ? undefined : decoded(open) };
}

/** A damaged address opens nothing that exists, and the place says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
