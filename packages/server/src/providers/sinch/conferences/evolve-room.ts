import type { Call } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { atEvent, type EventTable, type OfType } from '../../kit/event-table.ts';
import type { Due } from '../state/due.ts';
import type { MusicOnHold } from '../svaml/svaml-object.ts';
import { byNote, type HoldMusicNote, type MemberNote, note } from '../state/notes.ts';
import { type Member, memberOfCall, type RoomState } from '../state/room-state.ts';

/** One step of a room: it lives while one event is folded. */
class RoomTurn {
  readonly event: CallEvent;
  readonly call: Call;
  readonly #due: Due[] = [];
  #state: RoomState;

  constructor(state: RoomState, event: CallEvent, call: Call) {
    this.#state = state;
    this.event = event;
    this.call = call;
  }

  get state(): RoomState {
    return this.#state;
  }

  member(leg: string): Member | undefined {
    return byId(this.#state.members, leg);
  }

  /** Changes parts of the state. */
  set(change: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...change };
  }

  change(leg: string, change: Partial<Member>): void {
    const member = this.member(leg);
    if (member) this.put({ ...member, ...change });
  }

  put(member: Member): void {
    this.set({ members: this.#state.members.with(member) });
  }

  /** A command to the room itself, or to the call of a participant. */
  command(command: Command, call: string = this.#state.room): void {
    this.#due.push({ kind: 'command', call, command });
  }

  result(): RoomState {
    return { ...this.#state, due: this.#due };
  }
}

/** Folds one event into what is remembered of a conference, and writes down what the event asks for. */
export function evolveRoom(state: RoomState, event: CallEvent, call: Call): RoomState {
  const turn = new RoomTurn(state, event, call);
  atEvent(follows, event, turn);
  return turn.result();
}

/** What follows from each type of event. */
const follows: EventTable<CallEvent, [turn: RoomTurn], void> = {
  noted: [
    byNote<[turn: RoomTurn], void>(
      {
        'sinch-member': (member, _event, turn) => announce(turn, member),
        'sinch-hold-music': (music, _event, turn) => startHoldMusic(turn, music),
      },
      () => {},
    ),
  ],
  'leg-moved-in': [({ leg }, turn) => join(turn, leg.id), tendMusic],
  'leg-ended': [({ leg }, turn) => relay(turn, leg), ({ leg }, turn) => remove(turn, leg), tendMusic],
  'leg-held': [takeHeld],
  'tones-pressed': [({ leg, tones }, turn) => takeKeys(turn, leg, tones)],
  'timer-fired': [takeTimer],
  'play-completed': [relayOperation],
  'play-failed': [relayOperation],
  'play-canceled': [relayOperation],
  'tones-sent': [relayOperation],
  'tones-failed': [relayOperation],
  'collect-completed': [relayOperation],
  'collect-failed': [relayOperation],
};

function announce(turn: RoomTurn, member: MemberNote): void {
  turn.put({ ...member, joinedAtMs: undefined, music: undefined, digits: '' });
  turn.set({ legs: turn.state.legs.with({ id: member.callId, leg: member.leg }) });
}

function join(turn: RoomTurn, leg: string): void {
  if (!turn.member(leg)) return;
  turn.change(leg, { joinedAtMs: turn.event.atMs });
  turn.set({ present: turn.state.present.with({ id: leg }) });
}

function remove(turn: RoomTurn, leg: string): void {
  const member = turn.member(leg);
  if (!member) return;
  const { members, present, legs, alone } = turn.state;
  turn.set({
    members: members.without(leg),
    present: present.without(leg),
    legs: legs.without(member.callId),
    alone: alone === leg ? undefined : alone,
  });
}

/** A participant who is alone hears the music it came with; with a second one it stops. */
function tendMusic(_event: CallEvent, turn: RoomTurn): void {
  const { present, alone } = turn.state;
  if (present.length > 1) {
    // A participant on hold keeps its music until it is taken off hold.
    if (alone === undefined || byId(turn.call.legs, alone)?.held !== false) return;
    turn.set({ alone: undefined });
    stopMusic(turn, alone);
    return;
  }
  const only = turn.member(present.live.first()?.id ?? '');
  if (only?.moh === undefined || only.music !== undefined) return;
  turn.set({ alone: only.leg });
  startMusic(turn, only.leg, only.moh);
}

function startHoldMusic(turn: RoomTurn, { leg, moh }: HoldMusicNote): void {
  stopMusic(turn, leg);
  startMusic(turn, leg, moh);
}

function startMusic(turn: RoomTurn, leg: string, name: MusicOnHold): void {
  const member = turn.member(leg);
  if (!member || member.music !== undefined) return;
  const operation = `${member.callId}.moh-${turn.event.seq}`;
  turn.change(leg, { music: operation });
  turn.command({
    type: 'play',
    operation,
    prompts: [{ kind: 'music', name }],
    to: [leg],
    repeat: 'forever',
    interrupt: false,
  });
}

function stopMusic(turn: RoomTurn, leg: string): void {
  const music = turn.member(leg)?.music;
  if (music === undefined) return;
  turn.change(leg, { music: undefined });
  turn.command({ type: 'cancel-operations', operations: [music] });
}

/** What is done with a participant's keys: nothing, sending them to the others, or telling the application. */
function takeKeys(turn: RoomTurn, leg: string, tones: string): void {
  const member = turn.member(leg);
  const mode = member?.dtmf.mode ?? 'ignore';
  if (!member || mode === 'ignore') return;
  if (mode === 'forward') {
    for (const [index, other] of turn.state.present.map(({ id }) => id).entries()) {
      if (other === leg) continue;
      const operation = `${member.callId}.forward-${turn.event.seq}-${index}`;
      turn.command({ type: 'send-tones', operation, leg: other, tones });
    }
    return;
  }
  for (const tone of tones) detectKey(turn, leg, tone);
}

function detectKey(turn: RoomTurn, leg: string, tone: string): void {
  const member = turn.member(leg);
  if (!member) return;
  const { maxDigits = 1, timeoutMills = 3_000 } = member.dtmf;
  const ends = maxDigits > 1 && tone === '#';
  const digits = ends ? member.digits : member.digits + tone;
  turn.change(leg, { digits });
  if (ends || digits.length >= maxDigits) {
    sendDigits(turn, leg);
  } else {
    turn.command({ type: 'set-timer', timer: timerId(leg), afterMs: timeoutMills, name: 'conference-dtmf' });
  }
}

function sendDigits(turn: RoomTurn, leg: string): void {
  const member = turn.member(leg);
  if (!member || member.digits === '') return;
  turn.change(leg, { digits: '' });
  turn.command({ type: 'clear-timer', timer: timerId(leg) });
  turn.command(note('sinch-digits', member.digits), member.callId);
}

function takeHeld({ leg, held }: OfType<CallEvent, 'leg-held'>, turn: RoomTurn): void {
  if (!held) stopMusic(turn, leg);
}

function takeTimer({ timer }: OfType<CallEvent, 'timer-fired'>, turn: RoomTurn): void {
  if (timer.endsWith(timerSuffix)) sendDigits(turn, timer.slice(0, -timerSuffix.length));
}

const timerSuffix = '.conference-dtmf';

function timerId(leg: string): string {
  return leg + timerSuffix;
}

/** Tells a participant's call what happened to its leg. */
function relay(turn: RoomTurn, leg: string): void {
  const member = turn.member(leg);
  if (member) turn.command(note('sinch-room', turn.event), member.callId);
}

/** Tells a participant's call that an operation which it asked for is over, for which it may wait. */
function relayOperation(event: CallEvent & { readonly operation: string }, turn: RoomTurn): void {
  const { operation: id } = event;
  const owner = memberOfCall(turn.state, id.slice(0, Math.max(0, id.lastIndexOf('.'))));
  if (owner) turn.command(note('sinch-room', event), owner.callId);
}
