import { signal } from '@preact/signals';

/** The sections that the bar leads to. Their addresses are fragments, so that any of them can be linked and nothing reaches the server. */
export const sections = ['start', 'requests', 'calls', 'phones', 'playground', 'send'] as const;
/** Those, and what other sections lead to. */
const places = [...sections, 'mistakes'] as const;
export type Section = (typeof places)[number];

export interface Route {
  readonly section: Section;
  /** What is open there: an exchange's id, a call's id, a shared request, a mistake's id. */
  readonly open: string | undefined;
}

const route = signal<Route>(read());
addEventListener('hashchange', () => (route.value = read()));

/** Where the reader is. */
export function currentRoute(): Route {
  return route.value;
}

/** The address of a section. */
export function linkTo(section: Section, open?: string): string {
  return open === undefined ? `#/${section}` : `#/${section}/${encodeURIComponent(open)}`;
}

function read(): Route {
  const [, section = '', open] = location.hash.split('/');
  const known = places.find((candidate) => candidate === section) ?? 'start';
  return { section: known, open: open === undefined || open === '' ? undefined : decoded(open) };
}

/** A damaged address opens nothing that exists, and the section says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
