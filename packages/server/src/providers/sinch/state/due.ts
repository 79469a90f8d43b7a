import type { CallId, LegId } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallbackEventName } from './event-name.ts';
import type { RecordingFile } from './recording-file.ts';
import type { Membership } from './membership.ts';

/** What an event asks for, as plain data: `evolve` writes it into the state, `react` carries it out. */
export type Due =
  | { readonly kind: 'command'; readonly call: CallId; readonly command: Command }
  /** A callback of a call to its application. `id` is set when its answer is awaited. */
  | {
      readonly kind: 'callback';
      readonly id: string;
      readonly event: CallbackEventName;
      /** The fields beyond those that every callback has. */
      readonly fields: Readonly<Record<string, unknown>>;
      readonly awaited: boolean;
      /** The file that must be stored before the application hears of it. */
      readonly file?: RecordingFile;
    }
  /** A leg is to go to the room of a conference, which is opened when there is none. */
  | { readonly kind: 'enter-conference'; readonly leg: LegId; readonly membership: Membership }
  /** The room of a conference is to be there. */
  | { readonly kind: 'open-room'; readonly room: CallId; readonly conferenceId: string };
