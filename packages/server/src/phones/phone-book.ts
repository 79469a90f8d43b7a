import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import type { Call, CallId, Leg, LegId } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';
import { byId } from '../engine/keyed.ts';
import { audienceOf } from '../engine/queries.ts';
import type { CallClock } from '../contract/clock.ts';
import type { DispatchResult, Switchboard } from '../contract/switchboard.ts';
import { addressOf, canonicalizeAddress } from '../engine/address.ts';
import type { CallHeaders } from '../contract/call-headers.ts';
import { Inboxes } from './inbox.ts';
import type { TextArrival, TextMessage, TextResult } from '../contract/text-message.ts';
import type { DialResult } from '../contract/dial.ts';
import { type LineParts, PhoneLine } from './phone-line.ts';
import type { PhoneScript } from './script.ts';
import { findTestNumber } from './test-numbers.ts';

/** What a phone book works with. */
export interface PhoneBookParts {
  readonly switchboard: Pick<Switchboard, 'dispatch' | 'onEvent'>;
  readonly clock: CallClock;
  readonly dial: DialNumber;
  /** Hands a text message to the provider that the number belongs to. Without it there is none. */
  readonly text?: (message: Omit<TextMessage, 'id'>) => TextResult;
  /** Scripts from the configuration, by number. */
  readonly scripts?: Readonly<Record<string, PhoneScript>>;
  /** How long a phone rings before it answers, when its script does not say. Default 1000. */
  readonly answerAfterMs?: number;
  /** Told of a phone that has come to the next step of its script, or is through with it. */
  readonly onStep?: (number: string) => void;
  /** What phones without a script of their own do. Default: answer and stay. */
  readonly defaultScript?: PhoneScript;
  /** Scripts that are kept; the one that was set first goes first. */
  readonly maxScripts?: number;
}

/** Places an incoming call: the provider to which the dialed number belongs opens a call with the caller's leg. */
export type DialNumber = (from: string, to: string, headers?: CallHeaders) => DialResult | Promise<DialResult>;

/** What came of something that was done with a phone by hand. */
export type PhoneResult =
  | { readonly ok: true; readonly call: CallId; readonly leg: LegId }
  | {
      readonly ok: false;
      readonly refused: 'not-ringing' | 'not-connected' | 'leg-not-found' | 'bad-tones' | 'call-refused';
      readonly summary: string;
    };

/** A phone and what it is doing. */
export interface PhoneState {
  readonly number: string;
  /** Connected if any of its calls is, else ringing or dialing if any is. */
  readonly state: PhoneLine['state'];
  readonly script: PhoneScript;
  /** Its calls, the oldest first. */
  readonly lines: readonly {
    readonly call: CallId;
    readonly leg: LegId;
    readonly state: PhoneLine['state'];
    readonly presented?: string;
    readonly sinceMs: number;
    /** The script that it follows in this call, and at which step of it the phone is, from 1. */
    readonly script: PhoneScript;
    readonly step?: number;
  }[];
  /** The text messages that it received, the oldest first; a hundred at most. */
  readonly inbox: readonly TextMessage[];
}

/**
 * All phones of the world. Every number, user and SIP address is a phone: it behaves as its script says, or as the test
 * number that it is, or else as the default. A phone in several calls runs its script in each of them.
 */
export class PhoneBook {
  readonly #parts: PhoneBookParts & LineParts;
  readonly #defaultScript: PhoneScript;
  readonly #scripts: BoundedMap<string, PhoneScript>;
  readonly #inboxes = new Inboxes();
  /** The lines in use, by leg; and by phone, the oldest first. */
  readonly #lines = new Map<string, PhoneLine>();
  readonly #phones = new Map<string, Set<PhoneLine>>();
  readonly #stopListening: () => void;

  constructor(parts: PhoneBookParts) {
    this.#parts = { answerAfterMs: 1000, ...parts };
    this.#defaultScript = parts.defaultScript ?? { pickUp: 'answer' };
    this.#scripts = new BoundedMap('phone-scripts', {
      weigh: (script, address) => weightOf([address, script]),
      bound: { items: parts.maxScripts },
    });
    this.reset();
    this.#stopListening = parts.switchboard.onEvent((event, call) => this.#hear(event, call));
  }

  /** How a phone behaves in its next call. */
  script(number: string): PhoneScript {
    const address = canonicalizeAddress(number);
    return this.#scripts.get(address) ?? findTestNumber(address)?.script ?? this.#defaultScript;
  }

  /** Sets how a phone behaves from its next call on. */
  setScript(number: string, script: PhoneScript): void {
    const address = canonicalizeAddress(number);
    this.#scripts.delete(address);
    this.#scripts.set(address, script);
  }

  /** Takes a phone's script away: it behaves as its test number, or as the default, again. */
  clearScript(number: string): void {
    this.#scripts.delete(canonicalizeAddress(number));
  }

  /** Goes back to the scripts of the configuration, and empties the inboxes. Calls under way go on. */
  reset(): void {
    this.#inboxes.clear();
    this.#scripts.clear();
    for (const [number, script] of Object.entries(this.#parts.scripts ?? {})) this.setScript(number, script);
  }

  /** Whether an answering machine would answer: what answering machine detection finds out. */
  isMachine(number: string): boolean {
    const script = this.script(number);
    return script.pickUp === 'answer' && script.machine === true;
  }

  /** A phone and what it is doing. Every address is a phone. */
  phone(number: string): PhoneState {
    const address = canonicalizeAddress(number);
    const lines = [...(this.#phones.get(address) ?? [])];
    return {
      number: address,
      state:
        (['connected', 'ringing', 'dialing'] as const).find((state) => lines.some((line) => line.state === state)) ??
        'idle',
      script: this.script(address),
      lines: lines.map(({ call, leg, state, presented, sinceMs, script, step }) => ({
        call,
        leg,
        state,
        ...(presented === undefined ? {} : { presented }),
        sinceMs,
        script,
        ...(step === undefined ? {} : { step }),
      })),
      inbox: this.#inboxes.of(address),
    };
  }

  /** The phones that are in use, have a script of their own, or received a text message. */
  phones(): readonly PhoneState[] {
    const addresses = new Set([...this.#phones.keys(), ...this.#scripts.keys(), ...this.#inboxes.addresses()]);
    return [...addresses].map((number) => this.phone(number));
  }

  /** Puts a text message into a phone's inbox. */
  deliver(message: TextMessage): TextArrival {
    const address = canonicalizeAddress(message.to);
    if (this.script(address).pickUp === 'unreachable') return 'unreachable';
    return this.#inboxes.deliver(address, message) ? 'delivered' : 'repeated';
  }

  /** Picks a ringing phone up: the call that has rung longest, unless a leg is named. */
  answer(number: string, leg?: LegId): PhoneResult {
    return this.#act(number, ['ringing'], leg, (line) => line.answer());
  }

  /** Declines a call that rings. */
  decline(number: string, leg?: LegId): PhoneResult {
    return this.#act(number, ['ringing'], leg, (line) => line.end('declined'));
  }

  /** Presses keys on a connected phone: `0`-`9`, `*`, `#`, `A`-`D`. */
  press(number: string, tones: string, leg?: LegId): PhoneResult {
    if (!/^[0-9A-D*#]+$/iu.test(tones)) {
      return { ok: false, refused: 'bad-tones', summary: `keys are 0-9, *, # and A-D, not "${tones}"` };
    }
    return this.#act(number, ['connected'], leg, (line) => line.press(tones));
  }

  /** Says something into a connected phone. It is heard once it has been synthesized. */
  say(number: string, text: string, leg?: LegId): PhoneResult {
    return this.#act(number, ['connected'], leg, (line) => line.say(text));
  }

  /** The line of a connected phone, for somebody who speaks into it themselves: the oldest, unless a leg is named. */
  connectedLine(number: string, leg?: LegId): PhoneLine | Extract<PhoneResult, { ok: false }> {
    return this.#find(number, ['connected'], leg);
  }

  /** Hangs a connected phone up, or gives up a call that it is placing. */
  hangUp(number: string, leg?: LegId): PhoneResult {
    return this.#act(number, ['connected', 'dialing'], leg, (line) =>
      line.end(line.state === 'connected' ? 'hung-up' : 'canceled'),
    );
  }

  /** Dials a number of one of the accounts from this phone. Its script's steps run when the call is answered. */
  async dial(from: string, to: string, headers?: CallHeaders): Promise<DialResult> {
    return this.#parts.dial(canonicalizeAddress(from), canonicalizeAddress(to), headers);
  }

  /** Sends a text message from this phone to a number of one of the accounts. */
  text(from: string, to: string, text: string): TextResult {
    const message = {
      from: canonicalizeAddress(from),
      to: canonicalizeAddress(to),
      text,
      atMs: this.#parts.clock.now(),
    };
    const nobody = { ok: false, refused: 'number-not-found', summary: `${message.to} takes no text messages` } as const;
    return this.#parts.text?.(message) ?? nobody;
  }

  /** Stops taking part in calls. */
  close(): void {
    this.#stopListening();
    for (const line of this.#lines.values()) line.stop();
    this.#lines.clear();
    this.#phones.clear();
  }

  #act(
    number: string,
    states: readonly PhoneLine['state'][],
    leg: LegId | undefined,
    act: (line: PhoneLine) => DispatchResult,
  ): PhoneResult {
    const line = this.#find(number, states, leg);
    if (!(line instanceof PhoneLine)) return line;
    const { call } = line;
    const result = act(line);
    return result.ok
      ? { ok: true, call, leg: line.leg }
      : { ok: false, refused: 'call-refused', summary: result.summary };
  }

  #find(
    number: string,
    states: readonly PhoneLine['state'][],
    leg: LegId | undefined,
  ): PhoneLine | Extract<PhoneResult, { ok: false }> {
    const address = canonicalizeAddress(number);
    const lines = [...(this.#phones.get(address) ?? [])].filter((line) => leg === undefined || line.leg === leg);
    const line = states.flatMap((state) => lines.filter((candidate) => candidate.state === state))[0];
    if (line) return line;
    if (leg !== undefined && lines.length === 0) {
      return { ok: false, refused: 'leg-not-found', summary: `phone ${address} is not at the end of leg ${leg}` };
    }
    return {
      ok: false,
      refused: states.includes('ringing') ? 'not-ringing' : 'not-connected',
      summary: `phone ${address} is ${this.phone(address).state}, not ${states.join(' or ')}`,
    };
  }

  #hear(event: CallEvent, call: Call): void {
    switch (event.type) {
      case 'leg-invited': {
        const line = this.#addLine(
          call.id,
          byId(call.legs, event.leg),
          event.direction === 'outbound' ? 'ringing' : 'dialing',
        );
        if (line?.state === 'ringing') line.ring();
        return;
      }
      case 'leg-answered':
        this.#lineOf(event.call, event.leg)?.connected();
        return;
      case 'leg-ended':
        this.#removeLine(event.call, event.leg);
        return;
      case 'leg-moved-out':
        this.#moveLine(event.call, event.leg, event.to);
        return;
      case 'leg-moved-in':
        // Either of the two events may come first; the second finds the line moved.
        this.#moveLine(event.from, event.leg.id, event.call);
        if (!this.#lineOf(event.call, event.leg.id)) this.#addLine(call.id, event.leg, 'connected');
        return;
      case 'play-completed':
      case 'play-canceled':
        if (event.type === 'play-completed' || event.why === 'requested') this.#hearPromptEnd(call, event.operation);
        return;
      case 'tones-sent':
        this.#lineOf(event.call, event.leg)?.heardTones(event.tones);
        return;
      case 'leg-said':
      case 'speech-failed':
        this.#lineOf(event.call, event.leg)?.said(event.type === 'leg-said' ? event.entry : undefined);
        return;
      default:
    }
  }

  #hearPromptEnd(call: Call, operation: string): void {
    const play = byId(call.operations, operation);
    if (play?.kind !== 'play') return;
    for (const leg of audienceOf(call, play)) this.#lineOf(call.id, leg)?.heardPrompt();
  }

  #addLine(call: CallId, leg: Leg | undefined, state: PhoneLine['state']): PhoneLine | undefined {
    const address = leg && addressOf(leg.party);
    if (leg === undefined || address === undefined) return undefined;
    const { id, presented } = leg;
    const line = new PhoneLine({ call, leg: id, address, state, presented }, this.script(address), this.#parts);
    this.#lines.set(keyOf(call, id), line);
    this.#phones.set(address, (this.#phones.get(address) ?? new Set()).add(line));
    return line;
  }

  #removeLine(call: CallId, leg: LegId): void {
    const line = this.#lineOf(call, leg);
    if (line === undefined) return;
    line.ended();
    this.#lines.delete(keyOf(call, leg));
    const lines = this.#phones.get(line.address);
    lines?.delete(line);
    if (lines?.size === 0) this.#phones.delete(line.address);
  }

  #moveLine(from: CallId, leg: LegId, to: CallId): void {
    const line = this.#lineOf(from, leg);
    if (line === undefined) return;
    line.movedTo(to);
    this.#lines.delete(keyOf(from, leg));
    this.#lines.set(keyOf(to, leg), line);
  }

  #lineOf(call: CallId, leg: LegId): PhoneLine | undefined {
    return this.#lines.get(keyOf(call, leg));
  }
}

function keyOf(call: CallId, leg: LegId): string {
  return `${call} ${leg}`;
}
