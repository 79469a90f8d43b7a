import type { Redaction } from '@countersign/core/redaction';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { bounds } from '../bounded/bounds.ts';
import { weightOf } from '../bounded/weight.ts';
import type { CallbackOutcome } from '../engine/command.ts';
import type { FaultSetting } from '../contract/fault.ts';
import type { CallClock } from '../contract/clock.ts';
import { Attempts } from './attempts.ts';
import type { Callback, CallbackAttempt } from './callback.ts';
import type { CallbackDraft } from '../contract/callback-draft.ts';
import type { DeliveryName, DeliveryPolicy } from '../contract/delivery-policy.ts';
import { bare, beginningOf } from './kept-answer.ts';
import type { CallbackUrlRules } from './callback-url.ts';
import { type Entry, newEntry, snapshot, weightOfDraft, weightOfEntry } from './entry.ts';
import { Lanes } from './lanes.ts';
import { Pauses } from './pauses.ts';

export interface OutboxOptions {
  readonly clock: CallClock;
  readonly wallNow: () => Date;
  /** Finds the policy that a draft names; throws when there is none. */
  readonly policyOf: (delivery: DeliveryName) => DeliveryPolicy;
  readonly urlRules: CallbackUrlRules;
  /** Told what a callback's receiver answered, when its draft wants that; once, resending does not repeat it. */
  readonly onAnswer: (draft: CallbackDraft, outcome: CallbackOutcome) => void;
  /** The fault that is switched on for callbacks, if any: every attempt then ends in it, and nothing is sent. */
  readonly fault?: () => FaultSetting | undefined;
  /** Told when `onAnswer` throws or a callback cannot be prepared, which only a bug makes them do. */
  readonly onInternalError: (error: Error) => void;
  readonly limits?: OutboxLimits;
  /** Hides what is left of a key at the end of an answer that was cut. Whole keys are hidden where they are shown. */
  readonly redaction?: Redaction;
}

export interface OutboxLimits {
  /** How many settled callbacks are kept, and how many bytes of them: the one that settled first goes first. */
  readonly maxCallbacks?: number;
  readonly maxBytes?: number;
  /**
   * How many may wait or be under way, and how many bytes of them: those are never dropped. Beyond it a callback is
   * undelivered at once, and says so.
   */
  readonly maxPending?: number;
  readonly maxPendingBytes?: number;
  /** What live calls may weigh together: with more than usual more callbacks may wait, where nothing else is said. */
  readonly maxLiveCallBytes?: number;
  /** Requests at a time to one URL (path included), and to one origin. Defaults 16 and 128. */
  readonly perUrl?: number;
  readonly perOrigin?: number;
}

/**
 * A callback changed: it was queued, an attempt began or ended, or it was settled.
 *
 * @param bytes what the callback weighs now
 */
export type CallbackListener = (callback: Callback, bytes: number) => void;

/** How many dropped callbacks are told from those that never were. */
const rememberedAsGone = 10_000;
const { items: maxAttempts } = bounds['callback-attempts'];
const { bytesSetting } = bounds['pending-callbacks'];

/**
 * Delivers callbacks as their provider does: in order per call where the policy says so, with its attempts, backoff,
 * fallback URL and time-out. Every attempt stays visible, within the limits, and whatever was not delivered can be sent
 * again. A receiver that is slow or dead holds up nobody else.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** Those that are settled can be dropped; the others are held. */
  readonly #entries: BoundedMap<string, Entry>;
  readonly #listeners = new Set<CallbackListener>();
  readonly #lanes = new Lanes();
  readonly #attempts: Attempts;
  readonly #pauses: Pauses;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { maxCallbacks, maxBytes, maxPending, perUrl, perOrigin } = options.limits ?? {};
    this.#entries = new BoundedMap('settled-callbacks', {
      weigh: weightOfEntry,
      bound: { items: maxCallbacks, bytes: maxBytes },
      held: 'pending-callbacks',
      heldBound: { items: maxPending, bytes: pendingBytes(options.limits) },
      tombstones: rememberedAsGone,
    });
    const { clock, wallNow, urlRules, fault } = options;
    this.#attempts = new Attempts({
      clock,
      wallNow,
      urlRules,
      fault,
      perUrl,
      perOrigin,
      onEnd: (entry, attempt) => this.#record(entry, attempt),
    });
    this.#pauses = new Pauses(clock);
  }

  /** How many callbacks wait or are under way. */
  get pending(): number {
    return this.#entries.held;
  }

  /** What is kept weighs so many bytes. */
  get bytes(): number {
    return this.#entries.bytes + this.#entries.heldBytes;
  }

  /**
   * Takes a callback for delivery. Returns at once.
   *
   * @throws Error when no provider has the policy that the draft names
   */
  enqueue(draft: CallbackDraft): void {
    const entry = newEntry(draft, this.#options.policyOf(draft.delivery), this.#wallNow());
    // A callback that comes again takes the place of the first.
    this.#entries.delete(draft.id);
    if (this.#entries.hold(draft.id, entry)) {
      this.#tell(entry);
      this.#queue(entry);
    } else {
      this.#entries.set(draft.id, entry);
      this.#refuse(entry);
    }
  }

  /** One callback; `'gone'` when the limits have dropped it, `undefined` when there never was one. */
  get(id: string): Callback | 'gone' | undefined {
    const entry = this.#entries.get(id);
    if (entry) return snapshot(entry);
    return this.#entries.wasDropped(id) ? 'gone' : undefined;
  }

  /** Callbacks in the order in which they were queued. */
  list(where: (draft: CallbackDraft) => boolean = () => true): Callback[] {
    return [...this.#entries.values()].filter(({ draft }) => where(draft)).map(snapshot);
  }

  /** Sends a settled callback again, with all its attempts from the first. The call does not hear of the answer a second time. */
  resend(id: string): 'queued' | 'not-settled' | 'gone' | 'not-found' {
    const entry = this.#entries.get(id);
    if (!entry) return this.#entries.wasDropped(id) ? 'gone' : 'not-found';
    if (this.#entries.isHeld(id)) return 'not-settled';
    entry.isLeftBehind = false;
    this.#setState(entry, 'queued');
    if (this.#entries.holdAgain(id)) this.#queue(entry);
    else this.#refuse(entry);
    return 'queued';
  }

  onChange(listener: CallbackListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets every callback: what waits is not sent, what is under way is given up, and nobody hears of either. */
  clear(): void {
    for (const entry of this.#entries.values()) entry.isForgotten = true;
    for (const id of this.#entries.keys()) this.#entries.delete(id);
    this.#attempts.giveUp();
    this.#pauses.end();
  }

  /** Ends attempts that are under way; what waits becomes undelivered. */
  close(): void {
    this.#attempts.close();
    this.#pauses.close();
  }

  /** It was not taken into the queue: undelivered at once. */
  #refuse(entry: Entry): void {
    const { held, heldBytes, heldBound } = this.#entries;
    const detail =
      held >= heldBound.items
        ? `it was not sent: as many callbacks as may wait already (${held})`
        : `it was not sent: ${held} callbacks wait already, which have ${heldBytes} bytes; limits.${bytesSetting} (${heldBound.bytes}) leaves no room for it`;
    this.#attempts.note(entry, entry.draft.urls[0] ?? '', { failure: 'queue-full', detail });
    this.#settle(entry, 'undelivered', { answered: false, reason: 'queue-full' });
  }

  #queue(entry: Entry): void {
    const { id, call } = entry.draft;
    if (entry.policy.orderedBy === undefined) void this.#process(entry, () => {});
    else this.#lanes.run(call ?? id, () => this.#turn(entry));
  }

  /** A callback's turn among those of its call: until it is settled, or has held back the others for long enough. */
  #turn(entry: Entry): Promise<void> {
    return new Promise((resolve) => {
      const endTurn = (): void => {
        entry.holdsBack = false;
        resolve();
      };
      entry.holdsBack = true;
      void this.#process(entry, endTurn).finally(endTurn);
    });
  }

  /**
   * Attempts one URL after the other until one answers with 2xx.
   *
   * @param endTurn lets the next callback of the call begin, while this one goes on
   */
  async #process(entry: Entry, endTurn: () => void): Promise<void> {
    const { policy } = entry;
    const { urls } = entry.draft;
    if (entry.isForgotten) return;
    this.#setState(entry, 'delivering');
    if (entry.draft.prepare) await this.#prepare(entry, entry.draft.prepare);
    let reason = 'no URL';
    let made = 0;
    let pausedMs = 0;
    for (const url of urls) {
      for (let attempt = 0; attempt < policy.attemptsPerUrl; attempt += 1) {
        if (made > 0) {
          const pauseMs = policy.backoffMs[Math.min(made, policy.backoffMs.length) - 1] ?? 0;
          await this.#pause(entry, pauseMs, pausedMs, endTurn);
          pausedMs += pauseMs;
        }
        made += 1;
        if (entry.isForgotten) return;
        const outcome = await this.#attempts.make(entry, url, { isRepeated: made > 1, endTurn });
        if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) {
          this.#settle(entry, 'delivered', { answered: true, status: outcome.status, body: outcome.body });
          return;
        }
        reason = 'status' in outcome ? `status ${outcome.status}` : outcome.failure;
        // What no second attempt can change.
        if ('failure' in outcome && (outcome.failure === 'url' || outcome.failure === 'closed')) break;
      }
    }
    this.#settle(entry, 'undelivered', { answered: false, reason });
  }

  /** A pause before an attempt. Once all of them together have held back the call for long enough, it goes on. */
  async #pause(entry: Entry, ms: number, pausedMs: number, endTurn: () => void): Promise<void> {
    const { holdsBackMs = Number.POSITIVE_INFINITY } = entry.policy;
    const leftMs = holdsBackMs - pausedMs;
    const endsTurn = entry.holdsBack && leftMs <= ms;
    const cancel = endsTurn ? this.#options.clock.after(leftMs, endTurn) : undefined;
    await this.#pauses.wait(ms);
    cancel?.();
  }

  /** Only before the first delivery: a resend finds the file stored. */
  async #prepare(entry: Entry, prepare: () => Promise<string>): Promise<void> {
    const { id, prepare: _done, ...rest } = entry.draft;
    const draft: CallbackDraft = { id, ...rest };
    const description = `what callback ${draft.event} (${draft.id}) waits for`;
    try {
      entry.draft = { ...draft, body: await this.#options.clock.awaiting(prepare(), { description }) };
    } catch (error) {
      entry.draft = draft;
      this.#options.onInternalError(error as Error);
    }
    entry.draftBytes = weightOfDraft(entry.draft);
    if (!entry.isForgotten) this.#entries.reweigh(id);
  }

  /** Keeps an attempt, of a long answer its beginning. */
  #record(entry: Entry, ended: CallbackAttempt): void {
    if (entry.isForgotten) return;
    const { url, startedAtMs, elapsedMs, requestHeaders, outcome } = ended;
    const kept = beginningOf(outcome, this.#options.redaction);
    const attempt = { url, startedAtMs, elapsedMs, requestHeaders, outcome: kept };
    this.#keepAttempts(entry, [...entry.attempts, attempt].slice(-maxAttempts), entry.attempts.length + 1);
    // There is no room for what receivers answer while so much waits.
    if (this.#entries.isOverHeldBytes) this.#keepAttempts(entry, [bare(attempt)], entry.attempts.length);
    this.#tell(entry);
  }

  #keepAttempts(entry: Entry, kept: readonly CallbackAttempt[], of: number): void {
    entry.attempts = kept;
    entry.attemptsDropped += of - kept.length;
    entry.attemptBytes = weightOf(kept);
    this.#entries.reweigh(entry.draft.id);
  }

  #settle(entry: Entry, state: 'delivered' | 'undelivered', outcome: CallbackOutcome): void {
    if (entry.isForgotten) return;
    entry.state = state;
    if (this.#entries.isHeld(entry.draft.id)) this.#entries.release(entry.draft.id);
    else this.#entries.reweigh(entry.draft.id);
    this.#tell(entry);
    if (!entry.draft.answerWanted || entry.answered) return;
    entry.answered = true;
    try {
      const { onAnswer } = entry.draft;
      if (onAnswer) onAnswer(outcome);
      else this.#options.onAnswer(entry.draft, outcome);
    } catch (error) {
      this.#options.onInternalError(error as Error);
    }
  }

  #setState(entry: Entry, state: Callback['state']): void {
    entry.state = state;
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    if (this.#listeners.size === 0) return;
    const callback = snapshot(entry);
    const bytes = weightOfEntry(entry);
    for (const listener of this.#listeners) listener(callback, bytes);
  }

  #wallNow(): number {
    return this.#options.wallNow().getTime();
  }
}

/** Whoever lets more calls be live than usual need not say that their callbacks need more room: half of what the calls do. */
function pendingBytes({ maxPendingBytes, maxLiveCallBytes = 0 }: OutboxLimits = {}): number {
  const callBytesMore = Math.max(0, maxLiveCallBytes - bounds['live-calls'].bytes);
  return maxPendingBytes ?? bounds['pending-callbacks'].bytes + callBytesMore / 2;
}
