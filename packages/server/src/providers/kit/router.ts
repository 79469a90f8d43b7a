import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnknownPaths } from '../../http/unknown-paths.ts';
import '../../http/request.ts';
import type { Asked, OperationFacts } from './operation.ts';
import { pathPattern, type PathRules, routerPath } from './operation-path.ts';

/** A provider's API, as it is served. */
export interface ServedApi<Account, One extends OperationFacts> extends PathRules {
  readonly operations: readonly One[];
  /** Path prefixes under which unknown paths are answered by this provider as well. */
  readonly prefixes: readonly string[];
  /** Paths at which an operation is served besides its own. */
  readonly alsoAt?: (path: string) => readonly string[];
  /** Tells who sends a request, or throws, or rejects with, the provider's error. */
  readonly authenticate: (request: FastifyRequest) => Account | Promise<Account>;
  /** Carries a request out and sends its answer, or throws the provider's error. */
  readonly answer: (
    operation: One,
    asked: Asked<Account>,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => FastifyReply;
  /** The provider's error for a path that no operation has, or none with this method: `allowed` are those that it has. */
  readonly unknownPath: (request: FastifyRequest, allowed: readonly string[]) => Error;
}

/** Serves a provider's operations: every request is authenticated first, also one that no operation has. */
export function serveOperations<Account, One extends OperationFacts>(
  http: FastifyInstance,
  api: ServedApi<Account, One>,
): void {
  const patterns = new Map(api.operations.map((operation) => [operation, pathPattern(operation.path, api)]));
  const unknownPath = (request: FastifyRequest): Error => {
    const path = pathOf(request);
    const allowed = api.operations.filter((operation) => patterns.get(operation)?.test(path));
    return api.unknownPath(
      request,
      allowed.map(({ method }) => method),
    );
  };
  for (const operation of api.operations) {
    const pattern = patterns.get(operation);
    const paths = [operation.path, ...(api.alsoAt?.(operation.path) ?? [])];
    for (const path of paths) {
      http.route({
        method: operation.method,
        url: routerPath(path),
        // Returns no promise: of one that gives back `reply`, Fastify waits until all is sent, which costs as much as routing.
        handler: (request, reply) => {
          const answer = (account: Account): void => {
            if (api.withColons && !pattern?.test(pathOf(request))) throw unknownPath(request);
            void api.answer(operation, askedBy(account, request), request, reply);
          };
          const account = api.authenticate(request);
          if (!(account instanceof Promise)) return answer(account);
          account.then(answer).catch((error: unknown) => void reply.send(error));
        },
      });
    }
  }
  answerUnknownPaths(http, api.prefixes, async (request) => {
    await api.authenticate(request);
    throw unknownPath(request);
  });
}

/** The path of a request as it was sent. */
export function pathOf({ message }: FastifyRequest): string {
  const { target } = message;
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}

function askedBy<Account>(account: Account, request: FastifyRequest): Asked<Account> {
  return {
    account,
    params: request.params as Readonly<Record<string, string>>,
    headers: request.message.headers,
    about: (call) => request.exchange.call(call),
  };
}
