import type { AudioEntry, Call, EndCause, Leg, LegId, LiveStream } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { audienceOf, hearersOfStream } from '../../../engine/queries.ts';
import type { AcsCallDetails, AcsCallState, LegPlace } from '../state/call-state.ts';
import { note } from '../state/notes.ts';
import { ringTimeoutMs } from '../requests/ring-timeout.ts';
import type { CallCommand, ReactionParts, StepAt } from './step.ts';

/** What follows on the other side of the call from an event on this one; nothing while there is none. */
function there<Type extends CallEvent['type']>(
  commandsFor: (event: OfType<CallEvent, Type>, state: AcsCallState, call: Call) => CallCommand[],
): StepAt<Type> {
  return (event, state, call) => (state.peers.length === 0 ? {} : { commands: commandsFor(event, state, call) });
}

/**
 * The two sides of a call between applications. Each has a call of its own, in which the other one is a leg: what this
 * leg hears on one side, the other one says on the other side. They are answered together and end together.
 */
export const otherSide = {
  'leg-invited': ((event, state, call, { endpoints }) => ({
    commands: invited(event, state, call, endpoints),
  })) satisfies StepAt<'leg-invited'>,
  'leg-answered': there<'leg-answered'>((event, state, call) => answered(byId(call.legs, event.leg), state, call)),
  'leg-ended': there<'leg-ended'>((event, state, call) => ended(byId(call.legs, event.leg), event.cause, state)),
  'leg-moved-out': there<'leg-moved-out'>((event, state) => moved(event.leg, event.to, state)),
  'leg-held': there<'leg-held'>((event, state, call) =>
    toHearers([event.leg], state, call, (peer) =>
      event.held
        ? [{ type: 'stop-speaking', leg: peer.leg }, ...[...call.streams].map(({ id }) => cut(id, call))]
        : streamsHeardBy(event.leg, call).map((stream) => streamed(stream, peer, call)),
    ),
  ),
  'leg-said': there<'leg-said'>((event, state, call) =>
    toHearers(event.hearers, state, call, ({ leg }) => [spoken(leg, event.entry, event.sound)]),
  ),
  'play-round': there<'play-round'>((event, state, call) =>
    toHearers(event.to, state, call, ({ leg }) => event.entries.map((entry) => spoken(leg, entry))),
  ),
  'play-canceled': there<'play-canceled'>((event, state, call) => {
    const play = byId(call.operations, event.operation);
    if (play?.kind !== 'play' || play.startedAtMs === undefined) return [];
    return toHearers(audienceOf(call, play), state, call, ({ leg }) => [{ type: 'stop-speaking', leg }]);
  }),
  'tones-sent': there<'tones-sent'>((event, state, call) =>
    toHearers([event.leg], state, call, ({ leg }) => [{ type: 'press', leg, tones: event.tones }]),
  ),
  'audio-streamed': there<'audio-streamed'>((event, state, call) =>
    toHearers(event.to, state, call, (peer) => [
      streamed({ id: event.operation, media: event.media, startedAtMs: event.startedAtMs ?? event.atMs }, peer, call),
    ]),
  ),
  'streamed-audio-cut': there<'streamed-audio-cut'>((event, state, call) =>
    toHearers(
      call.legs.live.map(({ id }) => id),
      state,
      call,
      () => [cut(event.operation, call)],
    ),
  ),
} as const;

/** Somebody calls an application: its side of the call rings, and is announced to it. */
function invited(
  { leg, party, direction, presented = '' }: Extract<CallEvent, { type: 'leg-invited' }>,
  state: AcsCallState,
  call: Call,
  endpoints: ReactionParts['endpoints'],
): CallCommand[] {
  const place = byId(state.peers, leg);
  if (direction !== 'outbound' || party.kind !== 'application' || !place) return [];
  const account = endpoints.accountOf(party.id);
  if (!account) return [];
  const details: AcsCallDetails = { peer: { call: call.id, leg }, ...sentAlong(leg, state) };
  const caller = {
    leg: place.leg,
    party: { kind: 'application', id: rawId(presented) },
    direction: 'inbound',
    presented: party.id.replace(/^4:/, ''),
    ringTimeoutMs: ringTimeoutMs(),
  } as const;
  return [
    {
      call: place.call,
      command: { type: 'open-call', provider: 'acs', account: account.resourceId, details, legs: [caller] },
    },
  ];
}

/** What the application that is called gets to know beside who calls. */
function sentAlong(leg: LegId, { details, invitations, redirectedContext }: AcsCallState): Partial<AcsCallDetails> {
  const ofTransfer = details.transfer && details.customContext;
  const customContext = byId(invitations, leg)?.customContext ?? redirectedContext ?? ofTransfer;
  const callerDisplayName = details.connection?.sourceDisplayName;
  return {
    ...(customContext && { customContext }),
    ...(callerDisplayName !== undefined && { callerDisplayName }),
  };
}

/** Who is shown as the caller: a number, or the raw id of a user. */
function rawId(presented: string): string {
  return /^\d+:/.test(presented) ? presented : `4:${presented}`;
}

/** The side that was called answers, and the other one with it, in which audio may be streamed already. */
function answered(leg: Leg | undefined, { peers }: AcsCallState, call: Call): CallCommand[] {
  const peer = leg && byId(peers, leg.id);
  if (!peer) return [];
  if (leg.direction === 'inbound') return [give(peer, { type: 'answer', leg: peer.leg })];
  return streamsHeardBy(leg.id, call).map((stream) => give(peer, streamed(stream, peer, call)));
}

function ended(leg: Leg | undefined, cause: EndCause, { peers }: AcsCallState): CallCommand[] {
  const peer = leg && byId(peers, leg.id);
  if (!peer) return [];
  // First told that there is no other side any more, so that its end does not come back.
  return [
    give(peer, note('peered', { leg: peer.leg })),
    give(peer, { type: 'end-leg', leg: peer.leg, cause: causeThere(leg, cause) }),
  ];
}

/** As what the end of a leg is seen on the other side. */
function causeThere({ answeredAtMs, direction }: Leg, cause: EndCause): EndCause {
  if (answeredAtMs !== undefined) return 'hung-up';
  if (direction === 'outbound') return 'canceled';
  return refusals.includes(cause) ? cause : 'declined';
}

/** What the side that is called may say to a call. */
const refusals: readonly EndCause[] = ['busy', 'declined', 'no-answer', 'unreachable'];

/** One side goes on in another call. */
function moved(leg: LegId, to: string, { peers }: AcsCallState): CallCommand[] {
  const peer = byId(peers, leg);
  if (!peer) return [];
  return [
    give({ call: to, leg }, note('peered', { leg, peer: { call: peer.call, leg: peer.leg } })),
    give(peer, note('peered', { leg: peer.leg, peer: { call: to, leg } })),
  ];
}

/** What an application's leg hears, its other side says. */
function toHearers(
  hearers: readonly LegId[],
  { peers }: AcsCallState,
  call: Call,
  commandsFor: (peer: LegPlace) => readonly Command[],
): CallCommand[] {
  return hearers.flatMap((id) => {
    const peer = byId(peers, id);
    const isElsewhere = peer !== undefined && peer.call !== call.id;
    return isElsewhere ? commandsFor(peer).map((command) => give(peer, command)) : [];
  });
}

function spoken(leg: LegId, { media, durationMs, text }: AudioEntry, sound?: 'beep' | 'audio'): Command {
  const kind = sound ?? (text === undefined ? ('audio' as const) : undefined);
  return { type: 'speech-ready', leg, media: { media, durationMs }, text: text ?? '', ...(kind && { sound: kind }) };
}

/** What is being streamed into the call, as far as a leg hears it. */
function streamsHeardBy(leg: LegId, call: Call): LiveStream[] {
  return call.streams.filter((stream) => hearersOfStream(call, stream, leg).length > 0);
}

function streamed({ id, media, startedAtMs }: LiveStream, { leg }: LegPlace, call: Call): Command {
  return { type: 'stream-audio', operation: streamThere(call, id), media, startedAtMs, from: leg };
}

function cut(stream: string, call: Call): Command {
  return { type: 'cut-streamed-audio', operation: streamThere(call, stream) };
}

function streamThere(call: Call, stream: string): string {
  return `${call.id} ${stream}`;
}

function give({ call }: LegPlace, command: Command): CallCommand {
  return { call, command };
}
