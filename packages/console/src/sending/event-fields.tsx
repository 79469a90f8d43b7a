import type { AccountSummary } from '@countersign/server/control/views/account-view';
import type { ReadyEventView } from '@countersign/server/control/views/sending-view';
import { Field, hintOf } from '../controls/field.tsx';
import { laidOutJson } from '../format/laid-out-json.ts';

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
  const laidOut = laidOutJson(body);
  const providers = [...new Set(events.map(({ provider }) => provider))];
  return (
    <div class="fields">
      <Field id="endpoint" label="Endpoint">
        <input
          id="endpoint"
          type="url"
          required
          placeholder="http://localhost:3000/hook"
          value={to}
          onInput={(input) => change({ to: input.currentTarget.value })}
        />
      </Field>
      <Field
        id="ready-event"
        label="Event"
        hint={chosen === undefined ? '' : `Sent when ${chosen.when}; ${proofWords(chosen.proof)}.`}
      >
        <select
          id="ready-event"
          value={event}
          aria-describedby={hintOf('ready-event')}
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
      </Field>
      {accounts.length > 1 && (
        <Field id="sending-account" label="Account">
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
        </Field>
      )}
      <Field id="sending-body" label="Body" hint="Signed and sent byte for byte, as shown here.">
        <textarea
          id="sending-body"
          rows={12}
          spellcheck={false}
          aria-describedby={hintOf('sending-body')}
          value={body}
          onInput={(input) => change({ body: input.currentTarget.value })}
        />
        {laidOut !== undefined && laidOut !== body && (
          <button type="button" onClick={() => change({ body: laidOut })}>
            A line for each member
          </button>
        )}
      </Field>
    </div>
  );
}

function proofWords(proof: string): string {
  return proof === 'none' ? 'not signed, as its provider does not sign it either' : `proved by ${proof}`;
}
