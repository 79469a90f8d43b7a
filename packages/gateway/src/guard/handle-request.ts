import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLong, holdBody, NoRoom, type HeldBody } from '../body/held-body.ts';
import { findRoute } from './find-route.ts';
import type { GuardLimits } from './guard-limits.ts';
import type { Handling } from './handling.ts';
import { judge, unsignedHead, type Refused } from './judge.ts';
import { noteRepeat, pass, repeatOutcome, type RoutedPassage } from './pass.ts';
import { answerId, refuse, refuseHeld } from './refuse.ts';
import { pathOf } from './route.ts';

/** Bodies up to this length are read without a look at the head first. */
const shortBody = 16 * 1024;

/** Verifies one request, and forwards or refuses it. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
  waitsForContinue: boolean,
): Promise<void> {
  const id = handling.newId();
  follow(request, response, handling);
  let body: HeldBody | undefined;
  try {
    const found = findRoute(request, handling.routes);
    if ('code' in found) return refuse({ id, request, route: undefined }, found, undefined, response, handling);
    const passage = { id, request, route: found };
    const early = headProblem(passage, handling.limits);
    if (early) return refuse(passage, early, undefined, response, handling);
    if (waitsForContinue) response.writeContinue();
    try {
      body = await holdBody(request, found.scheme, handling.limits);
    } catch (error) {
      return refuseUnheld(passage, error as Error, response, handling);
    }
    const judging = judge(found, request, body);
    const judgement = judging instanceof Promise ? await judging : judging;
    noteRepeat(found, judgement, handling);
    if (judgement.ok || found.observe) await pass(passage, judgement, body, response, handling);
    else if (judgement.outcome) repeatOutcome(passage, judgement.outcome, response, handling);
    else await refuseHeld(passage, judgement, body, response, handling);
  } catch (error) {
    const reason = (error as Error).message;
    handling.log({ level: 'error', event: 'fault', id, path: pathOf(request.url ?? ''), reason });
    if (response.headersSent) response.destroy();
    else answerId(response, 500, id);
  } finally {
    if (body?.discard) await body.discard();
  }
}

/** Counts a request while it is under way. */
function follow(request: IncomingMessage, response: ServerResponse, { metrics, isDraining }: Handling): void {
  metrics.inFlight.inc();
  response.on('close', () => metrics.inFlight.dec());
  // A client that goes away is not a fault.
  request.on('error', ignore);
  response.on('error', ignore);
  if (isDraining()) response.setHeader('connection', 'close');
}

function ignore(): void {}

/** Why the request is refused without waiting for its body. */
function headProblem({ request, route }: RoutedPassage, limits: GuardLimits): Refused | undefined {
  const { headers } = request;
  // A body in chunks has no announced length.
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
  const early = length <= shortBody || route.observe ? undefined : unsignedHead(route, request);
  return early ?? (Number.isFinite(length) && length > limits.bodyBytes ? tooLong(limits) : undefined);
}

function tooLong({ bodyBytes }: GuardLimits): Refused {
  return { ok: false, code: 'body/too-long', summary: `the body has more than ${bodyBytes} bytes` };
}

/** Refuses a request whose body could not be read. */
function refuseUnheld(passage: RoutedPassage, error: Error, response: ServerResponse, handling: Handling): void {
  const { request } = passage;
  if (error instanceof BodyTooLong) return refuse(passage, tooLong(handling.limits), undefined, response, handling);
  if (error instanceof NoRoom)
    return refuse(passage, { ok: false, code: 'body/no-room', summary: error.message }, undefined, response, handling);
  if (!request.destroyed) throw error;
  // The parser has refused the request and answered it.
  if (request.socket.writableEnded) return;
  refuse(passage, { ok: false, code: 'body/cut', summary: 'the body was cut' }, undefined, response, handling);
}
