import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { Reaction, ReactionCommand } from '../../../contract/provider.ts';
import type { Applications } from '../accounts/applications.ts';
import { callbackContentType, callbackDelivery } from '../callbacks/delivery.ts';
import { callbackBody } from '../callbacks/envelope.ts';
import { callingErrorFields } from '../callbacks/notify.ts';
import { noCallbackUrl } from '../program/callback-answer.ts';
import type { CallState } from '../state/call-state.ts';
import type { Due } from '../state/due.ts';
import type { CallbackEventName } from '../state/event-name.ts';
import type { Conferences } from '../conferences/conferences.ts';
import { recordingPath, type RecordingFile } from '../state/recording-file.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { SinchState } from '../state/state.ts';

/** What reactions need to know besides the call itself. */
export interface ReactionParts {
  readonly applications: Applications;
  readonly conferences: Conferences;
  readonly serverUrl: () => string;
  /** Stores the files of recordings, where a place for them is configured. */
  readonly recordings: Pick<RecordingStore, 'stored'> | undefined;
}

/** Carries out what the last event asked for: callbacks to send, commands to give. */
export function reactSinch(event: CallEvent, state: SinchState | undefined, parts: ReactionParts): Reaction {
  const callbacks: CallbackDraft[] = [];
  const commands: ReactionCommand[] = [];
  for (const due of state?.due ?? []) {
    if (due.kind === 'command') {
      // A participant whose own call is over hears no more of its leg in the room.
      const isTold = due.command.type === 'note';
      commands.push({ call: due.call, command: due.command, ...(isTold && { onlyIf: 'live' }) });
    } else if (state?.kind !== 'call') {
      continue;
    } else if (due.kind === 'callback') {
      const target = callbackTarget(due, state, parts);
      if ('urls' in target) callbacks.push(draftOf(due, state, event, target, parts));
      else if (due.awaited) commands.push({ call: state.callId, command: answerCommand(due.id, target.answer) });
    } else if (due.kind === 'enter-conference') {
      const fresh = `${state.callId}.room-${event.seq}`;
      const to = parts.conferences.roomFor(state.applicationKey, due.membership.conferenceId, fresh);
      commands.push({ call: state.callId, command: { type: 'move-leg-out', leg: due.leg, to, staysOpen: true } });
    } else {
      const command = openRoom(state.applicationKey, due.conferenceId);
      commands.push({ call: due.room, command, onlyIf: 'absent' });
    }
  }
  return { callbacks, commands };
}

type Target =
  | { readonly urls: readonly string[] }
  /** The text of an inline answer; `undefined` when there is nowhere to ask. */
  | { readonly answer: string | undefined };

/** Where a callback goes: the callout's own URL, its inline answer, or the application's URLs. */
function callbackTarget(due: Extract<Due, { kind: 'callback' }>, state: CallState, parts: ReactionParts): Target {
  if (due.event === 'pie' && !state.details.callbacks.pie) return { answer: undefined };
  const inline = (state.details.inline as Readonly<Partial<Record<CallbackEventName, string>>>)[due.event];
  // Only an answer can be given in place of a callback; DiCE has none.
  const own = inline !== undefined && !due.awaited && !isUrl(inline) ? undefined : inline;
  if (own !== undefined && !isUrl(own)) return { answer: own };
  const urls = own === undefined ? parts.applications.deliveryUrls(state.applicationKey) : [own];
  const isKnown = parts.applications.account(state.applicationKey) !== undefined;
  return isKnown && urls.length > 0 ? { urls } : { answer: undefined };
}

/** Whether an `ice`, `ace`, `pie` or `dice` of a custom callout is a URL rather than SVAML. */
function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text.trim());
}

function draftOf(
  due: Extract<Due, { kind: 'callback' }>,
  state: CallState,
  event: CallEvent,
  target: Extract<Target, { urls: readonly string[] }>,
  { serverUrl, recordings }: ReactionParts,
): CallbackDraft {
  const { file } = due;
  const body = callbackBody(due, state, event.atMs, serverUrl());
  const prepare = async (stored: RecordingFile): Promise<string> => {
    const problem = await recordings?.stored(stored);
    if (problem === undefined) return body;
    const fields = callingErrorFields(50000, `${problem}; it can be had at ${serverUrl()}${recordingPath(stored)}`);
    return callbackBody({ ...due, fields }, state, event.atMs, serverUrl());
  };
  return {
    id: due.id,
    call: state.callId,
    event: due.event,
    urls: target.urls,
    body,
    headers: [['content-type', callbackContentType], ...state.details.forwardedHeaders],
    delivery: callbackDelivery(state.applicationKey),
    answerWanted: due.awaited,
    ...(recordings && file && { prepare: () => prepare(file) }),
  };
}

function answerCommand(callback: string, answer: string | undefined): Command {
  return {
    type: 'callback-answered',
    callback,
    outcome:
      answer === undefined ? { answered: false, reason: noCallbackUrl } : { answered: true, status: 200, body: answer },
  };
}

function openRoom(account: string, conferenceId: string): Command {
  return { type: 'open-call', provider: 'sinch', account, details: { kind: 'room', conferenceId }, legs: [] };
}
