import type { Call, Leg } from '../../../engine/call.ts';
import type { CallEvent, CallFact } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { iceFields } from '../callbacks/ice.ts';
import { pieFields } from '../callbacks/pie.ts';
import { type MemberNote, note, readNote } from '../state/notes.ts';
import type { SinchSettings } from '../accounts/options.ts';
import { takeCalleeAnswer } from '../calls/answering.ts';
import type { CallState } from '../state/call-state.ts';
import { takeCallbackAnswer } from './callback-answer.ts';
import { followDetection } from '../calls/detection.ts';
import { endCall, endCallFor } from '../calls/ending.ts';
import { manageCall } from './managing.ts';
import { followMenu } from '../calls/menu.ts';
import { followParking } from '../calls/parking.ts';
import { destinationOf } from '../state/party.ts';
import { callEnded, partyLeft } from '../calls/parting.ts';
import { followProgram, runProgram } from './program.ts';
import { finishRecording } from '../calls/recording.ts';
import { Turn } from '../calls/turn.ts';

/** Folds one event into what is remembered of a call, and writes down what the event asks for. */
export function evolveCall(state: CallState, event: CallEvent, call: Call, settings: SinchSettings): CallState {
  const turn = new Turn(state, event, call, settings);
  follow(turn, event);
  return turn.result();
}

function follow(turn: Turn, fact: CallFact): void {
  switch (fact.type) {
    case 'call-opened':
      openCall(turn);
      return;
    case 'leg-invited':
      if (fact.direction === 'inbound') takeIncoming(turn, fact.leg);
      else if (turn.state.callee === undefined) turn.set({ callee: fact.leg });
      return;
    case 'leg-answered':
      if (fact.leg === turn.state.callee) takeCalleeAnswer(turn);
      else if (fact.leg === turn.state.caller) turn.set({ answeredAtMs: turn.state.answeredAtMs ?? turn.event.atMs });
      runProgram(turn);
      return;
    case 'leg-moved-out':
      enterRoom(turn, fact.leg, fact.to);
      return;
    case 'leg-ended':
      partyLeft(turn, fact.leg, fact.cause);
      return;
    case 'call-ended':
      callEnded(turn);
      return;
    case 'callback-answered': {
      const { awaited } = turn.state;
      if (awaited?.id === fact.callback) takeCallbackAnswer(turn, awaited, fact.outcome);
      return;
    }
    case 'recording-stopped':
      finishRecording(turn, fact.recording);
      return;
    case 'noted':
      takeNote(turn);
      return;
    case 'timer-fired':
      if (fact.purpose.kind === 'max-duration') {
        turn.set({ outcome: turn.state.outcome ?? { result: 'ANSWERED', reason: 'TIMEOUT' } });
      }
      void (followParking(turn, fact) || followDetection(turn, fact));
      return;
    default:
      void (
        followProgram(turn, fact) ||
        followMenu(turn, fact) ||
        followParking(turn, fact) ||
        followDetection(turn, fact)
      );
  }
}

function openCall(turn: Turn): void {
  const { details } = turn.state;
  if (details.failsWith !== undefined) {
    const summary = `The call ends because the fault "sinch-call" is switched on with ${details.failsWith}`;
    turn.refuse('fault', summary);
    endCall(turn, { result: 'FAILED', reason: details.failsWith });
  } else if (details.origin === 'custom') {
    turn.ask('ice', iceFields(details), []);
  } else if (details.origin !== 'incoming' && details.from === '') {
    const summary = 'The call ends because the callout names no cli: Sinch takes such a callout and never connects it';
    endCallFor(turn, 'GENERALERROR', { code: 'callout/no-cli', summary });
  }
}

function takeIncoming(turn: Turn, leg: string): void {
  turn.set({ caller: leg });
  if (turn.state.outcome === undefined) turn.ask('ice', iceFields(turn.state.details), [leg]);
}

/** The leg has left this call for the conference's room, which takes it in. */
function enterRoom(turn: Turn, id: string, room: string): void {
  const { membership } = turn.state;
  const leg = byId(turn.call.legs, id);
  if (!membership || !leg) return;
  turn.set({ membership: { ...membership, room } });
  const { cause: _cause, endedAtMs: _ended, ...here } = leg;
  const moving: Leg = { ...here, state: 'connected' };
  const { dtmf, moh } = membership;
  const member: MemberNote = { leg: id, callId: turn.state.callId, cli: cliOf(turn, moving), dtmf, moh };
  turn.openRoom(room, membership.conferenceId);
  turn.command(note('sinch-member', member), room);
  turn.command({ type: 'move-leg-in', leg: moving, from: turn.state.callId }, room);
}

/** The number that a conference knows a participant by: a caller's own, the one that a callout shows, else that of who was called. */
function cliOf({ state: { caller, details } }: Turn, { id, party, presented }: Leg): string {
  if (id === caller) return details.from;
  return caller === undefined ? (presented ?? 'private') : destinationOf(party).endpoint;
}

function takeNote(turn: Turn): void {
  const { event } = turn;
  const managed = readNote(event, 'sinch-manage');
  if (managed) manageCall(turn, managed);
  // What happened to the call's leg in the room of its conference is handled as if it had happened here.
  const inRoom = readNote(event, 'sinch-room');
  if (inRoom) follow(turn, inRoom);
  const digits = readNote(event, 'sinch-digits');
  if (digits === undefined || !turn.state.membership || !turn.state.details.callbacks.pie) return;
  const { conferenceId } = turn.state.membership;
  turn.tell('pie', pieFields({ menuId: conferenceId, type: 'sequence', value: digits, inputMethod: 'dtmf' }));
}
