import type { TextMessage } from '../../phones/inbox.ts';
import type { AcsContext } from './acs-context.ts';
import { smsReceived } from './event-grid/text-messages.ts';

/**
 * Somebody texts a number of an ACS resource: Event Grid tells the application.
 *
 * @returns whether the number belongs to an ACS resource
 */
export function takeIncomingText(message: Omit<TextMessage, 'id'>, acs: AcsContext): { id: string } | undefined {
  const account = acs.endpoints.accountOf(`4:${message.to}`);
  if (!account) return undefined;
  const id = `Incoming_${acs.newId()}`;
  const notices = acs.eventGrid.announce(account.resourceId, smsReceived({ ...message, id }), { atMs: message.atMs });
  for (const notice of notices) acs.enqueue?.(notice);
  return { id };
}
