import type { TextMessage } from '../../../contract/text-message.ts';
import type { AcsContext } from '../requests/context.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';
import { type ReportedMessage, smsDeliveryReport, smsReceived } from './text-messages.ts';

/**
 * Somebody texts a number: when it is one of an ACS resource, Event Grid tells the application.
 *
 * @returns the id of the message; `undefined` when the number belongs to no ACS resource
 */
export function takeIncomingText(message: Omit<TextMessage, 'id'>, acs: AcsContext): { id: string } | undefined {
  const account = acs.endpoints.accountOf(`4:${message.to}`);
  if (!account) return undefined;
  const id = `Incoming_${acs.newId()}`;
  announce(account.resourceId, smsReceived({ ...message, id }), message.atMs, acs);
  return { id };
}

/** A message of an account has reached its phone or not, which its sender wants to know. */
export function reportDelivery(message: ReportedMessage, resourceId: string, acs: AcsContext): void {
  announce(resourceId, smsDeliveryReport(message), message.atMs, acs);
}

function announce(resourceId: string, event: GridEvent, atMs: number, acs: AcsContext): void {
  for (const notice of acs.eventGrid.announce(resourceId, event, { atMs })) acs.enqueue?.(notice);
}
