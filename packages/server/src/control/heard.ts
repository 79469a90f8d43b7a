import { entryEndMs } from '../engine/audio.ts';
import type { AudioEntry, Call, Party } from '../engine/call.ts';
import { byId } from '../engine/keyed.ts';
import { addressOf, canonicalizeAddress } from '../engine/address.ts';
import { type FollowedLeg, followedLegs } from '../switchboard/followed-legs.ts';
import type { ControlParts } from './control-parts.ts';
import type { Heard } from './views/heard-view.ts';

type HeardParts = Pick<ControlParts, 'switchboard' | 'clock' | 'labelOf'>;

/** What each party of a call heard, in the order of time; also what it heard in the call that it went on to. */
export function heardInCall(call: Call, parts: HeardParts): Heard[] {
  return inOrder(followedLegs(call, parts.switchboard).flatMap((followed) => heardOf(followed, parts)));
}

/** What a phone heard in all its calls that are kept, in the order of time. */
export function heardByPhone(number: string, parts: HeardParts): Heard[] {
  const address = canonicalizeAddress(number);
  const followed = parts.switchboard.callsOf(address).flatMap((call) =>
    call.legs
      // A leg that moved took along what it had heard.
      .filter(({ party, cause }) => cause !== 'moved' && addressOf(party) === address)
      .map((leg) => ({ leg, call })),
  );
  return inOrder(followed.flatMap((one) => heardOf(one, parts)));
}

function heardOf({ leg, call }: FollowedLeg, { clock, labelOf }: HeardParts): Heard[] {
  const nowMs = clock.now();
  return [...leg.heard]
    .filter(({ startedAtMs }) => startedAtMs <= nowMs)
    .map((entry) => {
      const speaker = entry.from === undefined ? undefined : byId(call.legs, entry.from)?.party;
      const endsAtMs = entryEndMs(entry);
      return {
        call: call.id,
        leg: leg.id,
        to: nameOf(leg.party),
        ...(speaker && { from: nameOf(speaker) }),
        text: textOf(entry, labelOf),
        startedAtMs: entry.startedAtMs,
        ...(endsAtMs <= nowMs && { endedAtMs: endsAtMs }),
        ...(entry.substituted && { substituted: entry.substituted }),
      };
    });
}

function textOf({ text, live, media }: AudioEntry, labelOf: HeardParts['labelOf']): string {
  if (text !== undefined) return text;
  return live ? '[live audio]' : `[${labelOf(media) ?? 'audio'}]`;
}

function nameOf(party: Party): string {
  switch (party.kind) {
    case 'stream':
      return party.url;
    case 'application':
      return party.id;
    default:
      return addressOf(party) ?? '';
  }
}

function inOrder(heard: readonly Heard[]): Heard[] {
  return heard.toSorted((one, other) => one.startedAtMs - other.startedAtMs);
}
