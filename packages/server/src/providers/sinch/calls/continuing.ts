import type { SvamlPlace } from '../svaml/svaml-object.ts';
import { endCallFor } from './ending.ts';
import { answerLeg } from './hearing.ts';
import type { Turn } from './turn.ts';

/**
 * Lets a call go on. A callout begins what it was placed for; two parties are connected to each other; a callee alone
 * stays on the line until it hangs up. A caller alone after a menu has nothing to go on with: the call ends.
 */
export function continueCall(turn: Turn, place: SvamlPlace): void {
  const { details, begun, caller, callee, membership } = turn.state;
  turn.set({ program: undefined });
  if (details.whenAnswered !== undefined && !begun) {
    const legs = callee === undefined ? [] : [callee];
    const { instructions, action } = details.whenAnswered;
    const program = {
      place: 'ace',
      instructions,
      next: 0,
      action,
      otherwise: 'nothing',
      legs,
      waitingFor: undefined,
    } as const;
    turn.set({ begun: true, program });
    return;
  }
  if (caller !== undefined && callee !== undefined) answerLeg(turn, caller);
  else if (caller !== undefined && place !== 'manage' && membership === undefined) {
    const summary = 'The call ends because it is to continue, and the caller is alone in it';
    endCallFor(turn, 'MANAGERHANGUP', { code: 'svaml/leads-nowhere', summary });
  }
}
