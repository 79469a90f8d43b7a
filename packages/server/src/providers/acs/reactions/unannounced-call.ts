import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { EventGrid } from '../event-grid/event-grid.ts';
import type { CallCommand } from './due-event.ts';

/** A call of which no application is told rings until the caller gives up: its timeline says so. */
export function unannouncedCall(event: CallEvent, call: Call, eventGrid: EventGrid): CallCommand[] {
  if (event.type !== 'leg-invited' || event.direction !== 'inbound') return [];
  if (eventGrid.takes(call.account, 'Microsoft.Communication.IncomingCall')) return [];
  const summary =
    'No application is told of this incoming call: the account has no Event Grid subscription that takes IncomingCall';
  return [{ call: call.id, command: { type: 'explain-refusal', code: 'event-grid/no-subscription', summary } }];
}
