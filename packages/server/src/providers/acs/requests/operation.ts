import type { AcsAccount } from '../accounts/account.ts';
import { type Answer, type Asked, type Operation, type OperationDefinition, operationOf } from '../../kit/operation.ts';
import type { ApiVersion } from '../protocol/api-versions.ts';
import type { AcsContext } from './context.ts';

/** A request of Call Automation, authenticated, of a version that has its operation. */
export interface AcsAsked extends Asked<AcsAccount> {
  readonly apiVersion: ApiVersion;
}

/** The same, decoded. */
export type OperationRequest<Body> = AcsAsked & { readonly body: Body };

/** What a request is answered. */
export interface OperationAnswer extends Answer {
  /** The call connection that the request made or addressed; its correlation id goes into the response's headers. */
  readonly connection?: string;
  /** The engine's call behind it, for the journal. */
  readonly call?: string;
}

interface AcsFacts {
  /** The first API version that has it. */
  readonly since: ApiVersion;
  /** Takes `Repeatability-Request-ID`. */
  readonly repeatable?: boolean;
}

/** One operation of Call Automation. Throws AcsError. */
export type AcsOperation = Operation<AcsAsked, AcsContext, OperationAnswer, AcsFacts>;

/** Defines an operation; `handle` gets the body as its decoder reads it. */
export function defineOperation<Body>(
  definition: OperationDefinition<Body, AcsAsked, AcsContext, OperationAnswer, AcsFacts>,
): AcsOperation {
  return operationOf(definition);
}
