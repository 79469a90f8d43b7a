import { object } from '../../../../json-schema/schema.ts';
import { continueCall } from '../../calls/continuing.ts';
import { defineAction } from '../../calls/element.ts';

/** Lets the call go on: the parties talk, or a callout does what it was placed for. */
export const continueAction = defineAction({
  name: 'continue',
  places: ['ace', 'pie', 'manage'],
  fields: object({}),
  run: (turn, _, place) => continueCall(turn, place),
});
