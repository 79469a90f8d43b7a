import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { AcsCallDetails } from './call-state.ts';
import { readNote } from './notes.ts';

/** By what requests name a call, beside its own id. */
export const lookupKey = {
  connection: (id: string): string => `acs connection ${id}`,
  recording: (id: string): string => `acs recording ${id}`,
  groupCall: (account: string, id: string): string => `acs group ${account} ${id}`,
  room: (account: string, id: string): string => `acs room ${account} ${id}`,
} as const;

/** The keys under which a call can be found from an event on. */
export function indexOf(event: CallEvent, call: Call): readonly string[] {
  switch (event.type) {
    case 'call-opened': {
      const { groupCallId, roomId } = (event.details ?? {}) as AcsCallDetails;
      return [
        ...(groupCallId === undefined ? [] : [lookupKey.groupCall(call.account, groupCallId)]),
        ...(roomId === undefined ? [] : [lookupKey.room(call.account, roomId)]),
      ];
    }
    case 'recording-started':
      return [lookupKey.recording(event.recording)];
    case 'noted': {
      const made = readNote(event, 'connection-made');
      return made ? [lookupKey.connection(made.id)] : [];
    }
    default:
      return [];
  }
}
