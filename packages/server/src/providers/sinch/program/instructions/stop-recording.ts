import { object } from '../../../../json-schema/schema.ts';
import { stopRecordingOf } from '../../calls/recording.ts';
import { defineInstruction } from '../../calls/element.ts';

/** Stops the recording of the call. */
export const stopRecording = defineInstruction({
  name: 'stopRecording',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({}),
  heard: false,
  run: (turn) => {
    stopRecordingOf(turn);
    return 'done';
  },
});
