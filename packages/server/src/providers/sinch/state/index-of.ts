import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { isRoomDetails } from './room-state.ts';

/** By what requests name a call, beside its own id. */
export const lookupKey = {
  conference: (applicationKey: string, conferenceId: string): string =>
    `sinch conference ${applicationKey} ${conferenceId}`,
} as const;

/** The keys under which a call can be found from an event on. */
export function indexOf(event: CallEvent, call: Call): readonly string[] {
  if (event.type !== 'call-opened' || !isRoomDetails(event.details)) return [];
  return [lookupKey.conference(call.account, event.details.conferenceId)];
}
