import { useEffect, useRef } from 'preact/hooks';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { lazyPlace } from './lazy-place.tsx';
import { ConnectionState } from './live/connection-state.tsx';
import { calls } from './live/live-state.ts';
import { VirtualClock } from './live/virtual-clock.tsx';
import { claimedPhones, ringingLines } from './phones/claimed-phones.ts';
import { addressOf, currentRoute, places, type Place } from './routing.ts';

const titles: Readonly<Record<Place, string>> = {
  requests: 'Requests',
  calls: 'Calls',
  phones: 'Phones',
  playground: 'Playground',
  start: 'Start here',
};

const Requests = lazyPlace('Requests', async () => (await import('./requests/requests.tsx')).Requests);
const Calls = lazyPlace('Calls', async () => (await import('./calls/calls.tsx')).Calls);
const Phones = lazyPlace('Phones', async () => (await import('./phones/phones.tsx')).Phones);
const Playground = lazyPlace('Playground', async () => (await import('./playground/playground.tsx')).Playground);
const StartHere = lazyPlace('Start here', async () => (await import('./start/start-here.tsx')).StartHere);

/** The page: a bar with its places, and the place where the reader is. */
export function App() {
  const { place, open } = currentRoute();
  const main = useRef<HTMLElement>(null);
  const bar = useRef<HTMLElement>(null);
  usePageTitle(place);
  useEffect(() => {
    const list = bar.current?.firstElementChild;
    if (!list) return undefined;
    // Also when a badge has made a link before it wider.
    const observer = new ResizeObserver(() => showCurrent(bar.current));
    for (const item of list.children) observer.observe(item);
    return () => observer.disconnect();
  }, [place]);
  // Claimed phones are still heard while the reader looks at something else.
  const keepsPhones = place === 'phones' || claimedPhones.value.length > 0;
  return (
    <div class="page">
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to content
      </a>
      <header class="bar">
        <h1>
          <Mark /> Countersign
        </h1>
        <nav aria-label="Places" ref={bar}>
          <ul>
            {places.map((name) => (
              <li key={name}>
                <a href={addressOf(name)} aria-current={name === place ? 'page' : undefined}>
                  {titles[name]} <PlaceBadge place={name} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="end">
          <VirtualClock />
          <ConnectionState />
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" tabIndex={-1} ref={main} class={`place-${place}`}>
        {place === 'requests' && <Requests open={open} />}
        {place === 'calls' && <Calls open={open} />}
        {place === 'playground' && <Playground shared={open} />}
        {place === 'start' && <StartHere />}
        {keepsPhones && (
          <div hidden={place !== 'phones'}>
            <Phones wanted={place === 'phones' ? open : undefined} />
          </div>
        )}
      </main>
    </div>
  );
}

/** Scrolls the bar to the link of the place. Not by scrollIntoView, which moves the place from which the Tab key starts. */
function showCurrent(bar: HTMLElement | null): void {
  const current = bar?.querySelector<HTMLElement>('[aria-current]');
  if (bar && current) bar.scrollLeft = current.offsetLeft - bar.offsetLeft - 40;
}

function Mark() {
  return (
    <svg class="brand" viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <path d="M8 17l5 5L24 10" fill="none" stroke="var(--on-accent)" stroke-width="4" stroke-linecap="round" />
    </svg>
  );
}

/** What goes on in a place that the reader is not looking at. */
function PlaceBadge({ place }: { place: Place }) {
  if (place === 'phones') {
    const ringing = ringingLines.value.length;
    return ringing > 0 ? <Count number={ringing} word="ringing" /> : null;
  }
  if (place === 'calls') {
    const live = calls.version.value >= 0 ? calls.items.filter(({ state }) => state !== 'ended').length : 0;
    return live > 0 ? <Count number={live} word="live" /> : null;
  }
  return null;
}

function Count({ number, word }: { number: number; word: string }) {
  return (
    <span class={`count ${word}`}>
      {number} <span class="count-word">{word}</span>
    </span>
  );
}

function usePageTitle(place: Place): void {
  const [ringing] = ringingLines.value;
  const title = ringing ? `☎ ${ringing.number} is ringing` : `${titles[place]} · Countersign`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
