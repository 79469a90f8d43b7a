import type { Call } from '../../../engine/call.ts';
import type { StreamKind } from '../events/streaming-events.ts';
import type { AcsCallState } from './call-state.ts';
import { madeConnection } from './fold-connections.ts';
import { endTransfer } from './fold-parties.ts';
import { byNote, streamKey } from './notes.ts';
import { stateWith } from './state-with.ts';

const noteOf = byNote<[state: AcsCallState], AcsCallState>(
  {
    'connection-made': (made, { seq }, state) => madeConnection(state, made, seq),
    // In place of what was asked of it before: stopping it has a context of its own.
    'operation-asked': (operation, _event, state) => stateWith(state, { operations: state.operations.with(operation) }),
    invited: (invitation, _event, state) => stateWith(state, { invitations: state.invitations.with(invitation) }),
    departing: (departure, _event, state) => stateWith(state, { departures: state.departures.with(departure) }),
    'move-asked': (move, _event, state) => stateWith(state, { moves: state.moves.with(move) }),
    'transfer-asked': (transfer, _event, state) =>
      stateWith(state, {
        transfers: state.transfers.with(transfer),
        transferring: state.transferring.with({ id: transfer.leg, transfer: transfer.transfer }),
      }),
    'transfer-ended': ({ transfer }, { seq }, state) => endTransfer(state, seq, transfer),
    'stream-asked': (asked, _event, state) => (asked.action === 'start' ? withStream(state, asked, true) : state),
    'stream-changed': (changed, _event, state) =>
      withStream(state, changed, changed.status === 'started' || changed.status === 'updated'),
    'call-ending': ({ connection }, _event, state) => stateWith(state, { endedBy: connection }),
    redirected: ({ leg: redirectedLeg, customContext: redirectedContext }, _event, state) =>
      stateWith(state, { redirectedLeg, ...(redirectedContext && { redirectedContext }) }),
    peered: ({ leg: id, peer }, _event, state) =>
      stateWith(state, {
        peers: peer ? state.peers.with({ id, ...peer }) : state.peers.without(id),
      }),
  },
  (state) => state,
);

/** Folds what a note says. */
export function foldNote(state: AcsCallState, event: Parameters<typeof noteOf>[0], _call: Call): AcsCallState {
  return noteOf(event, state);
}

function withStream(
  state: AcsCallState,
  stream: { readonly connection: string; readonly stream: StreamKind },
  runs: boolean,
): AcsCallState {
  const id = streamKey(stream);
  return stateWith(state, {
    runningStreams: runs ? state.runningStreams.with({ id }) : state.runningStreams.without(id),
  });
}
