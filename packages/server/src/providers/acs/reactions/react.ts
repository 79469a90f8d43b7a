import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { Reaction } from '../../../contract/provider.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { correlationIdOf, serverCallIdOf } from '../protocol/derived-ids.ts';
import type { Endpoints } from '../event-grid/endpoints.ts';
import { callLife } from './call-life.ts';
import type { EventGrid } from '../event-grid/event-grid.ts';
import { incomingCall } from './incoming-call.ts';
import { recordingReady } from './recording-ready.ts';
import { eventDelivery } from '../events/delivery.ts';
import { cloudEvent } from '../events/envelope.ts';
import { isKnownEvent } from '../events/event-versions.ts';
import { connectionEvents } from './connection-events.ts';
import { departures } from './departures.ts';
import type { CallCommand, DueEvent, Step } from './due-event.ts';
import { failures } from './failures.ts';
import { mediaEvents } from './media-events.ts';
import { otherSide } from './other-side.ts';
import { participantChanges } from './participant-changes.ts';
import { putThrough } from './put-through.ts';
import { recordingChanges } from './recording-changes.ts';
import { streamChanges } from './stream-changes.ts';
import { transferSteps } from './transfer-steps.ts';
import { unannouncedCall } from './unannounced-call.ts';

/** What reactions are made with, fixed when the provider is made. */
export interface ReactionParts {
  /** Where the accounts can be called. */
  readonly endpoints: Endpoints;
  /** Where what happens in an account is announced. */
  readonly eventGrid: EventGrid;
  /** Where addresses of recordings lead. */
  readonly recordingUrl: () => string;
}

/** What follows from an event of an ACS call: events to applications, and steps that the service takes itself. */
export function reactTo(event: CallEvent, state: AcsCallState, call: Call, parts: ReactionParts): Reaction {
  const due: DueEvent[] = [];
  const commands: CallCommand[] = [];
  commands.push(...otherSide(event, state, call, parts.endpoints));
  commands.push(...unannouncedCall(event, call, parts.eventGrid));
  for (const follow of respects) {
    const step = follow(event, state, call);
    if (step.events) due.push(...step.events);
    if (step.commands) commands.push(...step.commands);
  }
  const notices = [
    ...incomingCall(event, state, call),
    ...callLife(event, state, call),
    ...recordingReady(event, call, parts.recordingUrl),
  ].flatMap((notice) => parts.eventGrid.notifications(call.account, notice, { call: call.id, atMs: event.atMs }));
  const callbacks = due.flatMap((item, index) => callbackFor(item, index, event, call));
  return { callbacks: [...callbacks, ...notices], commands };
}

/** In the order in which events of one occasion are sent. */
const respects: readonly ((event: CallEvent, state: AcsCallState, call: Call) => Step)[] = [
  mediaEvents,
  connectionEvents,
  departures,
  transferSteps,
  participantChanges,
  recordingChanges,
  putThrough,
  streamChanges,
  failures,
];

/** The headers of every event, beside its token. */
export const eventHeaders: CallbackDraft['headers'] = [['Content-Type', 'application/json; charset=utf-8']];

function callbackFor(due: DueEvent, index: number, event: CallEvent, call: Call): readonly CallbackDraft[] {
  const { connection } = due;
  const apiVersion = due.apiVersion ?? connection.apiVersion;
  if (!isKnownEvent(due.event.name, apiVersion)) return [];
  const envelope = cloudEvent(due.event, {
    apiVersion,
    identity: {
      callConnectionId: connection.id,
      serverCallId: serverCallIdOf(call.id),
      correlationId: correlationIdOf(connection.id),
    },
    occasion: [event.seq, index],
    atMs: event.atMs,
  });
  return [
    {
      id: envelope.id,
      call: call.id,
      event: envelope.type,
      urls: [due.callbackUri ?? connection.callbackUri],
      body: JSON.stringify([envelope]),
      headers: eventHeaders,
      delivery: eventDelivery(call.account),
      answerWanted: false,
    },
  ];
}
