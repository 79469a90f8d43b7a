import type { Call, Leg } from '../../../engine/call.ts';
import { legWith } from '../../../engine/copies.ts';
import type { CallEvent, CallFact } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { atEvent, type EventTable, type OfType } from '../../kit/event-table.ts';
import { iceFields } from '../callbacks/ice.ts';
import { pieFields } from '../callbacks/pie.ts';
import { byNote, type MemberNote, note } from '../state/notes.ts';
import type { SinchSettings } from '../accounts/options.ts';
import { takeCalleeAnswer } from '../calls/answering.ts';
import type { CallState } from '../state/call-state.ts';
import { takeCallbackAnswer } from './callback-answer.ts';
import { followDetection } from '../calls/detection.ts';
import { finishCall, endCallFor } from '../calls/ending.ts';
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
  atEvent(follows, event as CallFact, turn);
  return turn.result();
}

/** What follows from each type of fact. */
const follows: EventTable<CallFact, [turn: Turn], void> = {
  'call-opened': [(_fact, turn) => beginCall(turn)],
  'leg-invited': [takeInvited],
  'leg-answered': [takeAnswered],
  'leg-moved-out': [({ leg, to }, turn) => enterRoom(turn, leg, to)],
  'leg-ended': [({ leg, cause }, turn) => partyLeft(turn, leg, cause)],
  'leg-said': [followDetection],
  'call-ended': [(_fact, turn) => callEnded(turn)],
  'play-completed': [followProgram, followParking],
  'play-failed': [followProgram, followParking],
  'play-canceled': [followProgram],
  'tones-sent': [followProgram],
  'tones-failed': [followProgram],
  'collect-completed': [followMenu],
  'collect-failed': [followMenu],
  'recording-stopped': [({ recording }, turn) => finishRecording(turn, recording)],
  'callback-answered': [takeAnsweredCallback],
  'timer-fired': [reachMaxDuration, followParking, followDetection],
  noted: [(_fact, turn) => takeNote(turn)],
};

function takeInvited({ leg, direction }: OfType<CallFact, 'leg-invited'>, turn: Turn): void {
  if (direction === 'inbound') takeIncoming(turn, leg);
  else if (turn.state.callee === undefined) turn.set({ callee: leg });
}

function takeAnswered({ leg }: OfType<CallFact, 'leg-answered'>, turn: Turn): void {
  if (leg === turn.state.callee) takeCalleeAnswer(turn);
  else if (leg === turn.state.caller) turn.set({ answeredAtMs: turn.state.answeredAtMs ?? turn.event.atMs });
  runProgram(turn);
}

function takeAnsweredCallback({ callback, outcome }: OfType<CallFact, 'callback-answered'>, turn: Turn): void {
  const { awaited } = turn.state;
  if (awaited?.id === callback) takeCallbackAnswer(turn, awaited, outcome);
}

function reachMaxDuration({ purpose }: OfType<CallFact, 'timer-fired'>, turn: Turn): void {
  if (purpose.kind !== 'max-duration') return;
  turn.set({ outcome: turn.state.outcome ?? { result: 'ANSWERED', reason: 'TIMEOUT' } });
}

function beginCall(turn: Turn): void {
  const { details } = turn.state;
  if (details.failsWith !== undefined) {
    const summary = `The call ends because the fault "sinch-call" is switched on with ${details.failsWith}`;
    turn.refuse('fault', summary);
    finishCall(turn, { result: 'FAILED', reason: details.failsWith });
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
  const moving = legWith(leg, { state: 'connected', endedAtMs: undefined, cause: undefined });
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

const takeNoteOf = byNote<[turn: Turn], void>(
  {
    'sinch-manage': (managed, _event, turn) => manageCall(turn, managed),
    // What happened to the call's leg in the room of its conference is handled as if it had happened here.
    'sinch-room': (fact, _event, turn) => void atEvent(follows, fact, turn),
    'sinch-digits': (digits, _event, turn) => tellDigits(turn, digits),
  },
  () => {},
);

function takeNote(turn: Turn): void {
  if (turn.event.type === 'noted') takeNoteOf(turn.event, turn);
}

/** Tells the application which keys its participant has pressed. */
function tellDigits(turn: Turn, digits: string): void {
  const { membership, details } = turn.state;
  if (!membership || !details.callbacks.pie) return;
  const { conferenceId: menuId } = membership;
  turn.tell('pie', pieFields({ menuId, type: 'sequence', value: digits, inputMethod: 'dtmf' }));
}
