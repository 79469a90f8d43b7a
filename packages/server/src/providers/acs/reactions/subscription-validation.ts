import type { CallbackDraft } from '../../../callbacks/callback.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { parseJson } from '../../../http/json-syntax.ts';
import { derivedUuid } from '../derived-ids.ts';
import { gridEvent } from '../event-grid-event.ts';
import type { EventGridTarget } from '../event-grid.ts';

/**
 * Asks an Event Grid endpoint whether it wants the events: it proves that by answering with the code.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/webhook-event-delivery
 */
export function subscriptionValidation(call: Call, target: EventGridTarget, atMs: number): CallbackDraft {
  return gridEvent(call, target, atMs, {
    id: validationIdOf(call),
    event: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    kind: 'SubscriptionValidation',
    subject: '',
    data: { validationCode: validationCodeOf(call) },
    dataVersion: '1',
  });
}

/** Whether an event is the endpoint's answer to that, with the right code. */
export function provesSubscription(event: CallEvent, call: Call): boolean {
  return (
    event.type === 'callback-answered' &&
    event.callback === validationIdOf(call) &&
    event.outcome.answered &&
    echoesCode(event.outcome.body, call)
  );
}

function validationIdOf(call: Call): string {
  return derivedUuid('event-grid-validation', call.id);
}

function validationCodeOf(call: Call): string {
  return derivedUuid('event-grid-code', call.id);
}

function echoesCode(body: string, call: Call): boolean {
  const answer = parseJson(Buffer.from(body));
  if (!answer.ok) return false;
  return (answer.value as { validationResponse?: unknown } | null)?.validationResponse === validationCodeOf(call);
}
