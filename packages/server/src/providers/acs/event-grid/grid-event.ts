import type { CallbackDraft } from '../../../contract/callback-draft.ts';
import type { CallId } from '../../../engine/call.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { eventTime } from '../events/envelope.ts';
import type { GridSubscription } from './grid-subscription.ts';

/** The types of events that this server has Event Grid send. */
export type GridEventType = `Microsoft.Communication.${
  | 'IncomingCall'
  | 'RecordingFileStatusUpdated'
  | 'CallStarted'
  | 'CallEnded'
  | 'CallParticipantAdded'
  | 'CallParticipantRemoved'
  | 'SMSReceived'
  | 'SMSDeliveryReportReceived'}`;

/** What an Event Grid event says. */
export interface GridEvent {
  readonly id: string;
  readonly type: GridEventType;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** When something happened, on the call clock, and in which call, if in any. */
export interface Occasion {
  readonly atMs: number;
  readonly call?: CallId;
}

/** An event for one subscription, in the Event Grid schema, in an array of its own. */
export function notification(subscription: GridSubscription, event: GridEvent, occasion: Occasion): CallbackDraft {
  const draft = draftOf(subscription, { ...event, dataVersion: '1.0' }, 'Notification', occasion);
  return { ...draft, gate: subscription.key };
}

/**
 * Asks an endpoint whether it wants the events: it proves that by answering with the code.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/webhook-event-delivery
 */
export function validationRequest(
  subscription: GridSubscription,
  validation: { readonly id: string; readonly code: string },
  occasion: Occasion,
  onAnswer: NonNullable<CallbackDraft['onAnswer']>,
): CallbackDraft {
  const { id, code } = validation;
  const type = 'Microsoft.EventGrid.SubscriptionValidationEvent';
  const event = { id, type, subject: '', data: { validationCode: code }, dataVersion: '1' };
  return { ...draftOf(subscription, event, 'SubscriptionValidation', occasion), answerWanted: true, onAnswer };
}

function draftOf(
  { key, url, topic, delivery }: GridSubscription,
  {
    id,
    type,
    subject,
    data,
    dataVersion,
  }: Omit<GridEvent, 'type'> & { readonly type: string; readonly dataVersion: string },
  kind: 'Notification' | 'SubscriptionValidation',
  { atMs, call }: Occasion,
): CallbackDraft {
  const eventTimeText = eventTime(atMs).replace('+00:00', 'Z');
  const event = {
    id,
    topic,
    subject,
    data,
    eventType: type,
    dataVersion,
    metadataVersion: '1',
    eventTime: eventTimeText,
  };
  return {
    // Each subscription gets its own copy, with its own id.
    id: derivedUuid('event-grid', key, id),
    ...(call !== undefined && { call }),
    event: type,
    urls: [url],
    body: JSON.stringify([event]),
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['aeg-event-type', kind],
      ['aeg-data-version', dataVersion],
      ['aeg-metadata-version', '1'],
    ],
    delivery,
    answerWanted: false,
  };
}
