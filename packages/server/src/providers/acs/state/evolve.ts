import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { foldBy, type FoldTable } from '../../kit/event-table.ts';
import { rawIdOf } from '../protocol/identifiers.ts';
import type { AcsCallDetails, AcsCallState } from './call-state.ts';
import { connectAll, endConnections, foldConnectionNote } from './fold-connections.ts';
import { foldNote } from './fold-notes.ts';
import { foldDeparture, foldInvited, foldMovedIn } from './fold-parties.ts';
import { foldHeld, holdForPlay, releaseAfterPlay } from './fold-targeted-play.ts';
import { changesParticipants } from './participants.ts';
import { standing } from './standing.ts';
import { stateWith } from './state-with.ts';

/** What is remembered of each type of event. */
const folds: FoldTable<CallEvent, AcsCallState, [call: Call]> = {
  'call-opened': [foldOpening],
  'leg-invited': [foldInvited],
  'leg-moved-in': [foldMovedIn],
  'leg-answered': [connectAll, foldStart],
  'leg-held': [foldHeld],
  'leg-ended': [foldDeparture],
  'leg-moved-out': [foldDeparture],
  'call-ended': [endConnections],
  'play-started': [holdForPlay],
  'play-completed': [releaseAfterPlay],
  'play-failed': [releaseAfterPlay],
  'play-canceled': [releaseAfterPlay],
  noted: [foldNote, foldConnectionNote, foldStart],
};

/** The state after an event, with the call as it is after it. */
export function evolveState(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  const folded = foldBy(folds, state, event, call);
  return changesParticipants(event, state, folded, call)
    ? stateWith(folded, { sequenceNumber: folded.sequenceNumber + 1, participantsChangedBySeq: event.seq })
    : folded;
}

function foldOpening(state: AcsCallState, event: Extract<CallEvent, { type: 'call-opened' }>): AcsCallState {
  const details = readDetails(event.details);
  const { connection } = details;
  if (!connection) return stateWith(state, { details });
  return stateWith(state, {
    details,
    connections: state.connections.with(standing(connection, { state: 'connecting' })),
    connecting: state.connecting.with({ id: connection.id }),
  });
}

/** Whoever opens a call for a phone knows nothing of ACS: then there are no details. */
function readDetails(details: unknown): AcsCallDetails {
  return typeof details === 'object' && details !== null ? (details as AcsCallDetails) : {};
}

/** A call begins with the first party that is connected, or application in a place to meet. */
function foldStart(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  if (state.started) return state;
  const joined = state.connections.live.find(({ connectedBySeq }) => connectedBySeq === event.seq);
  if (event.type !== 'leg-answered' && !joined) return state;
  const [first] = call.legs;
  const caller = state.details.connection?.source ?? (first ? rawIdOf(first.party) : joined?.application);
  return stateWith(state, { started: { bySeq: event.seq, atMs: event.atMs, by: caller ?? '' } });
}
