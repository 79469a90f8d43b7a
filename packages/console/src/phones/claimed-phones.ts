import { computed, signal } from '@preact/signals';
import { addressOf, canonicalNumber, type Leg } from '../format/party.ts';
import { calls } from '../live/live-state.ts';

const storageKey = 'countersign.phones';

/** The phones that are answered by hand in this page, by number, in the order in which they were claimed. Kept for the tab. */
export const claimedPhones = signal<readonly string[]>(stored());

/** One call of a claimed phone. */
export interface ClaimedLine {
  readonly number: string;
  readonly call: string;
  readonly leg: Leg;
  readonly state: 'ringing' | 'dialing' | 'connected';
}

/** The calls of claimed phones that have not ended, the oldest first. */
export const claimedLines = computed<readonly ClaimedLine[]>(() => {
  const claimed = new Set(claimedPhones.value);
  if (calls.version.value < 0 || claimed.size === 0) return [];
  const lines: ClaimedLine[] = [];
  for (const { id, endedAtMs, legs } of calls.items) {
    if (endedAtMs !== undefined) continue;
    for (const leg of legs) {
      const number = canonicalNumber(addressOf(leg));
      if (leg.state === 'ended' || !claimed.has(number)) continue;
      const waiting = leg.direction === 'outbound' ? 'ringing' : 'dialing';
      lines.push({ number, call: id, leg, state: leg.state === 'ringing' ? waiting : 'connected' });
    }
  }
  return lines;
});

/** The last call of a claimed phone that has ended. */
export interface EndedLine {
  readonly call: string;
  readonly leg: Leg;
}

/** By number: what was said in it, and the way to its timeline, stay when it has ended. */
export const lastLines = computed<ReadonlyMap<string, EndedLine>>(() => {
  const claimed = new Set(claimedPhones.value);
  const last = new Map<string, EndedLine>();
  if (calls.version.value < 0 || claimed.size === 0) return last;
  for (const { id, legs } of calls.items) {
    for (const leg of legs) {
      const number = canonicalNumber(addressOf(leg));
      // A leg that was moved goes on in another call.
      if (leg.state !== 'ended' || leg.cause === 'moved' || !claimed.has(number)) continue;
      if ((leg.endedAtMs ?? 0) >= (last.get(number)?.leg.endedAtMs ?? 0)) last.set(number, { call: id, leg });
    }
  }
  return last;
});

/** Those of them that ring and wait to be answered. */
export const ringingLines = computed(() => claimedLines.value.filter(({ state }) => state === 'ringing'));

/**
 * How many lines are heard at once. Each is a connection that lasts, browsers have six of them to a server, and the page
 * needs one for its events and one for what it does.
 */
const mostHeard = 3;

/** The legs that are heard: those in a call first, then those that ring, so that their beginning is not missed. */
export const heardLegs = computed<ReadonlySet<string>>(() => {
  const connectedFirst = claimedLines.value.toSorted((one, other) => rank(one) - rank(other));
  return new Set(connectedFirst.slice(0, mostHeard).map(({ leg }) => leg.id));
});

function rank({ state }: ClaimedLine): number {
  return state === 'connected' ? 0 : 1;
}

/** Notes that a phone was claimed, or released. */
export function setClaimed(number: string, claimed: boolean): void {
  const others = claimedPhones.value.filter((other) => other !== number);
  claimedPhones.value = claimed ? [...others, number] : others;
  sessionStorage.setItem(storageKey, JSON.stringify(claimedPhones.value));
}

function stored(): readonly string[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(value) ? value.filter((number) => typeof number === 'string') : [];
  } catch {
    return [];
  }
}
