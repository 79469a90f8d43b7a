import { byId } from '../../../engine/keyed.ts';
import type { ConnectWish } from '../state/call-state.ts';
import { partyOf } from '../state/party.ts';
import type { Turn } from './turn.ts';

/** Whom to ring, and how. */
export interface DialWish {
  readonly connection: ConnectWish;
  /** The number shown to the party; unset when the caller hides it. */
  readonly cli: string | undefined;
  readonly ringTimeoutMs: number | undefined;
  /** The country whose ring tone a caller who has been answered hears meanwhile; nothing is heard without one. */
  readonly indications?: string | undefined;
}

/** Rings a party. Whoever is connected already becomes the caller of what follows. */
export function dial(turn: Turn, { connection, cli, ringTimeoutMs, indications }: DialWish): void {
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
  if (indications !== undefined) startRingTone(turn, indications);
}

function startRingTone(turn: Turn, country: string): void {
  const { caller, callerAnswered } = turn.state;
  if (caller === undefined) return;
  if (!callerAnswered && byId(turn.call.legs, caller)?.state !== 'connected') return;
  const operation = turn.newId('ring-tone');
  turn.set({ ringTone: operation });
  const prompts = [{ kind: 'ring-tone', country }] as const;
  turn.command({ type: 'play', operation, prompts, to: [caller], repeat: 'forever', interrupt: false });
}

/** The callee has answered. */
export function stopRingTone(turn: Turn): void {
  const { ringTone } = turn.state;
  if (ringTone === undefined) return;
  turn.set({ ringTone: undefined });
  turn.command({ type: 'cancel-operations', operations: [ringTone] });
}

/** The number that a connecting action shows: its own, none for `private`, else that of the call. */
export function shownNumber(turn: Turn, cli: string | undefined): string | undefined {
  if (cli?.toLowerCase() === 'private') return undefined;
  return cli ?? turn.state.details.from;
}
