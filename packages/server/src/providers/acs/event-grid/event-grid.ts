import type { AcsAccount } from '../accounts/account.ts';
import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { CallbackOutcome } from '../../../engine/command.ts';
import { parseJson } from '../../../http/json-syntax.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { type GridEvent, notification, type Occasion, validationRequest } from './grid-event.ts';
import { type GridSubscription, subscriptionsOf } from './grid-subscription.ts';
import { acsBounds } from '../protocol/bounds.ts';

/** A subscription and how it stands. */
interface Standing {
  readonly subscription: GridSubscription;
  state: 'new' | 'asked' | 'validated';
  /** How often its endpoint was asked. */
  asked: number;
}

/** An event that waits for its subscription to be validated. */
interface HeldEvent {
  readonly standing: Standing;
  readonly draft: CallbackDraft;
}

/**
 * Event Grid: what happens in an account goes to those of its subscriptions that take it. An endpoint gets events once it
 * has proved that it wants them, for which it is asked when there is a first one; that it has is remembered until the
 * server is reset. Events of meanwhile wait for its answer, and are dropped when it does not give the right one.
 */
export class EventGrid {
  readonly #accounts: readonly AcsAccount[];
  readonly #deliver: (draft: CallbackDraft) => void;
  readonly #drop: (draft: CallbackDraft) => void;
  readonly #held = new BoundedMap<string, HeldEvent>(acsBounds['event-grid-events'], {
    weigh: ({ draft: { body, urls, headers } }) => weightOf([body, urls, headers]),
  });
  /** How the subscriptions stand, by account, and by their keys. */
  readonly #standings = new Map<string, readonly Standing[]>();
  readonly #byKey = new Map<string, Standing>();

  /**
   * @param deliver takes what was held back once its endpoint has answered
   * @param drop told of what is not delivered because its endpoint has not
   */
  constructor(
    accounts: readonly AcsAccount[],
    deliver: (draft: CallbackDraft) => void,
    drop: (draft: CallbackDraft) => void,
  ) {
    this.#accounts = accounts;
    this.#deliver = deliver;
    this.#drop = drop;
    this.reset();
  }

  /** Whether anybody is to be told when something of a type happens in an account. */
  takes(account: string, type: GridEvent['type']): boolean {
    return this.#standings.get(account)?.some(({ subscription }) => subscription.takes(type)) ?? false;
  }

  /** What those who take an event are to be told: one notification for each subscription. */
  notifications(account: string, event: GridEvent, occasion: Occasion): CallbackDraft[] {
    const standings = this.#standings.get(account)?.filter(({ subscription }) => subscription.takes(event.type)) ?? [];
    return standings.map(({ subscription }) => notification(subscription, event, occasion));
  }

  /** What is to be delivered now in place of a notification: itself, once its endpoint has proved that it wants it. */
  admit(draft: CallbackDraft, atMs: number): CallbackDraft[] {
    const standing = draft.gate === undefined ? undefined : this.#byKey.get(draft.gate);
    if (!standing || standing.state === 'validated') return [draft];
    this.#held.set(draft.id, { standing, draft });
    if (standing.state === 'asked') return [];
    return [this.#ask(standing, { atMs, ...(draft.call !== undefined && { call: draft.call }) })];
  }

  /** What is to be delivered now because something happened outside of calls. */
  announce(account: string, event: GridEvent, occasion: Occasion): CallbackDraft[] {
    return this.notifications(account, event, occasion).flatMap((draft) => this.admit(draft, occasion.atMs));
  }

  /** Forgets what was held back: endpoints must prove anew that they want events. */
  reset(): void {
    this.#held.clear();
    this.#standings.clear();
    this.#byKey.clear();
    for (const account of this.#accounts) {
      const standings = subscriptionsOf(account).map((subscription): Standing => ({
        subscription,
        state: 'new',
        asked: 0,
      }));
      this.#standings.set(account.resourceId, standings);
      for (const standing of standings) this.#byKey.set(standing.subscription.key, standing);
    }
  }

  #ask(standing: Standing, occasion: Occasion): CallbackDraft {
    standing.state = 'asked';
    standing.asked += 1;
    const { subscription, asked } = standing;
    const id = derivedUuid('event-grid-validation', subscription.key, asked);
    const code = derivedUuid('event-grid-code', subscription.key, asked);
    return validationRequest(subscription, { id, code }, occasion, (outcome) => {
      standing.state = outcome.answered && echoes(outcome, code) ? 'validated' : 'new';
      this.#release(standing);
    });
  }

  #release(standing: Standing): void {
    const waiting = [...this.#held.values()].filter((held) => held.standing === standing);
    for (const { draft } of waiting) {
      this.#held.delete(draft.id);
      if (standing.state === 'validated') this.#deliver(draft);
      else this.#drop(draft);
    }
  }
}

function echoes({ body }: Extract<CallbackOutcome, { answered: true }>, code: string): boolean {
  const answer = parseJson(Buffer.from(body));
  return answer.ok && (answer.value as { validationResponse?: unknown } | null)?.validationResponse === code;
}
