import type { Call, Leg, LegId, Operation, PlayOperation } from './call.ts';

/** Whom a play is for. */
export type Audience = Pick<PlayOperation, 'to' | 'toAll'>;

/** Legs whose party is there, in the order in which they joined. */
export function connectedLegs(call: Call): Leg[] {
  return call.legs.filter((leg) => leg.state === 'connected');
}

/** Legs that ring or are connected. */
export function liveLegs(call: Call): Leg[] {
  return call.legs.filter((leg) => leg.state !== 'ended');
}

/** Operations that are not done, in the order in which they were asked for. */
export function activeOperations(call: Call): Operation[] {
  return call.operations.filter((operation) => operation.state !== 'done');
}

/** Plays that are not done, in the order in which they were asked for. */
export function activePlays(call: Call): PlayOperation[] {
  return activeOperations(call).filter((operation) => operation.kind === 'play');
}

/**
 * The legs that hear a play now. A held leg is cut off from what everybody hears, but hears what is played to it by
 * name: that is how hold music reaches it.
 */
export function audienceOf(call: Call, play: Audience): LegId[] {
  return connectedLegs(call)
    .filter((leg) => (play.toAll ? !leg.held : play.to.includes(leg.id)))
    .map((leg) => leg.id);
}

/** Whether any leg would hear both. */
export function sharesAudience(call: Call, one: Audience, other: Audience): boolean {
  const legs = new Set(audienceOf(call, one));
  return audienceOf(call, other).some((leg) => legs.has(leg));
}

/** Who hears what a party says: everybody else in the room, unless the speaker is muted or held. */
export function hearersOf(call: Call, speaker: Leg): LegId[] {
  if (speaker.muted || speaker.held) return [];
  return connectedLegs(call)
    .filter((leg) => leg.id !== speaker.id && !leg.held)
    .map((leg) => leg.id);
}
