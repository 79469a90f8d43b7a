import { callbackUrlProblem } from '../../callbacks/callback-url.ts';
import { acsError } from './errors.ts';

/**
 * Checks a callback address of a request. Azure takes https only; this server also takes http to loopback and private
 * addresses, unless it was started to be as strict as Azure.
 *
 * @param field the field's name as the service writes it in its error: `CallbackUri`
 * @throws AcsError 400/8523 `The field CallbackUri is invalid`, with the reason in `details`.
 */
export function checkCallbackUri(uri: string, field: string, strict: boolean): string {
  const problem = callbackUrlProblem(uri, { strict, allowPublicHttp: false });
  if (problem === undefined) return uri;
  throw acsError('invalid-argument', {
    message: `The field ${field} is invalid`,
    target: field.charAt(0).toLowerCase() + field.slice(1),
    explanations: [problem],
  });
}
