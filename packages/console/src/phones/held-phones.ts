import { computed, signal } from '@preact/signals';
import { addressOf, canonicalNumber, type Leg } from '../format/party.ts';
import { calls } from '../live/live-state.ts';

const storageKey = 'countersign.phones';

/** The phones that somebody holds in this page, by number, in the order in which they were taken. Kept for the tab. */
export const heldPhones = signal<readonly string[]>(stored());

/** One call of a held phone. */
export interface HeldLine {
  readonly number: string;
  readonly call: string;
  readonly leg: Leg;
  readonly state: 'ringing' | 'dialing' | 'connected';
}

/** The calls of held phones that have not ended, the oldest first. */
export const heldLines = computed<readonly HeldLine[]>(() => {
  const held = new Set(heldPhones.value);
  if (calls.version.value < 0 || held.size === 0) return [];
  const lines: HeldLine[] = [];
  for (const { id, endedAtMs, legs } of calls.items) {
    if (endedAtMs !== undefined) continue;
    for (const leg of legs) {
      const number = canonicalNumber(addressOf(leg));
      if (leg.state === 'ended' || !held.has(number)) continue;
      const waiting = leg.direction === 'outbound' ? 'ringing' : 'dialing';
      lines.push({ number, call: id, leg, state: leg.state === 'ringing' ? waiting : 'connected' });
    }
  }
  return lines;
});

/** Those of them that ring and wait to be answered. */
export const ringingLines = computed(() => heldLines.value.filter(({ state }) => state === 'ringing'));

/**
 * How many lines are heard at once. Each is a connection that lasts, browsers have six of them to a server, and the page
 * needs one for its events and one for what it does.
 */
const mostHeard = 3;

/** The legs that are heard: those in a call first, then those that ring, so that their beginning is not missed. */
export const heardLegs = computed<ReadonlySet<string>>(() => {
  const connectedFirst = heldLines.value.toSorted((one, other) => rank(one) - rank(other));
  return new Set(connectedFirst.slice(0, mostHeard).map(({ leg }) => leg.id));
});

function rank({ state }: HeldLine): number {
  return state === 'connected' ? 0 : 1;
}

/** Takes a phone in hand, or lays it down. */
export function setHeld(number: string, held: boolean): void {
  const others = heldPhones.value.filter((other) => other !== number);
  heldPhones.value = held ? [...others, number] : others;
  sessionStorage.setItem(storageKey, JSON.stringify(heldPhones.value));
}

function stored(): readonly string[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(value) ? value.filter((number) => typeof number === 'string') : [];
  } catch {
    return [];
  }
}
