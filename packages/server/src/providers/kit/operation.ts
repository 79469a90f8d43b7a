import type { Header } from '@countersign/core/message';
import { extend } from '../../engine/copies.ts';
import type { BodyDecoder } from './body.ts';

/** A request for an operation, authenticated, before its body is read. */
export interface Asked<Account = unknown> {
  readonly account: Account;
  /** The version of the API that the request names, where the provider has such. */
  readonly apiVersion?: string;
  /** Percent-decoded parameters of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: readonly Header[];
  /** Records in the exchange which call the request is about. */
  readonly about: (call: string) => void;
}

/** What a request is answered. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  /** JSON, or nothing. */
  readonly body?: unknown;
}

/** What an operation is known by. */
export interface OperationFacts {
  /** As the provider's OpenAPI specification calls it: `CallMedia_Play`, `Callouts`. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As the specification writes it: `/calling/callConnections/{callConnectionId}:play`. */
  readonly path: string;
}

/** One operation of a provider's API. It decodes a request and carries it out, or throws the provider's error. */
export type Operation<Request extends Asked, Context, Reply extends Answer, Facts = unknown> = OperationFacts &
  Facts & { readonly carryOut: (bytes: Uint8Array, request: Request, context: Context) => Reply };

/** An operation as its file defines it: `handle` gets the body as its decoder reads it. */
export type OperationDefinition<
  Body,
  Request extends Asked,
  Context,
  Reply extends Answer,
  Facts = unknown,
> = OperationFacts &
  Facts & {
    readonly body: BodyDecoder<Body> | 'none';
    readonly handle: (request: Request & { readonly body: Body }, context: Context) => Reply;
  };

/** Makes an operation of its definition. */
export function operationOf<Body, Request extends Asked, Context, Reply extends Answer, Facts>(
  definition: OperationDefinition<Body, Request, Context, Reply, Facts>,
): Operation<Request, Context, Reply, Facts> {
  const { body, handle, ...facts } = definition;
  return {
    ...(facts as unknown as OperationFacts & Facts),
    carryOut: (bytes, request, context) => {
      const decoded = body === 'none' ? (undefined as Body) : body(bytes, request.apiVersion);
      return handle(extend(request, { body: decoded }), context);
    },
  };
}
