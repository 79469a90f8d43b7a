import { object } from '../../../../json-schema/schema.ts';
import { endCallFor } from '../../calls/ending.ts';
import { defineAction } from '../../calls/element.ts';

/** Ends the call. */
export const hangup = defineAction({
  name: 'hangup',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({}),
  run: (turn) => endCallFor(turn, 'MANAGERHANGUP', 'hangup'),
});
