import { type AddressRules, checkCallbackUri } from './callback-uri.ts';

/** The members of a request that its events depend on. */
interface AskingBody {
  readonly operationContext?: string;
  readonly operationCallbackUri?: string;
}

/**
 * What the events of an operation need of the request that asked for it.
 *
 * @param connection the call connection that asked
 * @throws AcsError 400/8523 for a callback address that is not acceptable
 */
export function askedWith(
  body: AskingBody,
  connection: string,
  acs: AddressRules,
): { readonly connection: string; readonly context?: string; readonly callbackUri?: string } {
  const { operationContext: context, operationCallbackUri: uri } = body;
  if (uri !== undefined) checkCallbackUri(uri, 'OperationCallbackUri', acs);
  return { connection, ...(context !== undefined && { context }), ...(uri !== undefined && { callbackUri: uri }) };
}

/** The operation context as responses repeat it: left out when there is none. */
export function echoedContext({ operationContext }: AskingBody): { readonly operationContext?: string } {
  return operationContext === undefined ? {} : { operationContext };
}
