import type { Connection } from './call-state.ts';
import { partyOf } from './party.ts';
import type { Turn } from './turn.ts';

/** Whom to ring, and how. */
export interface Dial {
  readonly connection: Connection;
  /** The number shown to the party; unset when the caller hides it. */
  readonly cli: string | undefined;
  readonly ringTimeoutMs: number | undefined;
}

/** Rings a party. Whoever is connected already becomes the caller of what follows. */
export function dial(turn: Turn, { connection, cli, ringTimeoutMs }: Dial): void {
  const leg = turn.newId('leg');
  turn.set({ caller: turn.state.caller ?? turn.state.callee, callee: leg, connection, program: undefined });
  turn.command({
    type: 'add-leg',
    leg: {
      leg,
      party: partyOf(connection.to),
      direction: 'outbound',
      ringTimeoutMs: ringTimeoutMs ?? turn.settings.ringTimeoutMs,
      ...(cli !== undefined && cli !== '' && { presented: cli }),
    },
  });
}

/** The number that a connecting action shows: its own, none for `private`, else that of the call. */
export function shownNumber(turn: Turn, cli: string | undefined): string | undefined {
  if (cli?.toLowerCase() === 'private') return undefined;
  return cli ?? turn.state.details.from;
}
