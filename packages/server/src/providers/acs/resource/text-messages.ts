import type { TextMessage } from '../../../contract/text-message.ts';
import { eventTime } from '../events/envelope.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';

/** How many characters a text message of one segment has, and each segment of a longer one. */
const latinSegment = { alone: 160, part: 153 };
const unicodeSegment = { alone: 70, part: 67 };

/**
 * `SMSReceived`: somebody texts a number of the account.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-telephony-sms-events
 */
export function smsReceived({ id, from, to, text, atMs }: TextMessage): GridEvent {
  return {
    id,
    type: 'Microsoft.Communication.SMSReceived',
    subject: `/phonenumber/${digitsOf(to)}`,
    data: {
      messageId: id,
      from,
      to,
      message: text,
      receivedTimestamp: timestamp(atMs),
      segmentCount: segmentsOf(text),
    },
  };
}

/** A message whose sender wants to know whether it was delivered, with the `tag` of the request. */
export interface ReportedMessage extends TextMessage {
  readonly tag: string | undefined;
  readonly isDelivered: boolean;
}

/** `SMSDeliveryReportReceived`: a message of the account has reached its phone, or cannot. */
export function smsDeliveryReport({ id, from, to, text, atMs, tag, isDelivered }: ReportedMessage): GridEvent {
  const segments = segmentsOf(text);
  return {
    id,
    type: 'Microsoft.Communication.SMSDeliveryReportReceived',
    subject: `/phonenumber/${digitsOf(to)}`,
    data: {
      messageId: id,
      from,
      to,
      deliveryStatus: isDelivered ? 'Delivered' : 'Failed',
      deliveryStatusDetails: isDelivered ? 'No error.' : 'The destination number cannot be reached.',
      receivedTimestamp: timestamp(atMs),
      deliveryAttempts: [
        {
          timestamp: timestamp(atMs),
          segmentsSucceeded: isDelivered ? segments : 0,
          segmentsFailed: isDelivered ? 0 : segments,
        },
      ],
      ...(tag !== undefined && { tag }),
    },
  };
}

function digitsOf(number: string): string {
  return number.replace(/^\+/, '');
}

function timestamp(atMs: number): string {
  return eventTime(atMs).replace('+00:00', 'Z');
}

function segmentsOf(text: string): number {
  const { alone, part } = /^[\n\r\x20-\x7e]*$/.test(text) ? latinSegment : unicodeSegment;
  return text.length <= alone ? 1 : Math.ceil(text.length / part);
}
