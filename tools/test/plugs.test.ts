import { describe, expect, it } from 'vitest';
import { arrows } from '../arrows/table.js';

/** `acs` for `providers/acs/events`; nothing for what every provider shares. */
const providerOf = (room: string): string | undefined => /(?:^|:|\s)providers\/(?!kit\b)([a-z]+)/.exec(room)?.[1];

// Whether the house stands without one is tried for real by `npm run test:plugs`.
describe('a provider', () => {
  it.each(['server', 'cli'])('is reached by the list of plugs of %s, and by no other room', (folder) => {
    const reaching = Object.entries(arrows[folder] ?? {}).filter(([room, all]) =>
      all.some((arrow) => {
        const to = arrow.includes(':') ? undefined : providerOf(arrow);
        return to !== undefined && to !== providerOf(room);
      }),
    );
    expect(reaching.map(([room]) => room)).toEqual(['plugs']);
  });
});
