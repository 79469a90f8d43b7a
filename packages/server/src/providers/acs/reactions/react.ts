import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { Reaction, ReactionCommand } from '../../../contract/provider.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { atEvent } from '../../kit/event-table.ts';
import { eventDelivery } from '../events/delivery.ts';
import { cloudEvent } from '../events/envelope.ts';
import { isKnownEvent } from '../events/event-versions.ts';
import { correlationIdOf, serverCallIdOf } from '../protocol/derived-ids.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { DueEvent } from './due-event.ts';
import { reactions } from './reactions.ts';
import type { ReactionParts, Step } from './step.ts';

const nothing: Reaction = {};

/** What follows from an event of an ACS call: events to applications, and steps that the service takes itself. */
export function reactTo(event: CallEvent, state: AcsCallState, call: Call, parts: ReactionParts): Reaction {
  const steps = atEvent(reactions, event, state, call, parts);
  // From most events nothing follows.
  if (!steps.some(isAnything)) return nothing;
  const callbacks: CallbackDraft[] = [];
  const commands: ReactionCommand[] = [];
  let place = 0;
  for (const step of steps) {
    for (const due of step.events ?? []) {
      const callback = callbackFor(due, place, event, call);
      if (callback) callbacks.push(callback);
      place += 1;
    }
    if (step.commands) commands.push(...step.commands);
  }
  // Behind the events of the call.
  for (const { notices = [] } of steps) {
    for (const notice of notices)
      callbacks.push(...parts.eventGrid.notifications(call.account, notice, { call: call.id, atMs: event.atMs }));
  }
  return { callbacks, commands };
}

function isAnything({ events, notices, commands }: Step): boolean {
  return hasSome(events) || hasSome(notices) || hasSome(commands);
}

const hasSome = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;

/** The headers of every event, beside its token. */
export const eventHeaders: CallbackDraft['headers'] = [['Content-Type', 'application/json; charset=utf-8']];

/** @param place which of the events that are due at once it is: no other has its id */
function callbackFor(due: DueEvent, place: number, event: CallEvent, call: Call): CallbackDraft | undefined {
  const { connection } = due;
  const apiVersion = due.apiVersion ?? connection.apiVersion;
  if (!isKnownEvent(due.event.name, apiVersion)) return undefined;
  const envelope = cloudEvent(due.event, {
    apiVersion,
    identity: {
      callConnectionId: connection.id,
      serverCallId: serverCallIdOf(call.id),
      correlationId: correlationIdOf(connection.id),
    },
    occasion: [event.seq, place],
    atMs: event.atMs,
  });
  return {
    id: envelope.id,
    call: call.id,
    event: envelope.type,
    urls: [due.callbackUri ?? connection.callbackUri],
    body: JSON.stringify([envelope]),
    headers: eventHeaders,
    delivery: eventDelivery(call.account),
    answerWanted: false,
  };
}
