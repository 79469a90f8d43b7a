import { Type, type Static } from 'typebox';
import type { Call, Leg, Recording } from '../../engine/call.ts';
import type { CallEvent } from '../../engine/event.ts';
import { callbackView } from './callback-view.ts';
import { exchangeSummary } from './exchange-view.ts';

const legSummary = Type.Object({
  id: Type.String(),
  number: Type.Integer({ description: 'The place in the call, from 1: `legs/{n}` in addresses.' }),
  party: Type.Unsafe<Leg['party']>(Type.Object({ kind: Type.String() })),
  presented: Type.Optional(Type.String({ description: 'Who calls, for a party that is called; else what it dialed.' })),
  direction: Type.Enum(['outbound', 'inbound']),
  state: Type.Enum(['ringing', 'connected', 'ended']),
  cause: Type.Optional(Type.String()),
  muted: Type.Boolean(),
  held: Type.Boolean(),
  invitedAtMs: Type.Number(),
  answeredAtMs: Type.Optional(Type.Number()),
  endedAtMs: Type.Optional(Type.Number()),
});

/** One line of the list of calls. Times are milliseconds on the call clock. */
export const callSummary = Type.Object({
  id: Type.String(),
  provider: Type.String(),
  account: Type.String(),
  state: Type.Enum(['ringing', 'connected', 'ended']),
  openedAtMs: Type.Number(),
  endedAtMs: Type.Optional(Type.Number()),
  legs: Type.Array(legSummary),
  version: Type.Integer({ description: 'How many events it has had.' }),
});
export type CallSummary = Static<typeof callSummary>;

/** One call, whole: what each leg heard and said, its history, its callbacks, and the requests that addressed it. */
export const callView = Type.Object({
  ...callSummary.properties,
  audio: Type.Array(
    Type.Object({
      leg: Type.Integer(),
      heard: Type.Unsafe<Leg['heard']>(Type.Array(Type.Unknown())),
      spoken: Type.Unsafe<Leg['spoken']>(Type.Array(Type.Unknown())),
      heardUrl: Type.String({ description: 'A WAV file.' }),
      spokenUrl: Type.String({ description: 'A WAV file.' }),
      liveUrl: Type.String({ description: 'A WAV stream of what the leg hears from now on.' }),
    }),
  ),
  recordings: Type.Unsafe<readonly Recording[]>(Type.Array(Type.Object({ id: Type.String(), state: Type.String() }))),
  events: Type.Unsafe<readonly CallEvent[]>(Type.Array(Type.Object({ seq: Type.Integer(), type: Type.String() }))),
  callbacks: Type.Array(callbackView),
  exchanges: Type.Array(exchangeSummary),
});
export type CallView = Static<typeof callView>;

export function summarizeCall(call: Call): CallSummary {
  const legs = Object.values(call.legs);
  const connected = legs.some(({ state }) => state === 'connected');
  return {
    id: call.id,
    provider: call.provider,
    account: call.account,
    state: call.endedAtMs !== undefined ? 'ended' : connected ? 'connected' : 'ringing',
    openedAtMs: call.openedAtMs,
    ...(call.endedAtMs !== undefined && { endedAtMs: call.endedAtMs }),
    legs: legs.map((leg, index) => summarizeLeg(leg, index + 1)),
    version: call.version,
  };
}

function summarizeLeg(leg: Leg, number: number): CallSummary['legs'][number] {
  const { id, party, presented, direction, state, cause, muted, held, invitedAtMs, answeredAtMs, endedAtMs } = leg;
  return {
    id,
    number,
    party,
    ...(presented !== undefined && { presented }),
    direction,
    state,
    ...(cause !== undefined && { cause }),
    muted,
    held,
    invitedAtMs,
    ...(answeredAtMs !== undefined && { answeredAtMs }),
    ...(endedAtMs !== undefined && { endedAtMs }),
  };
}

export function viewCall(call: Call, related: Pick<CallView, 'callbacks' | 'exchanges' | 'events'>): CallView {
  const base = `/_control/calls/${encodeURIComponent(call.id)}`;
  return {
    ...summarizeCall(call),
    audio: Object.values(call.legs).map(({ heard, spoken }, index) => ({
      leg: index + 1,
      heard,
      spoken,
      heardUrl: `${base}/legs/${index + 1}/heard.wav`,
      spokenUrl: `${base}/legs/${index + 1}/spoken.wav`,
      liveUrl: `${base}/legs/${index + 1}/live.wav`,
    })),
    recordings: Object.values(call.recordings),
    ...related,
  };
}
