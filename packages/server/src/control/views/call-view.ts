import { type AudioEntry, type Call, endCauses, type Leg, type Recording } from '../../engine/call.ts';
import type { CallEvent } from '../../engine/event.ts';
import {
  array,
  boolean,
  choice,
  integer,
  number,
  object,
  optional,
  string,
  typed,
  unknown,
  type Static,
} from '../../json-schema/schema.ts';
import { callbackView } from './callback-view.ts';
import { exchangeSummary } from './exchange-view.ts';

const legSummary = object({
  id: string(),
  number: integer({ description: 'The place in the call, from 1: `legs/{n}` in addresses.' }),
  party: typed<Leg['party']>(object({ kind: string() })),
  presented: optional(string({ description: 'Who calls, for a party that is called; else what it dialed.' })),
  direction: choice(['outbound', 'inbound']),
  state: choice(['ringing', 'connected', 'ended']),
  cause: optional(choice(endCauses)),
  muted: boolean(),
  held: boolean(),
  invitedAtMs: number(),
  answeredAtMs: optional(number()),
  endedAtMs: optional(number()),
});

/** One line of the list of calls. Times are milliseconds on the call clock. */
export const callSummary = object({
  id: string(),
  provider: string(),
  account: string(),
  state: choice(['ringing', 'connected', 'ended']),
  openedAtMs: number(),
  endedAtMs: optional(number()),
  legs: array(legSummary),
  version: integer({ description: 'How many events it has had.' }),
});
/** A call as a list shows it. */
export type CallSummary = Static<typeof callSummary>;

/** A recording, as it stands. */
export interface RecordingView extends Omit<Recording, 'stretches'> {
  /** Stretches of the call clock that were recorded. */
  readonly stretches: readonly { readonly fromMs: number; readonly toMs?: number }[];
}

/** One call, whole: what each leg heard and said, its history, its callbacks, and the requests that addressed it. */
export const callView = object({
  ...callSummary.properties,
  audio: array(
    object({
      leg: integer(),
      heard: typed<readonly AudioEntry[]>(array(unknown())),
      spoken: typed<readonly AudioEntry[]>(array(unknown())),
      heardUrl: string({ description: 'A WAV file.' }),
      spokenUrl: string({ description: 'A WAV file.' }),
      liveUrl: string({ description: 'A WAV stream of what the leg hears from now on.' }),
    }),
  ),
  recordings: typed<readonly RecordingView[]>(array(object({ id: string(), state: string() }))),
  events: typed<readonly CallEvent[]>(array(object({ seq: integer(), type: string() }))),
  callbacks: array(callbackView),
  exchanges: array(exchangeSummary),
});
/** A call with everything that is known of it. */
export type CallView = Static<typeof callView>;

/** What a summary is made of. */
type Summarized = Pick<Call, 'id' | 'provider' | 'account' | 'openedAtMs' | 'endedAtMs' | 'legs' | 'version'>;

/** A call as a list shows it. */
export function summarizeCall(call: Summarized): CallSummary {
  const legs = call.legs;
  return {
    id: call.id,
    provider: call.provider,
    account: call.account,
    state: call.endedAtMs !== undefined ? 'ended' : isConnected(legs) ? 'connected' : 'ringing',
    openedAtMs: call.openedAtMs,
    ...(call.endedAtMs !== undefined && { endedAtMs: call.endedAtMs }),
    legs: legs.map((leg, index) => summarizeLeg(leg, index + 1)),
    version: call.version,
  };
}

/** Whether somebody is connected in the call, or went on from it to where others are, as to a conference. */
function isConnected(legs: Call['legs']): boolean {
  if (legs.live.length === 0) return legs.some(({ cause }) => cause === 'moved');
  return legs.live.some(({ state }) => state === 'connected');
}

function summarizeLeg(leg: Leg, place: number): CallSummary['legs'][number] {
  const { id, party, presented, direction, state, cause, muted, held, invitedAtMs, answeredAtMs, endedAtMs } = leg;
  return {
    id,
    number: place,
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

/** A call with everything that is known of it. */
export function viewCall(call: Call, related: Pick<CallView, 'callbacks' | 'exchanges' | 'events'>): CallView {
  const base = `/_control/calls/${encodeURIComponent(call.id)}`;
  return {
    ...summarizeCall(call),
    audio: call.legs.map(({ heard, spoken }, index) => ({
      leg: index + 1,
      heard: [...heard],
      spoken: [...spoken],
      heardUrl: `${base}/legs/${index + 1}/heard.wav`,
      spokenUrl: `${base}/legs/${index + 1}/spoken.wav`,
      liveUrl: `${base}/legs/${index + 1}/live.wav`,
    })),
    recordings: call.recordings.map((recording) => ({ ...recording, stretches: [...recording.stretches] })),
    ...related,
  };
}
