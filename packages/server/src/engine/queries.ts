import type { Call, Leg, LegId, LiveStream, MediaOperation, PlayOperation } from './call.ts';
import { byId } from './keyed.ts';

/** Whom a play is for. */
export type Audience = Pick<PlayOperation, 'to' | 'toAll'>;

/** Legs whose party is there, in the order in which they joined. */
export function connectedLegs(call: Call): Leg[] {
  return call.legs.live.filter((leg) => leg.state === 'connected');
}

/** Legs that ring or are connected. */
export function liveLegs(call: Call): Leg[] {
  return [...call.legs.live];
}

/** Operations that are not done, in the order in which they were asked for. */
export function activeOperations(call: Call): MediaOperation[] {
  return [...call.operations.live];
}

/**
 * The legs that hear a play now. A held leg is cut off from what everybody hears, but hears what is played to it by
 * name: that is how hold music reaches it.
 */
export function audienceOf(call: Call, play: Audience): LegId[] {
  if (play.toAll) {
    const hearing = connectedLegs(call).filter(({ held }) => !held);
    // Kept with the event: what `map` makes has as much room as it takes, what `flatMap` makes, room for seventeen.
    return hearing.map(({ id }) => id);
  }
  return play.to.filter((id) => byId(call.legs, id)?.state === 'connected');
}

/** Whether two operations share a leg that would hear both. */
export function sharesAudience(call: Call, one: Audience, other: Audience): boolean {
  if (one.toAll && other.toAll) return call.legs.live.some(({ state, held }) => state === 'connected' && !held);
  const [named, rest] = one.toAll ? [other, one] : [one, other];
  const legs = rest.toAll ? undefined : new Set(rest.to);
  return audienceOf(call, named).some((id) => (legs ? legs.has(id) : byId(call.legs, id)?.held === false));
}

/** Who hears what a party says: everybody else in the room, unless the speaker is muted or held. */
export function hearersOf(call: Call, speaker: Leg): LegId[] {
  if (speaker.muted || speaker.held) return [];
  return connectedLegs(call)
    .filter((leg) => leg.id !== speaker.id && !leg.held)
    .map((leg) => leg.id);
}

/**
 * Who hears a stream: everybody in the room but the party that sends it, unless that one is muted or held.
 *
 * @param only the leg that is asked about; by default all
 */
export function hearersOfStream(call: Call, { from }: Pick<LiveStream, 'from'>, only?: LegId): LegId[] {
  const speaker = from === undefined ? undefined : byId(call.legs, from);
  if (speaker?.muted || speaker?.held) return [];
  const leg = only === undefined ? undefined : byId(call.legs, only);
  const asked = only === undefined ? call.legs.live : leg ? [leg] : [];
  return [...asked].flatMap(({ id, state, held }) => (state === 'connected' && !held && id !== from ? [id] : []));
}
