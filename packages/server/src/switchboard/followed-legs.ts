import type { Call, Leg } from '../engine/call.ts';
import { byId } from '../engine/keyed.ts';
import type { Switchboard } from '../contract/switchboard.ts';

/** A leg, and the call that it is in now or was in last. */
export interface FollowedLeg {
  readonly leg: Leg;
  readonly call: Call;
}

/** The legs of a call with all that they have heard and said: one that went on to another call is the one there, which took its past along. */
export function followedLegs(call: Call, switchboard: Pick<Switchboard, 'call' | 'history'>): readonly FollowedLeg[] {
  const legs = call.legs.map((leg) => ({ leg, call }));
  if (!legs.some(({ leg }) => leg.cause === 'moved')) return legs;
  const destinations = new Map<string, string>();
  for (const event of switchboard.history(call.id)) {
    if (event.type === 'leg-moved-out') destinations.set(event.leg, event.to);
  }
  return legs.map((here) => {
    const there = switchboard.call(destinations.get(here.leg.id) ?? '');
    if (here.leg.cause !== 'moved' || typeof there !== 'object') return here;
    const leg = byId(there.legs, here.leg.id);
    return leg ? { leg, call: there } : here;
  });
}
