import type { Call } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import { withEntry, withoutEntry } from '../../../engine/copies.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { Due } from '../calls/due.ts';
import type { MusicOnHold } from '../svaml/svaml-object.ts';
import { digitsNote, holdMusicNote, memberNote, roomNote, type HoldMusicNote, type MemberNote } from './note.ts';
import type { Member, RoomState } from './room-state.ts';

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

  get members(): readonly Member[] {
    return Object.values(this.#state.members);
  }

  member(leg: string): Member | undefined {
    return this.members.find((candidate) => candidate.leg === leg);
  }

  change(leg: string, change: Partial<Member>): void {
    const member = this.member(leg);
    if (member) this.put({ ...member, ...change });
  }

  put(member: Member): void {
    this.#state = { ...this.#state, members: withEntry(this.#state.members, member.leg, member) };
  }

  remove(leg: string): void {
    this.#state = { ...this.#state, members: withoutEntry(this.#state.members, leg) };
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
  switch (event.type) {
    case 'noted':
      if (event.name === memberNote) announce(turn, event.data as MemberNote);
      else if (event.name === holdMusicNote) startHoldMusic(turn, event.data as HoldMusicNote);
      break;
    case 'leg-moved-in':
      turn.change(event.leg.id, { joinedAtMs: event.atMs });
      tendMusic(turn);
      break;
    case 'leg-ended':
      relay(turn, event.leg);
      turn.remove(event.leg);
      tendMusic(turn);
      break;
    case 'leg-held':
      if (!event.held) stopMusic(turn, event.leg);
      break;
    case 'tones-pressed':
      takeKeys(turn, event.leg, event.tones);
      break;
    case 'timer-fired':
      for (const { leg } of turn.members) if (event.timer === timerId(leg)) sendDigits(turn, leg);
      break;
    default:
      relayOperation(turn);
  }
  return turn.result();
}

function announce(turn: RoomTurn, note: MemberNote): void {
  turn.put({ ...note, joinedAtMs: undefined, music: undefined, digits: '' });
}

/** A participant who is alone hears the music it came with; with a second one it stops. */
function tendMusic(turn: RoomTurn): void {
  const present = turn.members.filter(({ joinedAtMs }) => joinedAtMs !== undefined);
  const [alone] = present;
  if (present.length === 1 && alone?.moh !== undefined && alone.music === undefined)
    startMusic(turn, alone.leg, alone.moh);
  if (present.length > 1) {
    for (const { leg } of present) if (byId(turn.call.legs, leg)?.held === false) stopMusic(turn, leg);
  }
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
    for (const [index, other] of turn.members.entries()) {
      if (other.leg === leg || other.joinedAtMs === undefined) continue;
      const operation = `${member.callId}.forward-${turn.event.seq}-${index}`;
      turn.command({ type: 'send-tones', operation, leg: other.leg, tones });
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
  turn.command({ type: 'note', name: digitsNote, data: member.digits }, member.callId);
}

function timerId(leg: string): string {
  return `${leg}.conference-dtmf`;
}

/** Tells a participant's call what happened to its leg. */
function relay(turn: RoomTurn, leg: string): void {
  const member = turn.member(leg);
  if (member) turn.command({ type: 'note', name: roomNote, data: turn.event }, member.callId);
}

/** Tells a participant's call of the operation that it asked for. */
function relayOperation(turn: RoomTurn): void {
  const { event } = turn;
  const id = 'operation' in event ? event.operation : undefined;
  if (id === undefined || !endings.has(event.type)) return;
  const owner = turn.members.find(({ callId }) => id.startsWith(`${callId}.`));
  if (owner) turn.command({ type: 'note', name: roomNote, data: event }, owner.callId);
}

/** The facts that end what a call may wait for. */
const endings: ReadonlySet<CallEvent['type']> = new Set([
  'play-completed',
  'play-failed',
  'play-canceled',
  'tones-sent',
  'tones-failed',
  'collect-completed',
  'collect-failed',
]);
