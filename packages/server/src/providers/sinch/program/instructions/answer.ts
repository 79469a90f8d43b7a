import { object } from '../../../../json-schema/schema.ts';
import { answerLeg } from '../../calls/hearing.ts';
import { defineInstruction } from '../../calls/element.ts';

/** Answers the incoming call before its action; one that has been answered stays as it is. */
export const answer = defineInstruction({
  name: 'answer',
  places: ['ice', 'manage'],
  fields: object({}),
  heard: false,
  run: (turn) => {
    if (turn.state.caller !== undefined) answerLeg(turn, turn.state.caller);
    return 'done';
  },
});
