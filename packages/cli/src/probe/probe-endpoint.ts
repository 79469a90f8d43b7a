import { headerValue } from '@countersign/core/message';
import { askEndpoint, type AskOptions, type EndpointOutcome } from '../endpoint/ask-endpoint.ts';
import { pace, type Clock } from '../endpoint/clock.ts';
import { withHeaders, type WholeMessage } from '../requests/signed-message.ts';
import { rightRequest, type Attack, type AttackContext, type Attempt } from './attack.ts';
import type { Prover } from './prover.ts';

/** What is probed, and how gently. */
export interface ProbePlan {
  readonly protocol: string;
  readonly authority: string;
  readonly prover: Prover;
  /** A right request without its proof; `count` says how many came before. */
  readonly fresh: (count: number) => WholeMessage;
  readonly attacks: readonly Attack[];
  /** At most so many requests a second. */
  readonly perSecond: number;
  readonly isPatient: boolean;
  /** The receiver answers repeats as it answered the first, and does nothing: accepting them is no hole. */
  readonly isIdempotent: boolean;
  readonly lookup?: AskOptions['lookup'];
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What came of an attack. `limit`: it was taken, and is right by all that the scheme signs. */
export type AttackOutcome = 'refused' | 'limit' | 'hole' | 'not-tried';

/** One attack, and what came of it. */
export interface ProbeLine {
  readonly attack: Attack;
  readonly verdict: AttackOutcome;
  /** What was answered: statuses, or why there was none. */
  readonly answer: string;
  /** What was taken, what the scheme leaves open, or why it was not tried. */
  readonly detail?: string;
}

/** How a probe ended. */
export type ProbeEnding =
  | { readonly kind: 'complete' }
  /** The right request was not accepted, before anything else was tried. */
  | { readonly kind: 'not-accepted'; readonly outcome: EndpointOutcome }
  /** It no longer was when all had been tried: what was refused may have been refused for that. */
  | { readonly kind: 'no-longer-accepted'; readonly outcome: EndpointOutcome };

/** How long to wait for an endpoint that asks for it, at most. */
const longestWaitMs = 60_000;

/** Sends the right request, then every attack, then the right request again. Yields each attack as it is over. */
export async function* probeEndpoint(plan: ProbePlan, clock: Clock): AsyncGenerator<ProbeLine, ProbeEnding> {
  const probe = new Probe(plan, clock);
  const first = await probe.sendRight();
  if (!isAccepted(first)) return { kind: 'not-accepted', outcome: first };
  for (const [index, attack] of plan.attacks.entries()) {
    if (attack.unless !== undefined && probe.holes.has(attack.unless)) continue;
    const line = await probe.run(attack);
    if (!line) continue;
    if (line.verdict === 'hole') probe.holes.add(attack.id);
    yield line;
    if (!probe.hasFallen) continue;
    for (const rest of plan.attacks.slice(index + 1)) {
      yield {
        attack: rest,
        verdict: 'not-tried',
        answer: '',
        detail: 'the receiver no longer takes the right request',
      };
    }
    return { kind: 'complete' };
  }
  const last = await probe.sendRight();
  return isAccepted(last) ? { kind: 'complete' } : { kind: 'no-longer-accepted', outcome: last };
}

/** Whether the endpoint took a request. */
function isAccepted(outcome: EndpointOutcome): boolean {
  return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
}

class Probe {
  /** The receiver takes nothing any more since an attack. */
  hasFallen = false;
  /** The ids of the attacks that were taken. */
  readonly holes = new Set<string>();
  readonly #plan: ProbePlan;
  readonly #clock: Clock;
  readonly #turn: () => Promise<void>;
  readonly #context: AttackContext;
  #made = 0;
  readonly #used = new Set<number>();

  constructor(plan: ProbePlan, clock: Clock) {
    const { prover, fresh, isPatient } = plan;
    this.#plan = plan;
    this.#clock = clock;
    this.#turn = pace(plan.perSecond, clock);
    this.#context = {
      prover,
      fresh: () => fresh(this.#made++),
      at: () => this.#unusedTime(),
      now: clock.now,
      isPatient,
    };
  }

  async sendRight(): Promise<EndpointOutcome> {
    return this.#send({ what: 'the right request', message: await rightRequest(this.#context) });
  }

  /** `undefined` where the attack has no hold on this scheme or request. */
  async run(attack: Attack): Promise<ProbeLine | undefined> {
    const { prover, isIdempotent } = this.#plan;
    const answers: string[] = [];
    let limit: string | undefined;
    for await (const given of attack.attempts(this.#context)) {
      const attempt = { ...given, message: framed(given) };
      if (attempt.after) {
        const before = await this.#send({ what: 'the request to repeat', message: attempt.after });
        if (!isAccepted(before))
          return notTried(attack, before, 'the request that was to be repeated was not accepted');
        if (attempt.waitMs !== undefined) await this.#clock.sleep(attempt.waitMs);
      }
      const outcome = await this.#send(attempt);
      if ('status' in outcome && outcome.status === 429)
        return notTried(attack, outcome, 'the receiver asks to slow down');
      answers.push(answerText(outcome));
      if (isAccepted(outcome)) {
        const isOpen = attempt.after
          ? isIdempotent || !prover.tellsRepeats
          : await prover.judge(attempt.message, this.#clock.now());
        if (!isOpen) return { attack, verdict: 'hole', answer: answerText(outcome), detail: `it took ${attempt.what}` };
        limit = limitText(attack, attempt, this.#plan);
      } else if ('failure' in outcome && !isAccepted(await this.sendRight())) {
        this.hasFallen = true;
        const detail = `since ${attempt.what} it takes nothing any more: anybody can stop it`;
        return { attack, verdict: 'hole', answer: answerText(outcome), detail };
      }
    }
    if (answers.length === 0) return undefined;
    const answer = [...new Set(answers)].join(', ');
    return limit === undefined
      ? { attack, verdict: 'refused', answer }
      : { attack, verdict: 'limit', answer, detail: limit };
  }

  async #send(attempt: Attempt): Promise<EndpointOutcome> {
    const outcome = await this.#ask(attempt);
    const wantsPause = 'status' in outcome && outcome.status === 429;
    if (!wantsPause) return outcome;
    const seconds = Number(headerValue(outcome.headers, 'retry-after') ?? 2);
    await this.#clock.sleep(Math.min(Number.isFinite(seconds) ? seconds * 1000 : 2000, longestWaitMs));
    return this.#ask(attempt);
  }

  async #ask({ message, framing, pauses }: Attempt): Promise<EndpointOutcome> {
    const { protocol, authority, lookup, timeoutMs } = this.#plan;
    await this.#turn();
    return askEndpoint(
      { protocol, authority, message, ...(framing && { framing }), ...(pauses && { pauses }) },
      { timeoutMs, sleep: this.#clock.sleep, ...(lookup && { lookup }) },
    );
  }

  /** The latest time, in the unit that tells requests apart, that nothing was signed with yet. */
  #unusedTime(): Date {
    const nowMs = this.#clock.now().getTime();
    const unitMs = { seconds: 1000, milliseconds: 1, nonce: 0, body: 0 }[this.#plan.prover.toldApartBy];
    if (unitMs === 0) return new Date(nowMs);
    let time = Math.floor(nowMs / unitMs);
    while (this.#used.has(time)) time -= 1;
    this.#used.add(time);
    return new Date(time * unitMs);
  }
}

/** A signed Content-Length says how long the body is that goes out: anything else would be another request. */
function framed({ message, framing }: Attempt): WholeMessage {
  if (headerValue(message.headers, 'content-length') === undefined) return message;
  if (framing === 'chunks') {
    return { ...message, headers: message.headers.filter(([name]) => name.toLowerCase() !== 'content-length') };
  }
  return withHeaders(message, [['Content-Length', String(message.body.length)]]);
}

function notTried(attack: Attack, outcome: EndpointOutcome, detail: string): ProbeLine {
  return { attack, verdict: 'not-tried', answer: answerText(outcome), detail };
}

function limitText(attack: Attack, { after }: Attempt, { prover, isIdempotent }: ProbePlan): string {
  if (after && isIdempotent) return 'said to be answered as the first one was';
  return `${prover.id} does not sign ${attack.changes}`;
}

/** An answer in a word or two. */
export function answerText(outcome: EndpointOutcome): string {
  return 'failure' in outcome ? outcome.failure : String(outcome.status);
}
