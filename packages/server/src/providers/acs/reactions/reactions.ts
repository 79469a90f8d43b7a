import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { EventTable } from '../../kit/event-table.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { byNote } from '../state/notes.ts';
import { callLife } from './call-life.ts';
import { connectionsChanged, connectionsEnded, participantsUpdate } from './connection-events.ts';
import { cancellationFailed, invitationTaken, moveTaken, departed } from './departures.ts';
import { operationFailed } from './failures.ts';
import { incomingCall, unannouncedCall } from './incoming-call.ts';
import {
  collectWithdrawn,
  collectEnded,
  collectBroke,
  playBegan,
  playEnded,
  playWithdrawn,
  playBroke,
  toneHeard,
  toneWatchEnded,
  tonesBroke,
  tonesSent,
} from './media-events.ts';
import { otherSide } from './other-side.ts';
import { holdOthers } from './targeted-play.ts';
import { answerRedirected, releaseLastParty } from './put-through.ts';
import { recordingChanged } from './recording-changes.ts';
import { recordingReady } from './recording-ready.ts';
import type { ReactionParts, Step } from './step.ts';
import { streamChanged } from './stream-changes.ts';
import { transferEnded, transferReached, transfereeLeft, transferRefused } from './transfer-steps.ts';

/** What follows from each type of event, in the order in which the events of one occasion are sent. */
export const reactions: EventTable<CallEvent, [state: AcsCallState, call: Call, parts: ReactionParts], Step> = {
  'leg-invited': [otherSide['leg-invited'], unannouncedCall, incomingCall],
  'leg-answered': [
    otherSide['leg-answered'],
    connectionsChanged,
    participantsUpdate,
    invitationTaken,
    transferReached,
    holdOthers,
    answerRedirected,
    callLife,
  ],
  'leg-ended': [
    otherSide['leg-ended'],
    participantsUpdate,
    departed,
    transfereeLeft,
    holdOthers,
    releaseLastParty,
    callLife,
  ],
  'leg-muted': [participantsUpdate, holdOthers],
  'leg-held': [otherSide['leg-held'], participantsUpdate, holdOthers],
  'leg-moved-out': [otherSide['leg-moved-out'], participantsUpdate, holdOthers, callLife],
  'leg-moved-in': [participantsUpdate, moveTaken, holdOthers, callLife],
  'call-ended': [connectionsEnded, transferRefused, callLife],
  'play-started': [playBegan, holdOthers],
  'play-round': [otherSide['play-round']],
  'play-completed': [playEnded, participantsUpdate, holdOthers],
  'play-failed': [playBroke, participantsUpdate, holdOthers],
  'play-canceled': [otherSide['play-canceled'], playWithdrawn, participantsUpdate, holdOthers],
  'collect-completed': [collectEnded],
  'collect-failed': [collectBroke],
  'collect-canceled': [collectWithdrawn],
  'tone-watch-heard': [toneHeard],
  'tone-watch-stopped': [toneWatchEnded],
  'tones-sent': [otherSide['tones-sent'], tonesSent],
  'tones-failed': [tonesBroke],
  'leg-said': [otherSide['leg-said']],
  'audio-streamed': [otherSide['audio-streamed']],
  'streamed-audio-cut': [otherSide['streamed-audio-cut']],
  'recording-started': [recordingChanged],
  'recording-resumed': [recordingChanged],
  'recording-paused': [recordingChanged],
  'recording-stopped': [recordingChanged, recordingReady],
  noted: [
    connectionsChanged,
    participantsUpdate,
    byNote<[AcsCallState, Call, ReactionParts], Step>(
      {
        'cancel-add-failed': cancellationFailed,
        'transfer-ended': transferEnded,
        'stream-changed': streamChanged,
        'operation-failed': operationFailed,
      },
      () => ({}),
    ),
    holdOthers,
    callLife,
  ],
};
