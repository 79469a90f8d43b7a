import { Type } from 'typebox';
import { startRecordingOf } from '../../calls/recording.ts';
import { defineInstruction } from '../element.ts';

/**
 * Starts a recording of the call.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/recording/
 */
export const startRecording = defineInstruction({
  name: 'startRecording',
  places: ['ice', 'ace', 'pie'],
  fields: Type.Object({
    options: Type.Optional(
      Type.Object({
        destinationUrl: Type.Optional(Type.String()),
        credentials: Type.Optional(Type.String()),
        format: Type.Optional(Type.String()),
        notificationEvents: Type.Optional(Type.Boolean()),
        transcriptionOptions: Type.Optional(
          Type.Object({ enabled: Type.Optional(Type.Boolean()), locale: Type.Optional(Type.String()) }),
        ),
      }),
    ),
  }),
  heard: false,
  run: (turn, { options = {} }) => {
    startRecordingOf(turn, options);
    return 'done';
  },
});
