import { callbackUrlProblem } from '../../../callbacks/callback-url.ts';
import type { ProviderContext } from '../../provider-context.ts';
import { acsError } from '../protocol/errors.ts';

/** How strict a server is with the addresses that requests give it. */
export type AddressRules = Pick<ProviderContext, 'strictCallbacks' | 'outbound'>;

/**
 * Checks a callback address of a request. Azure takes https only; this server also takes http to loopback and private
 * addresses, unless it was started to be as strict as Azure, and sends nothing to link-local ones.
 *
 * @param field the field's name as the service writes it in its error: `CallbackUri`
 * @throws AcsError 400/8523 `The field CallbackUri is invalid`, with the reason in `details`.
 */
export function checkCallbackUri(uri: string, field: string, rules: AddressRules): string {
  const problem = addressProblem(uri, rules);
  if (problem === undefined) return uri;
  throw acsError('invalid-argument', {
    message: `The field ${field} is invalid`,
    target: field.charAt(0).toLowerCase() + field.slice(1),
    explanations: [problem],
  });
}

/** What is wrong with an http(s) address to which this server is to connect, in one sentence. */
export function addressProblem(uri: string, { strictCallbacks, outbound }: AddressRules): string | undefined {
  return callbackUrlProblem(uri, {
    strict: strictCallbacks,
    allowPublicHttp: false,
    ...(outbound && { guard: outbound }),
  });
}
