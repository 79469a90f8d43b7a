import { useEffect, useRef, useState } from 'preact/hooks';
import { MistakePages } from './anatomy/mistake-pages.ts';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { takeHanded } from './handed-request.ts';
import { lazySection } from './lazy-section.tsx';
import { ConnectionBadge } from './live/connection-badge.tsx';
import { calls } from './live/live-state.ts';
import { ClockControls } from './live/clock-controls.tsx';
import { claimedPhones, ringingLines } from './phones/claimed-phones.ts';
import { linkTo, currentRoute, sections, type Section } from './routing.ts';

const titles: Readonly<Record<Section, string>> = {
  requests: 'Requests',
  calls: 'Calls',
  phones: 'Phones',
  playground: 'Playground',
  send: 'Send',
  start: 'Start',
  mistakes: 'Mistakes',
};

const Requests = lazySection('Requests', async () => (await import('./requests/requests.tsx')).Requests);
const Calls = lazySection('Calls', async () => (await import('./calls/calls.tsx')).Calls);
const Phones = lazySection('Phones', async () => (await import('./phones/phones.tsx')).Phones);
const Playground = lazySection('Playground', async () => (await import('./playground/playground.tsx')).Playground);
const Sending = lazySection('Send', async () => (await import('./sending/sending.tsx')).Sending);
const Mistakes = lazySection('Mistakes', async () => (await import('./mistakes/mistakes.tsx')).Mistakes);
const StartHere = lazySection('Start', async () => (await import('./start/start-here.tsx')).StartHere);

const pageOfMistake = (id: string): string => linkTo('mistakes', id);

/** The page: a bar with its sections, and the section where the reader is. */
export function App() {
  const { section, open } = currentRoute();
  const main = useRef<HTMLElement>(null);
  const bar = useRef<HTMLElement>(null);
  usePageTitle(section);
  useEffect(() => {
    const list = bar.current?.firstElementChild;
    if (!list) return undefined;
    // Also when a badge has made a link before it wider.
    const observer = new ResizeObserver(() => showCurrent(bar.current));
    for (const item of list.children) observer.observe(item);
    return () => observer.disconnect();
  }, [section]);
  // Claimed phones are still heard while the reader looks at something else.
  const keepsPhones = section === 'phones' || claimedPhones.value.length > 0;
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
        <nav aria-label="Sections" ref={bar}>
          <ul>
            {sections.map((name) => (
              <li key={name}>
                <a href={linkTo(name)} aria-current={name === section ? 'page' : undefined}>
                  {titles[name]} <SectionBadge section={name} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="end">
          <ClockControls />
          <ConnectionBadge />
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" tabIndex={-1} ref={main} class={`section-${section}`}>
        <MistakePages.Provider value={pageOfMistake}>
          {section === 'requests' && <Requests open={open} />}
          {section === 'calls' && <Calls open={open} />}
          {section === 'playground' && <PlaygroundSection shared={open} />}
          {section === 'send' && <Sending />}
          {section === 'start' && <StartHere />}
          {section === 'mistakes' && <Mistakes wanted={open} />}
          {keepsPhones && (
            <div hidden={section !== 'phones'}>
              <Phones wanted={section === 'phones' ? open : undefined} />
            </div>
          )}
        </MistakePages.Provider>
      </main>
    </div>
  );
}

/** The playground, with what another section left for it. */
function PlaygroundSection({ shared }: { shared: string | undefined }) {
  const [given] = useState(takeHanded);
  return <Playground shared={shared} given={given} addressOf={(packed) => linkTo('playground', packed)} />;
}

/** Scrolls the bar to the link of the section. Not by scrollIntoView, which moves the section from which the Tab key starts. */
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

/** What goes on in a section that the reader is not looking at. */
function SectionBadge({ section }: { section: Section }) {
  if (section === 'phones') {
    const ringing = ringingLines.value.length;
    return ringing > 0 ? <Count number={ringing} word="ringing" /> : null;
  }
  if (section === 'calls') {
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

function usePageTitle(section: Section): void {
  const [ringing] = ringingLines.value;
  const title = ringing ? `☎ ${ringing.number} is ringing` : `${titles[section]} · Countersign`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
