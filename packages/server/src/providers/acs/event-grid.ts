import type { AcsAccount } from '../../accounts.ts';
import type { DeliveryPolicy } from '../../callbacks/callback.ts';

/** Where Event Grid delivers an account's events, and how. */
export interface EventGridTarget {
  readonly url: string;
  /** The resource that the events are about. */
  readonly topic: string;
  readonly policy: DeliveryPolicy;
}

/**
 * How Event Grid delivers: unordered, and again after 10 s, 30 s, a minute and five when the endpoint does not answer.
 * It authenticates by the address alone.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/delivery-and-retry
 */
const delivery: DeliveryPolicy = {
  orderedBy: undefined,
  holdsBackMs: 2_000,
  attemptsPerUrl: 5,
  backoffMs: [10_000, 30_000, 60_000, 300_000],
  timeoutMs: 30_000,
  authenticate: async () => [],
};

/**
 * The Event Grid subscriptions of the accounts. An endpoint gets events once it has proved that it wants them; that it
 * has is remembered until the server is reset, as it belongs to the subscription and not to a call.
 */
export class EventGridSubscriptions {
  readonly #targets = new Map<string, EventGridTarget>();
  readonly #validated = new Set<string>();

  constructor(accounts: readonly AcsAccount[]) {
    for (const { resourceId, eventGridEndpoint: url } of accounts) {
      if (url === undefined) continue;
      const topic = `/subscriptions/countersign/resourceGroups/countersign/providers/Microsoft.Communication/CommunicationServices/${resourceId}`;
      this.#targets.set(resourceId, { url, topic, policy: delivery });
    }
  }

  /** Where an account's events go; `undefined` when it has no endpoint. */
  target(resourceId: string): EventGridTarget | undefined {
    return this.#targets.get(resourceId);
  }

  isValidated({ url }: EventGridTarget): boolean {
    return this.#validated.has(url);
  }

  /** The endpoint answered with the code that it was sent. */
  validated({ url }: EventGridTarget): void {
    this.#validated.add(url);
  }

  /** Endpoints must prove anew that they want events. */
  reset(): void {
    this.#validated.clear();
  }
}
