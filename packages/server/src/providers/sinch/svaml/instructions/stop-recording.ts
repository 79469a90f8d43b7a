import { Type } from 'typebox';
import { stopRecordingOf } from '../../calls/recording.ts';
import { defineInstruction } from '../element.ts';

/** Stops the recording of the call. */
export const stopRecording = defineInstruction({
  name: 'stopRecording',
  places: ['pie', 'manage'],
  fields: Type.Object({}),
  heard: false,
  run: (turn) => {
    stopRecordingOf(turn);
    return 'done';
  },
});
