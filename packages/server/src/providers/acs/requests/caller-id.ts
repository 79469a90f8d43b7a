import { acsError } from '../protocol/errors.ts';

/**
 * Refuses a request to call a phone without the number that calls.
 *
 * @throws AcsError 400/8523
 */
export function requireCallerId(number: string | undefined): void {
  if (number !== undefined) return;
  throw acsError('invalid-argument', {
    message: 'The sourceCallerIdNumber field is required to call a phone number.',
    target: 'sourceCallerIdNumber',
    explanations: ['in Azure it must be a number of the same Communication Services resource'],
  });
}
