import type { Call, Leg, LegId } from './call.ts';
import type { CommandRefusal } from './command.ts';
import { byId } from './keyed.ts';

/** Words a refusal. */
export function refuse(refused: CommandRefusal['refused'], summary: string): CommandRefusal {
  return { refused, summary };
}

/** Tells a refusal from anything else a decision or a look-up answers with. */
export function isRefusal(value: unknown): value is CommandRefusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The leg, if it has not ended. */
export function findLiveLeg(call: Call, id: LegId): Leg | CommandRefusal {
  const leg = byId(call.legs, id);
  if (leg === undefined) return refuse('leg-not-found', `call ${call.id} has no leg ${id}`);
  if (leg.state === 'ended') return refuse('leg-ended', `leg ${id} has ended (${leg.cause})`);
  return leg;
}

/** The leg, if its party has been answered and has not left. */
export function findConnectedLeg(call: Call, id: LegId): Leg | CommandRefusal {
  const leg = findLiveLeg(call, id);
  if (isRefusal(leg) || leg.state === 'connected') return leg;
  return refuse('leg-not-connected', `leg ${id} is still ringing`);
}

/** A refusal if an operation of this id exists already. */
export function checkFreshOperation(call: Call, id: string): CommandRefusal | undefined {
  return byId(call.operations, id) && refuse('duplicate-id', `call ${call.id} already has an operation ${id}`);
}
