import type { AcsAccount } from '../accounts/account.ts';
import type { AcsContext } from './context.ts';
import type { ApiVersion } from '../protocol/api-versions.ts';
import type { BodyDecoder } from '../protocol/body.ts';

/** A request of Call Automation, authenticated and decoded. */
export interface OperationRequest<Body> {
  readonly account: AcsAccount;
  readonly apiVersion: ApiVersion;
  /** Percent-decoded parameters of the path: `callConnectionId`, `participantRawId`, `recordingId`. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** What a request is answered. */
export interface OperationAnswer {
  readonly status: 200 | 201 | 202 | 204;
  /** JSON, or nothing. */
  readonly body?: unknown;
  /** The call connection that the request made or addressed; its correlation id goes into the response's headers. */
  readonly connection?: string;
  /** The engine's call behind it, for the journal. */
  readonly call?: string;
}

/** One operation of the REST API. */
export interface Operation {
  /** As the OpenAPI specification calls it: `CallMedia_Play`. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As the specification writes it: `/calling/callConnections/{callConnectionId}:play`. */
  readonly path: string;
  /** The first API version that has it. */
  readonly since: ApiVersion;
  /** Takes `Repeatability-Request-ID`. */
  readonly repeatable: boolean;
  /** Decodes and carries out a request. Throws AcsError. */
  readonly carryOut: (
    bytes: Uint8Array,
    request: Omit<OperationRequest<unknown>, 'body'>,
    acs: AcsContext,
  ) => OperationAnswer;
}

interface OperationDefinition<Body> extends Omit<Operation, 'carryOut' | 'repeatable'> {
  readonly repeatable?: boolean;
  readonly body: BodyDecoder<Body> | 'none';
  readonly handle: (request: OperationRequest<Body>, acs: AcsContext) => OperationAnswer;
}

/** Defines an operation; `handle` gets the body as its decoder reads it. */
export function defineOperation<Body>(definition: OperationDefinition<Body>): Operation {
  const { body, handle, repeatable = false, ...described } = definition;
  return {
    ...described,
    repeatable,
    carryOut: (bytes, { account, apiVersion, params }, acs) => {
      const decoded = body === 'none' ? (undefined as Body) : body(bytes, apiVersion);
      return handle({ account, apiVersion, params, body: decoded }, acs);
    },
  };
}
