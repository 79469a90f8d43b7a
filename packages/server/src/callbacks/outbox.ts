import type { CallbackOutcome } from '../engine/command.ts';
import type { FaultSetting } from '../providers/provider-context.ts';
import type { CallClock } from '../switchboard/clock.ts';
import type { AttemptOutcome, Callback, CallbackAttempt, CallbackDraft, CallbackRequest } from './callback.ts';
import { callbackUrlProblem, type CallbackUrlRules } from './callback-url.ts';
import { Courier } from './delivery.ts';
import { Gate } from './gate.ts';
import { Lanes } from './lanes.ts';

export interface OutboxOptions {
  readonly clock: CallClock;
  readonly wallNow: () => Date;
  readonly urlRules: CallbackUrlRules;
  /** Told what a callback's receiver answered, when its draft wants that; once, resending does not repeat it. */
  readonly onAnswer: (draft: CallbackDraft, outcome: CallbackOutcome) => void;
  /** The fault that is switched on for callbacks, if any: every attempt then ends in it, and nothing is sent. */
  readonly fault?: () => FaultSetting | undefined;
  /** Told when `onAnswer` throws or a callback cannot be prepared, which only a bug makes them do. */
  readonly onInternalError: (error: Error) => void;
  readonly limits?: OutboxLimits;
}

export interface OutboxLimits {
  /** How many callbacks are kept. Default 10 000; those not yet settled are never dropped. */
  readonly maxCallbacks?: number;
  /** How many may wait or be under way. Default 100 000; beyond it a callback is undelivered at once, and says so. */
  readonly maxPending?: number;
  /** Requests at a time to one URL (path included), and to one origin. Defaults 16 and 128. */
  readonly perUrl?: number;
  readonly perOrigin?: number;
}

/** A callback changed: it was queued, an attempt began or ended, or it was settled. */
export type CallbackListener = (callback: Callback) => void;

interface Entry {
  draft: CallbackDraft;
  readonly queuedAtMs: number;
  state: Callback['state'];
  attempts: readonly CallbackAttempt[];
  answered: boolean;
}

/**
 * Delivers callbacks as their provider does: in order per call where the policy says so, with its attempts, backoff,
 * fallback URL and time-out. Every attempt stays visible, within the limits, and whatever was not delivered can be sent
 * again. A receiver that is slow or dead holds up nobody else.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Map<string, Entry>();
  /** In the order in which they settled: the next to be dropped comes first. */
  readonly #settled = new Set<string>();
  readonly #listeners = new Set<CallbackListener>();
  readonly #lanes = new Lanes();
  readonly #byUrl: Gate;
  readonly #byOrigin: Gate;
  readonly #courier: Courier;
  /** How to end each wait between attempts. */
  readonly #waits = new Set<() => void>();
  #closed = false;
  #pending = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#byUrl = new Gate(options.limits?.perUrl ?? 16);
    this.#byOrigin = new Gate(options.limits?.perOrigin ?? 128);
    this.#courier = new Courier(options.urlRules.guard);
  }

  /** How many callbacks wait or are under way. */
  get pending(): number {
    return this.#pending;
  }

  /** Takes a callback for delivery. Returns at once. */
  enqueue(draft: CallbackDraft): void {
    const entry: Entry = { draft, queuedAtMs: this.#wallNow(), state: 'queued', attempts: [], answered: false };
    this.#entries.set(draft.id, entry);
    this.#tell(entry);
    this.#queue(entry);
  }

  /** One callback; `undefined` when there is none, or none any more. */
  get(id: string): Callback | undefined {
    const entry = this.#entries.get(id);
    return entry && snapshot(entry);
  }

  /** Callbacks in the order in which they were queued. */
  list(where: (draft: CallbackDraft) => boolean = () => true): Callback[] {
    return [...this.#entries.values()].filter(({ draft }) => where(draft)).map(snapshot);
  }

  /** Sends a settled callback again, with all its attempts anew. The call does not hear of the answer a second time. */
  resend(id: string): 'queued' | 'not-settled' | 'not-found' {
    const entry = this.#entries.get(id);
    if (!entry) return 'not-found';
    if (!this.#settled.has(id)) return 'not-settled';
    this.#settled.delete(id);
    this.#setState(entry, 'queued');
    this.#queue(entry);
    return 'queued';
  }

  onChange(listener: CallbackListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets settled callbacks. */
  clear(): void {
    for (const id of this.#settled) this.#entries.delete(id);
    this.#settled.clear();
  }

  /** Ends attempts that are under way; what waits becomes undelivered. */
  close(): void {
    this.#closed = true;
    this.#courier.close();
    for (const end of this.#waits) end();
  }

  #queue(entry: Entry): void {
    if (this.#pending >= (this.#options.limits?.maxPending ?? 100_000)) {
      const detail = `${this.#pending} callbacks are waiting already`;
      this.#record(entry, entry.draft.urls[0] ?? '', this.#wallNow(), 0, [], { failure: 'queue-full', detail });
      this.#settle(entry, 'undelivered', { answered: false, reason: 'queue-full' });
      return;
    }
    this.#pending += 1;
    const { call, policy } = entry.draft;
    const work = (): Promise<void> => this.#process(entry).finally(() => (this.#pending -= 1));
    if (policy.orderedBy === undefined) void work();
    else this.#lanes.run(call, work);
  }

  /** Attempts one URL after the other until one answers with 2xx. */
  async #process(entry: Entry): Promise<void> {
    const { urls, policy } = entry.draft;
    this.#setState(entry, 'delivering');
    if (entry.draft.prepare) await this.#prepare(entry, entry.draft.prepare);
    let reason = 'no URL';
    let made = 0;
    for (const url of urls) {
      for (let attempt = 0; attempt < policy.attemptsPerUrl; attempt += 1) {
        if (made > 0) await this.#backOff(policy.backoffMs[Math.min(made, policy.backoffMs.length) - 1] ?? 0);
        made += 1;
        const outcome = await this.#attempt(entry, url);
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

  /** Once: sending it again finds everything in place. */
  async #prepare(entry: Entry, prepare: () => Promise<string>): Promise<void> {
    const { prepare: _done, ...draft } = entry.draft;
    const description = `what callback ${draft.event} (${draft.id}) waits for`;
    try {
      entry.draft = { ...draft, body: await this.#options.clock.awaiting(prepare(), { description }) };
    } catch (error) {
      entry.draft = draft;
      this.#options.onInternalError(error as Error);
    }
  }

  async #backOff(ms: number): Promise<void> {
    if (ms === 0 || this.#closed) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.#options.clock.after(ms, end);
      this.#waits.add(end);
    });
  }

  /** One attempt, which a virtual clock waits for. */
  #attempt(entry: Entry, url: string): Promise<AttemptOutcome> {
    const { id, call, event } = entry.draft;
    return this.#options.clock.awaiting(this.#send(entry, url), {
      description: `callback ${event} (${id}) to ${url}`,
      orderedBy: `callbacks of ${call}`,
    });
  }

  async #send(entry: Entry, url: string): Promise<AttemptOutcome> {
    const { policy, headers, body } = entry.draft;
    const problem = callbackUrlProblem(url, this.#options.urlRules);
    const early = this.#closed
      ? closedOutcome
      : problem !== undefined
        ? ({ failure: 'url', detail: problem } as const)
        : faultOutcome(this.#options.fault?.());
    if (early) return this.#record(entry, url, this.#wallNow(), 0, [], early);

    const { origin, pathname } = new URL(url);
    return this.#byUrl.pass(origin + pathname, () =>
      this.#byOrigin.pass(origin, async () => {
        if (this.#closed) return this.#record(entry, url, this.#wallNow(), 0, [], closedOutcome);
        const startedAtMs = this.#wallNow();
        const started = performance.now();
        const unsigned: CallbackRequest = { method: 'POST', url, headers, body: Buffer.from(body) };
        let request = unsigned;
        let outcome: AttemptOutcome;
        try {
          request = { ...unsigned, headers: [...headers, ...(await policy.authenticate(unsigned))] };
          outcome = await this.#courier.deliver(request, policy.timeoutMs);
        } catch (error) {
          outcome = { failure: 'not-signed', detail: (error as Error).message };
        }
        return this.#record(entry, url, startedAtMs, performance.now() - started, request.headers, outcome);
      }),
    );
  }

  #record(
    entry: Entry,
    url: string,
    startedAtMs: number,
    elapsedMs: number,
    requestHeaders: CallbackAttempt['requestHeaders'],
    outcome: AttemptOutcome,
  ): AttemptOutcome {
    entry.attempts = [...entry.attempts, { url, startedAtMs, elapsedMs, requestHeaders, outcome }];
    this.#tell(entry);
    return outcome;
  }

  #settle(entry: Entry, state: 'delivered' | 'undelivered', outcome: CallbackOutcome): void {
    this.#settled.add(entry.draft.id);
    this.#setState(entry, state);
    this.#evict();
    if (!entry.draft.answerWanted || entry.answered) return;
    entry.answered = true;
    try {
      this.#options.onAnswer(entry.draft, outcome);
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
    for (const listener of this.#listeners) listener(callback);
  }

  #evict(): void {
    const limit = this.#options.limits?.maxCallbacks ?? 10_000;
    for (const id of this.#settled) {
      if (this.#entries.size <= limit) return;
      this.#settled.delete(id);
      this.#entries.delete(id);
    }
  }

  #wallNow(): number {
    return this.#options.wallNow().getTime();
  }
}

const closedOutcome: AttemptOutcome = { failure: 'closed', detail: 'the server was closed' };

/** Member by member, which is much cheaper than by spreading: it is done at each change. */
function snapshot({ draft, state, queuedAtMs, attempts }: Entry): Callback {
  const { id, call, event, urls, body, headers, policy, answerWanted } = draft;
  return { id, call, event, urls, body, headers, policy, answerWanted, state, queuedAtMs, attempts };
}

function faultOutcome(fault: FaultSetting | undefined): AttemptOutcome | undefined {
  if (!fault) return undefined;
  const code = fault.code === undefined ? '' : ` (${fault.code})`;
  return { failure: 'fault', detail: `the fault "${fault.name}"${code} is switched on` };
}
