import type { Leg } from './call.ts';
import type { Command, CommandRefusal, LegInvitation } from './command.ts';
import type { Draft } from './draft.ts';
import { endCall, endLeg, moveLegOut } from './ending.ts';
import { byId } from './keyed.ts';
import { findConnectedLeg, findLiveLeg, isRefusal, refuse } from './refusal.ts';
import { clearTimer, setEngineTimer, timerIdOf } from './timers.ts';

type LegCommand = Extract<
  Command,
  {
    type:
      | 'add-leg'
      | 'answer'
      | 'end-leg'
      | 'end-call'
      | 'mute'
      | 'hold'
      | 'move-leg-out'
      | 'move-leg-in'
      | 'limit-duration';
  }
>;

/** Who is in the call: inviting, answering, leaving, muting, holding and moving. */
export function decideLegs(draft: Draft, command: LegCommand): CommandRefusal | undefined {
  switch (command.type) {
    case 'add-leg':
      return inviteLeg(draft, command.leg);
    case 'end-call':
      endCall(draft, command.cause);
      return undefined;
    case 'move-leg-in':
      return moveLegIn(draft, command);
    case 'limit-duration':
      return limitDuration(draft, command);
    default:
      return decideLeg(draft, command);
  }
}

/** Invites a party: it rings until it answers, or until its time is up. */
export function inviteLeg(draft: Draft, invitation: LegInvitation): CommandRefusal | undefined {
  const { leg, party, direction, presented, ringTimeoutMs } = invitation;
  if (byId(draft.call.legs, leg)) return refuse('duplicate-id', `the call already has a leg ${leg}`);
  draft.record({ type: 'leg-invited', leg, party, direction, ...(presented !== undefined && { presented }) });
  setEngineTimer(draft, ringTimeoutMs, { kind: 'ring-timeout', leg });
  return undefined;
}

function decideLeg(
  draft: Draft,
  command: Exclude<LegCommand, { type: 'add-leg' | 'end-call' | 'move-leg-in' | 'limit-duration' }>,
): CommandRefusal | undefined {
  const leg = (mayRing(command) ? findLiveLeg : findConnectedLeg)(draft.call, command.leg);
  if (isRefusal(leg)) return leg;
  switch (command.type) {
    case 'answer':
      return answerLeg(draft, leg);
    case 'end-leg':
      endLeg(draft, leg.id, command.cause);
      return undefined;
    case 'move-leg-out':
      moveLegOut(draft, leg.id, command.to, command.staysOpen ?? false);
      return undefined;
    case 'mute':
      if (leg.muted !== command.muted) draft.record({ type: 'leg-muted', leg: leg.id, muted: command.muted });
      return undefined;
    case 'hold':
      if (leg.held !== command.held) draft.record({ type: 'leg-held', leg: leg.id, held: command.held });
      return undefined;
  }
}

function mayRing({ type }: LegCommand): boolean {
  return type === 'answer' || type === 'end-leg';
}

function answerLeg(draft: Draft, leg: Leg): CommandRefusal | undefined {
  if (leg.state === 'connected') return refuse('operation-conflict', `leg ${leg.id} has been answered already`);
  clearTimer(draft, timerIdOf({ kind: 'ring-timeout', leg: leg.id }));
  draft.record({ type: 'leg-answered', leg: leg.id });
  return undefined;
}

/** The leg may be taken in before it leaves the other call, so that the mover sees whether it is accepted. It may return later. */
function moveLegIn(draft: Draft, { leg, from }: Extract<Command, { type: 'move-leg-in' }>): CommandRefusal | undefined {
  const here = byId(draft.call.legs, leg.id);
  if (here && here.cause !== 'moved') return refuse('duplicate-id', `the call already has a leg ${leg.id}`);
  if (leg.state !== 'connected' && leg.cause !== 'moved') {
    return refuse('leg-not-connected', `leg ${leg.id} of call ${from} is not connected`);
  }
  draft.record({ type: 'leg-moved-in', leg, from });
  return undefined;
}

/** Counts from now. A later limit replaces an earlier one of the same leg, or of all. */
function limitDuration(
  draft: Draft,
  { leg, maxDurationMs }: Extract<Command, { type: 'limit-duration' }>,
): CommandRefusal | undefined {
  const limited = leg === 'all' ? undefined : findLiveLeg(draft.call, leg);
  if (isRefusal(limited)) return limited;
  setEngineTimer(draft, maxDurationMs, { kind: 'max-duration', leg });
  return undefined;
}
