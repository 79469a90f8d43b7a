import type { Diagnosis } from '@countersign/core/diagnose';
import type { SigningTrace, TracePart } from '@countersign/core/trace';
import { Type, type Static } from 'typebox';
import type { AuthenticationRecord, Exchange } from '../../exchanges/exchange.ts';
import { bytesView, viewBytes } from './bytes-view.ts';

/** One line of the list of exchanges. */
export const exchangeSummary = Type.Object({
  id: Type.String(),
  provider: Type.String({ description: '`acs`, `sinch`, or `none` for paths that are no provider’s.' }),
  account: Type.Optional(Type.String()),
  receivedAtMs: Type.Number({ description: 'Wall clock, milliseconds since the epoch.' }),
  elapsedMs: Type.Optional(Type.Number()),
  method: Type.String(),
  target: Type.String(),
  status: Type.Optional(Type.Integer({ description: 'Absent until it was answered.' })),
  authentication: Type.Optional(
    Type.Object({
      scheme: Type.String(),
      outcome: Type.Enum(['accepted', 'tolerated', 'refused']),
      code: Type.Optional(Type.String()),
      summary: Type.Optional(Type.String()),
      mistakes: Type.Array(Type.String(), {
        description: 'Identifiers of the diagnosis, all of them needed together.',
      }),
    }),
  ),
  call: Type.Optional(Type.String()),
});
export type ExchangeSummary = Static<typeof exchangeSummary>;

const headers = Type.Array(Type.Tuple([Type.String(), Type.String()]));

/** How a signature came about: every part of the string to sign, with where it comes from. */
const traceView = Type.Object({
  scheme: Type.String(),
  claims: Type.Unsafe<SigningTrace['claims']>(Type.Object({ signature: Type.String() })),
  parts: Type.Array(
    Type.Object({
      name: Type.String(),
      source: Type.Unsafe<TracePart['source']>(Type.Object({ from: Type.String() })),
      before: Type.String(),
      bytes: bytesView,
      after: Type.String(),
    }),
  ),
  stringToSign: bytesView,
  expected: Type.Optional(
    Type.String({ description: 'Cut to six characters: a verifier that prints it is an oracle.' }),
  ),
  received: Type.Optional(Type.String()),
});
export type TraceView = Static<typeof traceView>;

/** One exchange, whole. */
export const exchangeView = Type.Object({
  ...exchangeSummary.properties,
  request: Type.Object({ headers, body: bytesView, bodyCut: Type.Boolean() }),
  response: Type.Optional(Type.Object({ status: Type.Integer(), headers, body: bytesView })),
  trace: Type.Optional(traceView),
  diagnosis: Type.Optional(Type.Unsafe<Diagnosis>(Type.Object({ verdict: Type.String() }))),
});
export type ExchangeView = Static<typeof exchangeView>;

export function summarizeExchange(exchange: Exchange): ExchangeSummary {
  const { id, provider, account, receivedAtMs, elapsedMs, request, response, authentication, call } = exchange;
  return {
    id,
    provider,
    ...(account !== undefined && { account }),
    receivedAtMs,
    ...(elapsedMs !== undefined && { elapsedMs }),
    method: request.method,
    target: request.target,
    ...(response && { status: response.status }),
    ...(authentication && { authentication: summarizeAuthentication(authentication) }),
    ...(call !== undefined && { call }),
  };
}

function summarizeAuthentication(record: AuthenticationRecord): NonNullable<ExchangeSummary['authentication']> {
  const { scheme, outcome, code, summary, diagnosis } = record;
  return {
    scheme,
    outcome,
    ...(code !== undefined && { code }),
    ...(summary !== undefined && { summary }),
    mistakes: diagnosis?.mistakes.map(({ id }) => id) ?? [],
  };
}

export function viewExchange(exchange: Exchange): ExchangeView {
  const { request, response, authentication, bodyCut = false } = exchange;
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  return {
    ...summarizeExchange(exchange),
    request: { headers: pairs(request.headers), body: viewBytes(body), bodyCut },
    ...(response && {
      response: { status: response.status, headers: pairs(response.headers), body: viewBytes(response.body) },
    }),
    ...(authentication?.trace && { trace: viewTrace(authentication.trace) }),
    ...(authentication?.diagnosis && { diagnosis: authentication.diagnosis }),
  };
}

function viewTrace({ parts, stringToSign, ...rest }: SigningTrace): TraceView {
  return {
    ...rest,
    parts: parts.map(({ bytes, ...part }) => ({ ...part, bytes: viewBytes(bytes) })),
    stringToSign: viewBytes(stringToSign),
  };
}

function pairs(list: readonly (readonly [string, string])[]): [string, string][] {
  return list.map(([name, value]) => [name, value]);
}
