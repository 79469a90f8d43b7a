import type { CallClock } from '../contract/clock.ts';
import type { CallbackRequest } from '../contract/delivery-policy.ts';
import type { FaultSetting } from '../contract/fault.ts';
import type { AttemptOutcome, CallbackAttempt } from './callback.ts';
import { callbackUrlProblem, type CallbackUrlRules } from './callback-url.ts';
import { Courier } from './delivery.ts';
import type { Entry } from './entry.ts';
import { Gate, type Passed, type Waiting } from './gate.ts';
import { withinTime } from './within-time.ts';

/** What attempts are made with. */
export interface AttemptsOptions {
  readonly clock: CallClock;
  readonly wallNow: () => Date;
  readonly urlRules: CallbackUrlRules;
  /** The fault that is switched on for callbacks, if any: every attempt then ends in it, and nothing is sent. */
  readonly fault?: (() => FaultSetting | undefined) | undefined;
  /** Requests at a time to one URL (path included), and to one origin. Defaults 16 and 128. */
  readonly perUrl?: number | undefined;
  readonly perOrigin?: number | undefined;
  /** Told of each attempt when it is over. */
  readonly onEnd: (entry: Entry, attempt: CallbackAttempt) => void;
}

/** Where an attempt stands among those of its callback and its call. */
export interface AttemptTurn {
  /** Whether there was an attempt before. While its call waits for it, it goes before what is sent for the first time. */
  readonly isRepeated: boolean;
  /** Lets the next callback of the call begin. */
  readonly endTurn: () => void;
}

/** How long a virtual clock waits for a retry when the call has gone on without it; wall-clock milliseconds. */
const momentMs = 100;

/** Sends callbacks once each time: signed, and only so many at a time to one receiver. */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #byUrl: Gate;
  readonly #byOrigin: Gate;
  readonly #courier: Courier;
  #closed = false;

  constructor(options: AttemptsOptions) {
    this.#options = options;
    this.#byUrl = new Gate(options.perUrl ?? 16);
    this.#byOrigin = new Gate(options.perOrigin ?? 128);
    this.#courier = new Courier(options.urlRules.guard);
  }

  /**
   * One attempt, which a virtual clock waits for as long as the call's other callbacks do. Once these have gone on, it
   * waits for a moment: each retry at a receiver that never answers would take that time again.
   */
  async make(entry: Entry, url: string, { isRepeated, endTurn }: AttemptTurn): Promise<AttemptOutcome> {
    const { id, call, event } = entry.draft;
    let leaveBehind = (): void => {};
    const leftBehind = new Promise<undefined>((resolve) => (leaveBehind = () => resolve(undefined)));
    const waiting = {
      goesFirst: isRepeated && entry.holdsBack,
      quietMs: entry.policy.holdsBackMs,
      onQuiet: leaveBehind,
    };
    const sent = this.#send(entry, url, waiting);
    const answered = entry.isLeftBehind ? withinTime(sent, momentMs) : Promise.race([sent, leftBehind]);
    const inTime = await this.#options.clock.awaiting(answered, {
      description: `callback ${event} (${id}) to ${url}`,
      orderedBy: `callbacks of ${call ?? id}`,
    });
    if (inTime) return inTime;
    entry.isLeftBehind = true;
    endTurn();
    return sent;
  }

  /** @param waiting how it waits for its place, and for its answer once it is posted */
  async #send(entry: Entry, url: string, waiting: Waiting): Promise<AttemptOutcome> {
    if (entry.isForgotten) return forgottenOutcome;
    const problem = callbackUrlProblem(url, this.#options.urlRules);
    const early = this.#closed
      ? closedOutcome
      : problem !== undefined
        ? ({ failure: 'url', detail: problem } as const)
        : faultOutcome(this.#options.fault?.());
    if (early) return this.note(entry, url, early);

    const { origin, pathname } = new URL(url);
    const post = async (): Promise<Passed & { readonly outcome: Promise<AttemptOutcome> }> => {
      const outcome = this.#post(entry, url);
      const isDone = (await withinTime(outcome, waiting.quietMs)) !== undefined;
      if (!isDone) waiting.onQuiet();
      return { isDone, outcome };
    };
    const atOrigin = (): ReturnType<typeof post> => this.#byOrigin.pass(origin, post, waiting);
    const posted = await this.#byUrl.pass(origin + pathname, atOrigin, waiting);
    return posted.outcome;
  }

  async #post(entry: Entry, url: string): Promise<AttemptOutcome> {
    const { policy } = entry;
    const { headers, body, answerWanted } = entry.draft;
    if (entry.isForgotten) return forgottenOutcome;
    if (this.#closed) return this.note(entry, url, closedOutcome);
    const startedAtMs = this.#options.wallNow().getTime();
    const started = performance.now();
    const unsigned: CallbackRequest = { method: 'POST', url, headers, body: Buffer.from(body) };
    let request = unsigned;
    let outcome: AttemptOutcome;
    try {
      request = { ...unsigned, headers: [...headers, ...(await policy.authenticate(unsigned))] };
      if (entry.isForgotten) return forgottenOutcome;
      outcome = await this.#courier.deliver(request, policy.timeoutMs, answerWanted);
    } catch (error) {
      outcome = { failure: 'not-signed', detail: (error as Error).message };
    }
    const elapsedMs = performance.now() - started;
    this.#options.onEnd(entry, { url, startedAtMs, elapsedMs, requestHeaders: request.headers, outcome });
    return outcome;
  }

  /** Notes an attempt in which nothing was sent. */
  note(entry: Entry, url: string, outcome: AttemptOutcome): AttemptOutcome {
    const startedAtMs = this.#options.wallNow().getTime();
    this.#options.onEnd(entry, { url, startedAtMs, elapsedMs: 0, requestHeaders: [], outcome });
    return outcome;
  }

  /** Gives up what is under way, because it was forgotten. */
  giveUp(): void {
    this.#courier.giveUp(forgottenOutcome);
  }

  /** Ends what is under way, and sends nothing more. */
  close(): void {
    this.#closed = true;
    this.#courier.close();
  }
}

const closedOutcome: AttemptOutcome = { failure: 'closed', detail: 'the server was closed' };
const forgottenOutcome: AttemptOutcome = { failure: 'closed', detail: 'the server was reset' };

function faultOutcome(fault: FaultSetting | undefined): AttemptOutcome | undefined {
  if (!fault) return undefined;
  const code = fault.code === undefined ? '' : ` (${fault.code})`;
  return { failure: 'fault', detail: `the fault "${fault.name}"${code} is switched on` };
}
