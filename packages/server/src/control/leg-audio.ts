import { timelineOf } from '../audio/call-audio.ts';
import type { TimelineEntry } from '../audio/timeline.ts';
import type { Call, Leg } from '../engine/call.ts';
import { byId } from '../engine/keyed.ts';

/** Which way a leg's audio goes: to its party, or from it. */
export type LegSide = 'heard' | 'spoken';

/** A stretch of a leg's audio on a timeline that begins at the leg's answer. */
export interface LegAudio {
  readonly entries: readonly TimelineEntry[];
  readonly lengthMs: number;
}

/** The leg by its place in the call, from 1, or by its id. */
export function legOf(call: Call, leg: string): Leg | undefined {
  const legs = call.legs;
  return /^[1-9]\d{0,5}$/.test(leg) ? legs.at(Number(leg) - 1) : byId(legs, leg);
}

/** What a leg heard or said, from its answer until it ended, or until now. */
export function legAudio(leg: Leg, side: LegSide, nowMs: number): LegAudio {
  return { entries: timelineOf(leg[side], startOf(leg)), lengthMs: lengthOf(leg, nowMs) };
}

/** How long a leg's audio is: from its answer until it ended, or until now. */
export function lengthOf(leg: Leg, nowMs: number): number {
  return Math.max(0, (leg.endedAtMs ?? nowMs) - startOf(leg));
}

/** When a leg's audio begins, on the call clock. */
export function startOf(leg: Leg): number {
  return leg.answeredAtMs ?? leg.invitedAtMs;
}
