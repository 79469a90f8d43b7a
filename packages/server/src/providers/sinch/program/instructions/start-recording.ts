import { boolean, object, optional, string } from '../../../../json-schema/schema.ts';
import { startRecordingOf } from '../../calls/recording.ts';
import { defineInstruction } from '../../calls/element.ts';

/**
 * Starts a recording of the call.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/recording/
 */
export const startRecording = defineInstruction({
  name: 'startRecording',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({
    options: optional(
      object({
        destinationUrl: optional(string()),
        credentials: optional(string()),
        format: optional(string()),
        notificationEvents: optional(boolean()),
        transcriptionOptions: optional(object({ enabled: optional(boolean()), locale: optional(string()) })),
      }),
    ),
  }),
  heard: false,
  run: (turn, { options = {} }) => {
    startRecordingOf(turn, options);
    return 'done';
  },
});
