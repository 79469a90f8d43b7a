import type { ComponentChildren } from 'preact';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { Playground } from './playground/playground.tsx';
import { addressOf, currentRoute, type Place } from './routing.ts';

const titles: Readonly<Record<Place, string>> = {
  requests: 'Requests',
  calls: 'Calls',
  phones: 'Phones',
  playground: 'Playground',
  start: 'Start here',
};

/** The page: a bar with its places, and the place where the reader is. */
export function App() {
  const { place, open } = currentRoute();
  return (
    <div class="page">
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="bar">
        <h1>Countersign</h1>
        <nav aria-label="Places">
          <ul>
            {(Object.keys(titles) as Place[]).map((name) => (
              <li key={name}>
                <a href={addressOf(name)} aria-current={name === place ? 'page' : undefined}>
                  {titles[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="end">
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {content(place, open)}
      </main>
    </div>
  );
}

function content(place: Place, open: string | undefined): ComponentChildren {
  switch (place) {
    case 'playground':
      return <Playground shared={open} />;
    default:
      return null;
  }
}
