import type { CallbackDraft } from '../../callbacks/callback.ts';
import type { Call } from '../../engine/call.ts';
import type { EventGridTarget } from './event-grid.ts';
import { eventTime } from './events/envelope.ts';

/** What an Event Grid event says. */
export interface GridEvent {
  readonly id: string;
  readonly event: string;
  readonly kind: 'SubscriptionValidation' | 'Notification';
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dataVersion: string;
}

/** An event in the Event Grid schema, in an array of its own. */
export function gridEvent(call: Call, target: EventGridTarget, atMs: number, what: GridEvent): CallbackDraft {
  const { id, event, kind, subject, data, dataVersion } = what;
  const eventTimeText = eventTime(atMs).replace('+00:00', 'Z');
  const body = [
    {
      id,
      topic: target.topic,
      subject,
      data,
      eventType: event,
      dataVersion,
      metadataVersion: '1',
      eventTime: eventTimeText,
    },
  ];
  return {
    id,
    call: call.id,
    event,
    urls: [target.url],
    body: JSON.stringify(body),
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['aeg-event-type', kind],
      ['aeg-data-version', dataVersion],
      ['aeg-metadata-version', '1'],
    ],
    policy: target.policy,
    answerWanted: kind === 'SubscriptionValidation',
  };
}
