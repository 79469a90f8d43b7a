import type { Call, Leg } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../protocol/derived-ids.ts';
import { identifierModel, isPhoneNumber, rawIdOf } from '../protocol/identifiers.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';
import type { Step } from './step.ts';

/**
 * `CallStarted`, `CallEnded`, and who of the resource's users came in between and left: phones are not reported, as in
 * Azure.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-voice-video-events
 */
export function callLife(event: CallEvent, state: AcsCallState, call: Call): Step {
  const { started } = state;
  if (!started) return {};
  const isStart = started.bySeq === event.seq;
  const isEnd = event.type === 'call-ended';
  const change = participantChange(event, state, call);
  if (!isStart && !isEnd && !change) return {};
  const members = callMembers(state, started.by, call);
  const notices = isStart ? [callStarted(members, started.by, call)] : [];
  if (change) notices.push(participant(change, members, event.seq, call));
  if (isEnd) notices.push(callEnded(members, (event.atMs - started.atMs) / 1000, call));
  return { notices };
}

type Members = Readonly<Record<string, unknown>>;

interface ParticipantChange {
  readonly type: 'Microsoft.Communication.CallParticipantAdded' | 'Microsoft.Communication.CallParticipantRemoved';
  readonly leg: Leg;
}

/** Who of the users came or left by an event. */
function participantChange(event: CallEvent, state: AcsCallState, call: Call): ParticipantChange | undefined {
  const id = 'leg' in event ? (typeof event.leg === 'string' ? event.leg : event.leg.id) : undefined;
  const leg = id === undefined ? undefined : byId(call.legs, id);
  if (!leg || isPhoneNumber(rawIdOf(leg.party))) return undefined;
  switch (event.type) {
    case 'leg-answered':
      return leg.id === state.redirectedLeg ? undefined : { type: 'Microsoft.Communication.CallParticipantAdded', leg };
    case 'leg-moved-in':
      return { type: 'Microsoft.Communication.CallParticipantAdded', leg };
    case 'leg-ended':
    case 'leg-moved-out':
      return leg.answeredAtMs === undefined
        ? undefined
        : { type: 'Microsoft.Communication.CallParticipantRemoved', leg };
    default:
      return undefined;
  }
}

function callMembers({ details: { groupCallId, roomId } }: AcsCallState, startedBy: string, call: Call): Members {
  return {
    startedBy: participantModel(startedBy),
    serverCallId: serverCallIdOf(call.id),
    ...(groupCallId !== undefined && { group: { id: groupCallId } }),
    ...(roomId !== undefined && { room: { id: roomId } }),
    isTwoParty: groupCallId === undefined && roomId === undefined && call.legs.length < 2,
    correlationId: correlationIdOf(call.id),
    isRoomsCall: roomId !== undefined,
  };
}

/** The documentation has the identifier's members in the participant itself, SDKs read them from a member. */
function participantModel(rawId: string): Members {
  const identifier = identifierModel(rawId);
  return { communicationIdentifier: identifier, ...identifier };
}

function callStarted(members: Members, startedBy: string, call: Call): GridEvent {
  return {
    id: derivedUuid('call-started', call.id),
    type: 'Microsoft.Communication.CallStarted',
    subject: `call/${serverCallIdOf(call.id)}/startedBy/${startedBy}`,
    data: members,
  };
}

function callEnded(members: Members, seconds: number, call: Call): GridEvent {
  return {
    id: derivedUuid('call-ended', call.id),
    type: 'Microsoft.Communication.CallEnded',
    subject: `call/${serverCallIdOf(call.id)}`,
    // The first is the documentation's, the second what SDKs read.
    data: { durationOfCall: seconds, callDurationInSeconds: seconds, ...members },
  };
}

function participant({ type, leg }: ParticipantChange, members: Members, seq: number, call: Call): GridEvent {
  const rawId = rawIdOf(leg.party);
  return {
    id: derivedUuid('call-participant', call.id, leg.id, seq),
    type,
    subject: `call/${serverCallIdOf(call.id)}/participant/${rawId}`,
    data: {
      user: participantModel(rawId),
      displayName: '',
      participantId: derivedUuid('participant', leg.id),
      endpointType: 'countersign',
      userAgent: 'countersign',
      ...members,
    },
  };
}
