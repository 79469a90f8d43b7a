import type { CallbackDraft, DeliveryPolicy } from '../../../callbacks/callback.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../derived-ids.ts';
import { eventTime } from '../events/envelope.ts';
import { identifierModel, rawIdOf } from '../identifiers.ts';
import { incomingCallContextOf } from '../incoming-call-context.ts';

/** Where Event Grid delivers an account's events, and how. */
export interface EventGridTarget {
  readonly url: string;
  readonly topic: string;
  readonly policy: DeliveryPolicy;
}

/**
 * The Event Grid event `Microsoft.Communication.IncomingCall`, when a phone dials one of the account's numbers.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-voice-video-events#microsoftcommunicationincomingcall
 */
export function incomingCallNotice(
  event: CallEvent,
  call: Call,
  target: EventGridTarget | undefined,
): CallbackDraft | undefined {
  if (event.type !== 'leg-invited' || event.direction !== 'inbound' || !target) return undefined;
  const from = identifierModel(rawIdOf(event.party));
  const dialed = event.presented ?? '';
  const to = identifierModel(/^\d+:/.test(dialed) ? dialed : `4:${dialed}`);
  const id = derivedUuid('incoming-call', call.id, event.leg);
  const eventType = 'Microsoft.Communication.IncomingCall';
  const body = [
    {
      id,
      topic: target.topic,
      subject: `/caller/${from.rawId}/recipient/${to.rawId}`,
      data: {
        to,
        from,
        serverCallId: serverCallIdOf(call.id),
        callerDisplayName: '',
        incomingCallContext: incomingCallContextOf({ call: call.id, leg: event.leg }),
        correlationId: correlationIdOf(call.id),
      },
      eventType,
      dataVersion: '1.0',
      metadataVersion: '1',
      eventTime: eventTime(event.atMs).replace('+00:00', 'Z'),
    },
  ];
  return {
    id,
    call: call.id,
    event: eventType,
    urls: [target.url],
    body: JSON.stringify(body),
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['aeg-event-type', 'Notification'],
      ['aeg-data-version', '1.0'],
      ['aeg-metadata-version', '1'],
    ],
    policy: target.policy,
    answerWanted: false,
  };
}
