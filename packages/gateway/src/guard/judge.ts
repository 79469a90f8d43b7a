import type { IncomingMessage } from 'node:http';
import { readClaims } from '@countersign/core/claims';
import type { ReceiverRefusalCode } from '@countersign/core/errors';
import type { Header } from '@countersign/core/message';
import { headFromIncoming } from '@countersign/core/receive';
import type { Accepted } from '@countersign/core/verify';
import type { HeldBody } from '../body/held-body.ts';
import type { ReplayGuard, ReplayVerdict } from '../replay/replay-guard.ts';
import type { Outcome } from '../replay/replay-store.ts';
import { secondReading } from './names-alike.ts';
import type { Route, RouteCredential, RouteVerification } from './route.ts';

/** A reason to refuse a request: those of `verify`, of replay protection, and of the wire. */
export type GuardRefusalCode =
  | ReceiverRefusalCode
  | Extract<ReplayVerdict, { ok: false }>['code']
  | 'body/too-long'
  | 'body/cut'
  | 'body/no-room'
  | 'framing/ambiguous'
  | 'route/none';

/** What is to be done with a request. */
export type Judgement =
  | {
      readonly ok: true;
      readonly verified: Accepted<RouteCredential>;
      readonly replay: 'fresh' | 'repeated' | 'unchecked';
      /** What was claimed: settled or released when the upstream has answered. */
      readonly claim?: Extract<ReplayVerdict, { replay: 'fresh' }>;
    }
  | {
      readonly ok: false;
      readonly code: GuardRefusalCode;
      readonly summary: string;
      /** Whether the signature is right: what is refused is a repeat, or cannot be known to be none. */
      readonly verified?: Accepted<RouteCredential>;
      /** What was answered to the first one. */
      readonly outcome?: Outcome;
    };

/** Why a request is refused. */
export type Refused = Extract<Judgement, { ok: false }>;

/** Whether the head alone says that nothing was signed: then the body need not be waited for. */
export function unsignedHead({ scheme }: Route, request: IncomingMessage): Refused | undefined {
  const claims = readClaims(scheme, { ...headFromIncoming(request), body: new Uint8Array(0) });
  return !claims.ok && claims.code === 'authorization/missing' ? claims : undefined;
}

/** Verifies a request, and claims it where repeats are known: at once where nothing has to be waited for. */
export function judge(route: Route, request: IncomingMessage, body: HeldBody): Promise<Judgement> | Judgement {
  const { content } = body;
  // By the digest where one is there and the scheme takes it, else by the bytes.
  const result = content && route.receiver.verify(request, content);
  if (result instanceof Promise) return result.then((later) => judgeContent(route, request, body, later));
  return judgeContent(route, request, body, result);
}

function judgeContent(
  route: Route,
  request: IncomingMessage,
  body: HeldBody,
  result: RouteVerification | undefined,
): Promise<Judgement> | Judgement {
  if (result && (result.ok || result.code !== 'body/unreadable' || body.content instanceof Uint8Array))
    return judgeVerified(route, request, result);
  return judgeBytes(route, request, body);
}

async function judgeBytes(route: Route, request: IncomingMessage, body: HeldBody): Promise<Judgement> {
  return judgeVerified(route, request, await route.receiver.verify(request, await body.bytes()));
}

function judgeVerified(
  { replays, schemeNames }: Route,
  request: IncomingMessage,
  result: RouteVerification,
): Promise<Judgement> | Judgement {
  if (!result.ok) return { ok: false, code: result.code, summary: result.summary };
  const second = secondReading(request.rawHeaders, request.rawTrailers, schemeNames, () => result.coveredHeaders);
  if (second !== undefined) return { ok: false, code: 'framing/ambiguous', summary: second };
  return replays ? claimed(replays, request, result) : { ok: true, verified: result, replay: 'unchecked' };
}

async function claimed(
  replays: ReplayGuard,
  request: IncomingMessage,
  verified: Accepted<RouteCredential>,
): Promise<Judgement> {
  const verdict = await replays.claim(verified, new ClaimedMessage(request));
  if (!verdict.ok) {
    const { code, summary } = verdict;
    const outcome = 'outcome' in verdict ? verdict.outcome : undefined;
    return { ok: false, code, summary, verified, ...(outcome && { outcome }) };
  }
  if (verdict.replay === 'repeated') return { ok: true, verified, replay: 'repeated' };
  return { ok: true, verified, replay: 'fresh', claim: verdict };
}

/** Its headers are only asked for where there is a message id. */
class ClaimedMessage {
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get headers(): readonly Header[] {
    return headFromIncoming(this.#request).headers;
  }
}

/**
 * The status of a refusal. 401: the sender proved nothing. 403: the sender is known, but the request is too old, or
 * a repeat. 400: it can be read in two ways. 500 and 503: the guard's own fault, so the sender may try again.
 */
export function statusOf(code: GuardRefusalCode): number {
  switch (code) {
    case 'authorization/duplicate':
    case 'date/duplicate':
    case 'header/duplicate':
    case 'header/malformed':
    case 'method/malformed':
    case 'target/malformed':
    case 'framing/ambiguous':
    case 'body/cut':
      return 400;
    case 'date/expired':
    case 'date/future':
    case 'replay/repeated':
    case 'replay/id-unsigned':
      return 403;
    case 'route/none':
      return 404;
    case 'body/too-long':
      return 413;
    case 'body/unreadable':
      return 500;
    case 'replay/in-progress':
    case 'replay/unavailable':
    case 'body/no-room':
      return 503;
    default:
      return 401;
  }
}
