import type { AccountSummary } from '@countersign/server/control/views/account-view';
import type { ReadyEventView } from '@countersign/server/control/views/sending-view';

/** What the reader wants to have sent. */
export interface Wish {
  readonly to: string;
  /** `provider/name`; empty until the events are known. */
  readonly event: string;
  /** Empty: the first one. */
  readonly account: string;
  readonly body: string;
}

/** An event among all of them. */
export function keyOf({ provider, name }: ReadyEventView): string {
  return `${provider}/${name}`;
}

/** The endpoint, the event, whose it is, and its body. */
export function EventFields({
  wish: { to, event, account, body },
  events,
  accounts,
  change,
  onEvent,
}: {
  wish: Wish;
  events: readonly ReadyEventView[];
  accounts: readonly AccountSummary[];
  change: (changed: Partial<Wish>) => void;
  onEvent: (event: ReadyEventView) => void;
}) {
  const chosen = events.find((each) => keyOf(each) === event);
  const providers = [...new Set(events.map(({ provider }) => provider))];
  return (
    <div class="fields">
      <div>
        <label for="endpoint">Endpoint</label>
        <input
          id="endpoint"
          type="url"
          required
          placeholder="http://localhost:3000/hook"
          value={to}
          onInput={(input) => change({ to: input.currentTarget.value })}
        />
      </div>
      <div>
        <label for="ready-event">Event</label>
        <select
          id="ready-event"
          value={event}
          aria-describedby="ready-event-hint"
          onChange={(input) => {
            const wanted = events.find((each) => keyOf(each) === input.currentTarget.value);
            if (wanted) onEvent(wanted);
          }}
        >
          {providers.map((provider) => (
            <optgroup key={provider} label={provider}>
              {events
                .filter((each) => each.provider === provider)
                .map((each) => (
                  <option key={keyOf(each)} value={keyOf(each)}>
                    {each.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <p class="hint" id="ready-event-hint">
          {chosen && `Sent when ${chosen.when}; ${proofWords(chosen.proof)}.`}
        </p>
      </div>
      {accounts.length > 1 && (
        <div>
          <label for="sending-account">Account</label>
          <select
            id="sending-account"
            value={account === '' ? accounts[0]?.id : account}
            onChange={(input) => change({ account: input.currentTarget.value })}
          >
            {accounts.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label for="sending-body">Body</label>
        <textarea
          id="sending-body"
          rows={12}
          spellcheck={false}
          value={body}
          onInput={(input) => change({ body: input.currentTarget.value })}
        />
        <p class="hint">Signed and sent byte for byte, as shown here.</p>
      </div>
    </div>
  );
}

function proofWords(proof: string): string {
  return proof === 'none' ? 'not signed, as its provider does not sign it either' : `proved by ${proof}`;
}
