import { ByteBudget } from '../bounded/byte-budget.ts';
import { withoutItem } from '../bounded/emptied.ts';
import { OutboundGuard } from '../outbound/outbound-guard.ts';
import { DeliveryAttempt } from './attempt.ts';
import type { AttemptOutcome } from './callback.ts';
import type { CallbackRequest } from '../contract/delivery-policy.ts';
import { CallbackConnections } from './connections.ts';

/** Posts callbacks, over connections that it keeps. */
export class Courier {
  readonly #connections: CallbackConnections;
  #underWay = new Set<DeliveryAttempt>();
  readonly #answers: ByteBudget;
  #isClosed = false;

  /**
   * @param guard says which hosts nothing is sent to, whatever name leads there
   * @param answerBytes what all answers that are being read may hold together
   */
  constructor(guard: OutboundGuard = new OutboundGuard(), answerBytes?: number) {
    this.#connections = new CallbackConnections(guard);
    this.#answers = new ByteBudget('answers-under-way', answerBytes);
  }

  /**
   * Posts a callback once. Never rejects: what went wrong is in the outcome. Redirects are not followed, because neither
   * provider does, and a signature over one path proves nothing on another. No content coding is asked for, and none is
   * decoded.
   *
   * @param timeoutMs wall-clock time that the receiver has for its whole answer
   * @param isAnswerWanted whether a call waits for the answer; if not, only its beginning is kept
   */
  async deliver(callback: CallbackRequest, timeoutMs: number, isAnswerWanted = true): Promise<AttemptOutcome> {
    if (this.#isClosed) return closedOutcome;
    const attempt = new DeliveryAttempt(callback, { timeoutMs, isAnswerWanted }, this.#connections, this.#answers);
    this.#underWay.add(attempt);
    const outcome = await attempt.outcome;
    this.#underWay = withoutItem(this.#underWay, attempt);
    return outcome;
  }

  /** Ends the attempts that are under way. */
  giveUp(outcome: AttemptOutcome): void {
    for (const attempt of this.#underWay) attempt.end(outcome);
  }

  /** Ends the attempts that are under way, and closes every connection. */
  close(): void {
    this.#isClosed = true;
    this.giveUp(closedOutcome);
    this.#connections.close();
  }
}

const closedOutcome: AttemptOutcome = {
  failure: 'closed',
  detail: 'the server was closed while it waited for the answer',
};
