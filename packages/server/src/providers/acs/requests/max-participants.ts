import type { Call } from '../../../engine/call.ts';
import { acsError } from '../protocol/errors.ts';

/**
 * How many may be in a call or be called into it, applications not counted. Each change is told with a list of everybody,
 * so that what a call costs grows with the square of them.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/concepts/service-limits
 */
export const maxParticipants = 350;

/**
 * Checks that so many more may be called into a call.
 *
 * @throws AcsError 429/8530
 */
export function checkRoomFor(more: number, { legs }: Call): void {
  if (legs.live.length + more <= maxParticipants) return;
  throw acsError('throttled', {
    message: 'Call throttled: the limit of participants is reached.',
    explanations: [`a call has ${maxParticipants} participants at most`],
  });
}
