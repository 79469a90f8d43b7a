import type { Call } from './call.ts';
import { followPrompts } from './collect.ts';
import type { Command, CommandRefusal } from './command.ts';
import { type DecisionContext, Draft, type Occurrence } from './draft.ts';
import type { CallEvent } from './event.ts';
import { decideLegs, inviteLeg } from './legs.ts';
import { decideOperations } from './operations.ts';
import { startPlaysInTurn } from './play.ts';
import { decideRecording } from './recording.ts';
import { findConnectedLeg, isRefusal, refuse } from './refusal.ts';
import { isReport, takeReport } from './reports.ts';
import { cutStreamedAudio, streamAudio } from './streamed-audio.ts';
import { clearTimer, setTimer } from './timers.ts';
import { pressTones } from './tones.ts';

/**
 * What happens when commands are given to a call: the events that follow, in order, each with the call as it is after it,
 * or why they are refused. Pure: the same call, commands and context give the same answer, and the call itself is not
 * changed.
 *
 * Each command meets the call as the ones before it leave it, and one that is refused refuses all. A refused command leaves
 * no event. A report about something that is over (a timer of an ended call, audio of a play that was cancelled) is accepted
 * and leaves none either.
 *
 * @param call the call as it is; `undefined` when there is none yet
 */
export function decide(
  call: Call | undefined,
  commands: readonly Command[],
  context: DecisionContext,
): readonly Occurrence[] | CommandRefusal {
  let occurrences: readonly Occurrence[] = [];
  for (const command of commands) {
    const decided = decideOne(occurrences.at(-1)?.call ?? call, command, context);
    if (isRefusal(decided)) return decided;
    occurrences = occurrences.length === 0 ? decided : occurrences.concat(decided);
  }
  return occurrences;
}

function decideOne(
  call: Call | undefined,
  command: Command,
  context: DecisionContext,
): readonly Occurrence[] | CommandRefusal {
  if (command.type === 'open-call') return call ? alreadyOpen(call) : openCall(command, context);
  if (call === undefined) return isReport(command) ? [] : refuse('call-not-found', 'there is no such call');
  if (call.endedAtMs !== undefined) return isReport(command) ? [] : refuse('call-ended', `call ${call.id} has ended`);

  const draft = new Draft(call, context);
  const refusal = apply(draft, command);
  if (refusal) return refusal;
  followUp(draft);
  return draft.occurrences;
}

function openCall(
  command: Extract<Command, { type: 'open-call' }>,
  context: DecisionContext,
): readonly Occurrence[] | CommandRefusal {
  const { provider, account, details, legs } = command;
  const draft = Draft.opening({ type: 'call-opened', provider, account, details }, context);
  for (const leg of legs) {
    const refusal = inviteLeg(draft, leg);
    if (refusal) return refusal;
  }
  return draft.occurrences;
}

function alreadyOpen(call: Call): CommandRefusal {
  return refuse('duplicate-id', `there is a call ${call.id} already`);
}

function apply(draft: Draft, command: Exclude<Command, { type: 'open-call' }>): CommandRefusal | undefined {
  if (isReport(command)) {
    takeReport(draft, command);
    return undefined;
  }
  switch (command.type) {
    case 'play':
    case 'collect':
    case 'watch-tones':
    case 'send-tones':
    case 'cancel-operations':
      return decideOperations(draft, command);
    case 'start-recording':
    case 'pause-recording':
    case 'resume-recording':
    case 'stop-recording':
      return decideRecording(draft, command);
    case 'press':
    case 'stop-speaking':
    case 'say': {
      const leg = findConnectedLeg(draft.call, command.leg);
      if (isRefusal(leg)) return leg;
      if (command.type === 'press') pressTones(draft, leg.id, command.tones);
      else if (command.type === 'say') draft.record({ ...command, type: 'speech-wanted' });
      else draft.record({ type: 'leg-silenced', leg: leg.id });
      return undefined;
    }
    case 'stream-audio':
      return streamAudio(draft, command);
    case 'cut-streamed-audio':
      cutStreamedAudio(draft, command.operation);
      return undefined;
    case 'set-timer': {
      const { timer, afterMs, name, data } = command;
      setTimer(draft, timer, afterMs, { kind: 'provider', name, ...(data === undefined ? {} : { data }) });
      return undefined;
    }
    case 'clear-timer':
      clearTimer(draft, command.timer);
      return undefined;
    case 'note':
      draft.record({ type: 'noted', name: command.name, data: command.data });
      return undefined;
    default:
      return decideLegs(draft, command);
  }
}

/** Plays whose turn has come and collects whose prompt is over go on, until nothing more follows. */
function followUp(draft: Draft): void {
  for (let seen = 0; seen < draft.occurrences.length && draft.call.endedAtMs === undefined;) {
    const happened = draft.eventsFrom(seen);
    seen = draft.occurrences.length;
    startPlaysInTurn(draft, happened);
    if (happened.some(({ type }) => endsPrompts.has(type))) followPrompts(draft);
  }
}

/** What a collect waits for before it listens. */
const endsPrompts: ReadonlySet<CallEvent['type']> = new Set([
  'collect-started',
  'play-completed',
  'play-failed',
  'play-canceled',
] as const);
