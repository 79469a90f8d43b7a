import { plugs } from '../../plugs.ts';
import type { Diagnosis } from '@countersign/core/diagnose';
import type { SigningTrace, TracePart } from '@countersign/core/trace';
import type { Exchange } from '../../exchanges/exchange.ts';
import type { AuthenticationRecord } from '../../contract/exchange-recorder.ts';
import {
  array,
  boolean,
  choice,
  integer,
  number,
  object,
  optional,
  string,
  tuple,
  typed,
  type Static,
} from '../../json-schema/schema.ts';
import { bytesView, viewBytes } from './bytes-view.ts';

const providerNames = plugs.map(({ name }) => `\`${name}\``).join(', ');

/** One line of the list of exchanges. */
export const exchangeSummary = object({
  id: string(),
  provider: string({ description: `${providerNames}, or \`none\` for paths that are no provider’s.` }),
  account: optional(string()),
  receivedAtMs: number({ description: 'Wall clock, milliseconds since the epoch.' }),
  elapsedMs: optional(number()),
  method: string(),
  target: string(),
  status: optional(integer({ description: 'Absent until it was answered.' })),
  authentication: optional(
    object({
      scheme: string(),
      outcome: choice(['accepted', 'tolerated', 'refused']),
      code: optional(string()),
      summary: optional(string()),
      mistakes: array(string(), {
        description: 'Identifiers of the diagnosis, all of them needed together.',
      }),
      undiagnosed: optional(string({ description: 'Why nobody looked for the mistake.' })),
    }),
  ),
  call: optional(string()),
});
/** A request and its answer, as a list shows them. */
export type ExchangeSummary = Static<typeof exchangeSummary>;

const headers = array(tuple([string(), string()]));

/** How a signature came about: every part of the string to sign, with where it comes from. */
const traceView = object({
  scheme: string(),
  claims: typed<SigningTrace['claims']>(object({ signature: string() })),
  parts: array(
    object({
      name: string(),
      source: typed<TracePart['source']>(object({ from: string() })),
      before: string(),
      bytes: bytesView,
      after: string(),
    }),
  ),
  stringToSign: bytesView,
  expected: optional(string({ description: 'Cut to six characters: a verifier that prints it is an oracle.' })),
  received: optional(string()),
});
/** How a signature comes about, in JSON. */
export type TraceView = Static<typeof traceView>;

/** One exchange, whole. */
export const exchangeView = object({
  ...exchangeSummary.properties,
  request: object({ headers, body: bytesView, bodyCut: boolean() }),
  response: optional(
    object({
      status: integer(),
      headers,
      body: bytesView,
      bodyBytes: optional(integer({ description: 'How long the body was, when only its beginning is here.' })),
    }),
  ),
  redacted: optional(
    boolean({
      description: 'A configured key stood in the request; it is masked, so that this is not what was signed.',
    }),
  ),
  trace: optional(traceView),
  diagnosis: optional(typed<Diagnosis>(object({ verdict: string() }))),
});
/** A request and its answer with everything that is kept of them. */
export type ExchangeView = Static<typeof exchangeView>;

/** An exchange as a list shows it. */
export function summarizeExchange(exchange: Exchange): ExchangeSummary {
  return new StandingExchange(exchange).summary();
}

/** What a summary tells of an exchange, at one time: the exchange goes on. It weighs half of the summary. */
export class StandingExchange {
  readonly #id: string;
  readonly #provider: string;
  readonly #account: string | undefined;
  readonly #receivedAtMs: number;
  readonly #elapsedMs: number | undefined;
  readonly #method: string;
  readonly #target: string;
  readonly #status: number | undefined;
  readonly #authentication: AuthenticationSummary | undefined;
  readonly #call: string | undefined;

  constructor(exchange: Exchange) {
    const { id, provider, account, receivedAtMs, elapsedMs, request, response, authentication, call } = exchange;
    this.#id = id;
    this.#provider = provider;
    this.#account = account;
    this.#receivedAtMs = receivedAtMs;
    this.#elapsedMs = elapsedMs;
    this.#method = request.method;
    this.#target = request.target;
    this.#status = response?.status;
    this.#authentication = authentication && summarizeAuthentication(authentication);
    this.#call = call;
  }

  /** How the request was judged so far. */
  get authentication(): AuthenticationSummary | undefined {
    return this.#authentication;
  }

  summary(): ExchangeSummary {
    const authentication = this.#authentication;
    return {
      id: this.#id,
      provider: this.#provider,
      ...(this.#account !== undefined && { account: this.#account }),
      receivedAtMs: this.#receivedAtMs,
      ...(this.#elapsedMs !== undefined && { elapsedMs: this.#elapsedMs }),
      method: this.#method,
      target: this.#target,
      ...(this.#status !== undefined && { status: this.#status }),
      ...(authentication && { authentication: { ...authentication, mistakes: [...authentication.mistakes] } }),
      ...(this.#call !== undefined && { call: this.#call }),
    };
  }
}

/** How a request was judged, as a list shows it. */
export type AuthenticationSummary = NonNullable<ExchangeSummary['authentication']>;

/** Those of requests that were accepted, by their schemes: there is nothing else to say of them. */
const accepted = new Map<string, AuthenticationSummary>();

function summarizeAuthentication(record: AuthenticationRecord): AuthenticationSummary {
  const { scheme, outcome, code, summary, diagnosis, undiagnosed } = record;
  const known = outcome === 'accepted' ? accepted.get(scheme) : undefined;
  if (known) return known;
  const judged = {
    scheme,
    outcome,
    ...(code !== undefined && { code }),
    ...(summary !== undefined && { summary }),
    mistakes: diagnosis?.mistakes.map(({ id }) => id) ?? [],
    ...(undiagnosed !== undefined && { undiagnosed }),
  };
  if (outcome === 'accepted') accepted.set(scheme, judged);
  return judged;
}

/** An exchange with everything that is kept of it. */
export function viewExchange(exchange: Exchange): ExchangeView {
  const { request, response, authentication, bodyCut = false, redacted } = exchange;
  const trace = authentication?.trace?.();
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
  return {
    ...summarizeExchange(exchange),
    request: { headers: pairs(request.headers), body: viewBytes(body), bodyCut },
    ...(redacted && { redacted }),
    ...(response && {
      response: {
        status: response.status,
        headers: pairs(response.headers),
        body: viewBytes(response.body),
        ...(response.bodyBytes !== undefined && { bodyBytes: response.bodyBytes }),
      },
    }),
    ...(trace && { trace: viewTrace(trace) }),
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
