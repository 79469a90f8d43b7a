import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ByteBudget } from '../bounded/byte-budget.ts';
import { readAnswer } from './answer.ts';
import { failureOf } from './attempt-failure.ts';
import type { AttemptOutcome } from './callback.ts';
import type { CallbackRequest } from '../contract/delivery-policy.ts';
import type { CallbackConnections } from './connections.ts';

export interface AttemptOptions {
  /** For everything, from the look-up of the name to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether a call waits for the answer. */
  readonly isAnswerWanted: boolean;
}

/** One attempt to post a callback. It ends with its answer, with a failure, when its time is over, or when it is told to. */
export class DeliveryAttempt {
  /** Resolves when the attempt is over; never rejects. */
  readonly outcome: Promise<AttemptOutcome>;
  readonly #callback: CallbackRequest;
  readonly #connections: CallbackConnections;
  readonly #budget: ByteBudget;
  readonly #isAnswerWanted: boolean;
  readonly #timeout: NodeJS.Timeout;
  #settle: (outcome: AttemptOutcome) => void = () => {};
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #isOver = false;

  /** @param budget what all answers that are being read may hold together */
  constructor(
    callback: CallbackRequest,
    { timeoutMs, isAnswerWanted }: AttemptOptions,
    connections: CallbackConnections,
    budget: ByteBudget,
  ) {
    this.#callback = callback;
    this.#connections = connections;
    this.#budget = budget;
    this.#isAnswerWanted = isAnswerWanted;
    this.outcome = new Promise((resolve) => (this.#settle = resolve));
    const tooLate: AttemptOutcome = { failure: 'timeout', detail: `no answer within ${timeoutMs} ms` };
    this.#timeout = setTimeout(() => this.end(tooLate), timeoutMs);
    this.#send();
  }

  /** Ends it with that outcome, unless it is over. */
  end(outcome: AttemptOutcome): void {
    this.#finish(outcome);
    this.#request?.destroy();
  }

  #send(how?: 'alone'): void {
    try {
      this.#request = this.#connections.send(this.#callback, how);
    } catch (error) {
      this.#finish(failureOf(error as Error));
      return;
    }
    const request = this.#request;
    request.on('response', (response) => this.#read(response));
    request.on('error', (error) => {
      // An answer that came whole counts, whatever becomes of its connection or follows it there.
      if (this.#isOver || this.#response?.complete) return;
      if (!this.#response && this.#connections.wasClosedBefore(request, error)) this.#send('alone');
      else this.#finish(failureOf(error));
    });
    request.on('upgrade', () => {
      this.end({ failure: 'network', detail: 'the receiver answered with 101 Switching Protocols' });
    });
  }

  #read(response: IncomingMessage): void {
    this.#response = response;
    const isKept = this.#connections.isPromised(response);
    const { headerLines } = this.#connections;
    const parts = { headerLines, budget: this.#budget, isWanted: this.#isAnswerWanted };
    readAnswer(response, parts, (outcome) => this.#finish(outcome, isKept));
  }

  /** @param mayFollow whether the next callback may leave at once over the same connection */
  #finish(outcome: AttemptOutcome, mayFollow = true): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timeout);
    if (mayFollow) this.#settle(outcome);
    // An end of the connection that follows the answer is noticed first.
    else setImmediate(setImmediate, () => this.#settle(outcome));
  }
}
