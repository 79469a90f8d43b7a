import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { headFromIncoming } from '@countersign/core/receive';
import type { Metrics } from '../admin/metrics.ts';
import { BodyTooLong, holdBody, type HeldBody } from '../body/held-body.ts';
import type { Log, LogEntry } from '../log/log.ts';
import type { Outcome } from '../replay/replay-store.ts';
import type { Forwarder } from '../wire/forward.ts';
import { verifiedHeader, verifiedValue } from '../wire/forwarded-headers.ts';
import { framingProblem } from '../wire/framing.ts';
import { forwardUpgrade, upgradeProblem } from '../wire/upgrade.ts';
import type { GuardLimits } from './guard-limits.ts';
import { judge, statusOf, unsignedHead, type Judgement } from './judge.ts';
import { KeptRefusals } from './kept-refusals.ts';
import { pathOf, routeOf, type Route } from './route.ts';

/** What requests are handled with. */
export interface Handling {
  readonly routes: readonly Route[];
  readonly limits: GuardLimits;
  readonly metrics: Metrics;
  readonly forwarder: Forwarder;
  /** The connections of open WebSockets. */
  readonly sockets: Set<Duplex>;
  /** The connections on which an answer is on its way. */
  readonly answering: WeakMap<Duplex, ServerResponse>;
  /** Where refusals are kept, when somebody can ask for them. */
  readonly refusals: KeptRefusals | undefined;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly isDraining: () => boolean;
}

type Refused = Extract<Judgement, { ok: false }>;

/** A request on its way. */
interface Passage {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly route: Route | undefined;
}

/** A body that is not worth a look at the head alone. */
const shortBody = 16 * 1024;

/** Verifies one request, and forwards or refuses it. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
  waitsForContinue: boolean,
): Promise<void> {
  const { metrics, log, newId } = handling;
  const id = newId();
  metrics.inFlight.inc();
  const { socket } = request;
  handling.answering.set(socket, response);
  response.once('close', () => {
    metrics.inFlight.dec();
    handling.answering.delete(socket);
  });
  // Whoever goes away while they are answered is no fault of anybody.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  if (handling.isDraining()) response.setHeader('connection', 'close');
  let body: HeldBody | undefined;
  try {
    const found = findRoute(request, handling.routes);
    const passage = { id, request, route: 'code' in found ? undefined : found };
    if ('code' in found) return answerRefusal(passage, found, undefined, response, handling);
    // Of chunks nobody knows how many there are.
    const length = Number(request.headers['content-length'] ?? (request.headers['transfer-encoding'] ? Infinity : 0));
    const early = length <= shortBody || found.observe ? undefined : unsignedHead(found, request);
    if (early && !early.ok) return answerRefusal(passage, early, undefined, response, handling);
    if (Number.isFinite(length) && length > handling.limits.bodyBytes)
      return answerRefusal(passage, tooLong(handling.limits), undefined, response, handling);
    if (waitsForContinue) response.writeContinue();
    try {
      body = await holdBody(request, found.scheme, handling.limits);
    } catch (error) {
      if (error instanceof BodyTooLong)
        return answerRefusal(passage, tooLong(handling.limits), undefined, response, handling);
      if (!request.destroyed) throw error;
      // The parser has refused what came, and said so.
      if (socket.writableEnded) return;
      return answerRefusal(
        passage,
        { ok: false, code: 'body/cut', summary: 'the body was cut' },
        undefined,
        response,
        handling,
      );
    }
    const judgement = await judge(found, request, body);
    note(found, judgement, metrics);
    if (!judgement.ok && judgement.outcome && !found.observe)
      return repeatOutcome(passage, judgement.outcome, response, handling);
    if (!judgement.ok && !found.observe) return await refuseHeld(passage, judgement, body, response, handling);
    await pass({ ...passage, route: found }, judgement, body, response, handling);
  } catch (error) {
    log({ level: 'error', event: 'fault', id, path: pathOf(request.url ?? ''), reason: (error as Error).message });
    if (response.headersSent) response.destroy();
    else answerId(response, 500, id);
  } finally {
    await body?.discard();
  }
}

/** Verifies a handshake for WebSocket, and joins the two sides or refuses it. */
export async function handleUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  handling: Handling,
): Promise<void> {
  const { metrics, log, newId, sockets, limits } = handling;
  const id = newId();
  socket.on('error', () => socket.destroy());
  const refuse = (passage: Passage, refused: Refused): void => {
    const status = told(passage, refused, new Uint8Array(0), handling);
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${id.length}\r\nConnection: close\r\n\r\n${id}`,
    );
  };
  try {
    const problem = upgradeProblem(request);
    const found = problem === undefined ? findRoute(request, handling.routes) : ambiguous(problem);
    const passage = { id, request, route: 'code' in found ? undefined : found };
    if ('code' in found) return refuse(passage, found);
    const body = noBody;
    const judgement = await judge(found, request, body);
    note(found, judgement, metrics);
    if (!judgement.ok && !found.observe) return refuse(passage, judgement);
    sockets.add(socket);
    metrics.webSockets.inc();
    socket.once('close', () => {
      sockets.delete(socket);
      metrics.webSockets.dec();
    });
    tellPassing(passage, judgement, handling);
    const status = await forwardUpgrade(request, socket, head, {
      upstream: found.upstream,
      addedHeaders: addedHeaders(id, judgement, found),
      timeoutMs: limits.upstreamSeconds * 1000,
      beforeAnswer: async (answered) => settle(judgement, answered < 500, undefined),
    });
    log({ ...entryOf(passage), level: 'info', event: 'accepted', status });
  } catch (error) {
    log({ level: 'error', event: 'fault', id, path: pathOf(request.url ?? ''), reason: (error as Error).message });
    socket.destroy();
  }
}

const noBody: HeldBody = {
  length: 0,
  content: new Uint8Array(0),
  bytes: async () => new Uint8Array(0),
  chunks: () => [],
  discard: async () => undefined,
};

/** Forwards a request, and settles or releases its claim by what became of it. */
async function pass(
  passage: Passage & { readonly route: Route },
  judgement: Judgement,
  body: HeldBody,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const { id, request, route } = passage;
  const { metrics, forwarder, log } = handling;
  tellPassing(passage, judgement, handling);
  const began = performance.now();
  const result = await forwarder.forward(request, body, response, {
    upstream: route.upstream,
    addedHeaders: addedHeaders(id, judgement, route),
    keepsOutcome: route.keepsOutcomes && judgement.ok,
    beforeAnswer: async (status) => (status >= 500 ? settle(judgement, false, undefined) : undefined),
    beforeEnd: (outcome) => settle(judgement, true, outcome),
  });
  const upstreamMs = Math.round(performance.now() - began);
  const { status } = result;
  metrics.upstreamSeconds.observe({ route: route.name, status: `${Math.floor(status / 100)}xx` }, upstreamMs / 1000);
  if (!result.answered) {
    metrics.upstreamFailures.inc({ route: route.name });
    await settle(judgement, false, undefined);
    log({ ...entryOf(passage), level: 'error', event: 'upstream-failed', reason: result.reason, status, upstreamMs });
    if (!response.headersSent) answerId(response, status, id);
    return;
  }
  if (!judgement.ok) return;
  const { verified, replay } = judgement;
  const key = keyOf(verified.keyId, verified.credential.name);
  log({ ...entryOf(passage), level: 'info', event: 'accepted', key, replay, status, upstreamMs, bytes: body.length });
}

/** In observe mode what would be refused is said before it goes on. */
function tellPassing(passage: Passage, judgement: Judgement, { metrics, log }: Handling): void {
  const route = passage.route?.name ?? '';
  if (judgement.ok) return metrics.accepted.inc({ route });
  const { code, summary } = judgement;
  metrics.observed.inc({ route, code });
  log({ ...entryOf(passage), level: 'warn', event: 'observed', code, reason: summary });
}

function note({ name }: Route, judgement: Judgement, metrics: Metrics): void {
  const isRepeat = judgement.ok ? judgement.replay === 'repeated' : judgement.code === 'replay/repeated';
  if (isRepeat || (!judgement.ok && judgement.code === 'replay/in-progress')) metrics.repeats.inc({ route: name });
}

async function settle(judgement: Judgement, wasActedUpon: boolean, outcome: Outcome | undefined): Promise<void> {
  if (!judgement.ok || !judgement.claim) return;
  await (wasActedUpon ? judgement.claim.settle(outcome) : judgement.claim.release());
}

function addedHeaders(id: string, judgement: Judgement, { scheme }: Route): string[] {
  if (!judgement.ok) return [];
  const { verified, replay } = judgement;
  const { keyId, credential, signedAt } = verified;
  return [
    verifiedHeader,
    verifiedValue({ id, scheme: scheme.id, key: keyOf(keyId, credential.name), signedAt, replay }),
  ];
}

function keyOf(keyId: string | undefined, name: string | undefined): string | undefined {
  return keyId ?? name;
}

function findRoute(request: IncomingMessage, routes: readonly Route[]): Route | Refused {
  const problem = framingProblem(request);
  if (problem !== undefined) return ambiguous(problem);
  const route = routeOf(routes, request.url ?? '');
  if (route === 'ambiguous') return ambiguous('the path may be resolved to another one, behind another route');
  return route ?? { ok: false, code: 'route/none', summary: 'no route takes this path' };
}

function ambiguous(summary: string): Refused {
  return { ok: false, code: 'framing/ambiguous', summary };
}

function tooLong({ bodyBytes }: GuardLimits): Refused {
  return { ok: false, code: 'body/too-long', summary: `the body has more than ${bodyBytes} bytes` };
}

async function refuseHeld(
  passage: Passage,
  refused: Refused,
  body: HeldBody,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const isKept = handling.refusals !== undefined && body.length <= KeptRefusals.longestBody;
  answerRefusal(passage, refused, isKept ? await body.bytes() : undefined, response, handling);
}

/** Nothing but the id: behind a tunnel everyone looks like this machine, so no answer says why. */
function answerRefusal(
  passage: Passage,
  refused: Refused,
  body: Uint8Array | undefined,
  response: ServerResponse,
  handling: Handling,
): void {
  const status = told(passage, refused, body, handling);
  if (status === 503) response.setHeader('retry-after', '1');
  // What is not read would be taken for the next request.
  if (!passage.request.complete) response.setHeader('connection', 'close');
  answerId(response, status, passage.id);
}

/** Logs, counts and keeps a refusal. Returns its status. */
function told(passage: Passage, refused: Refused, body: Uint8Array | undefined, handling: Handling): number {
  const { id, request, route } = passage;
  const { code, summary } = refused;
  const status = statusOf(code);
  handling.metrics.refused.inc({ route: route?.name ?? '', code });
  const level = status >= 500 ? 'error' : 'warn';
  handling.log({ ...entryOf(passage), level, event: 'refused', code, reason: summary, status });
  if (route && handling.refusals) {
    const head = headFromIncoming(request);
    handling.refusals.add({ id, at: handling.now(), route, code, summary, head, body });
  }
  return status;
}

function entryOf({ id, request, route }: Passage): Omit<LogEntry, 'level' | 'event'> {
  const { method, url = '' } = request;
  return { id, route: route?.name, scheme: route?.scheme.id, method, path: pathOf(url) };
}

function answerId(response: ServerResponse, status: number, id: string): void {
  response.setHeader('content-type', 'text/plain');
  response.setHeader('content-length', id.length);
  if (status === 401) response.setHeader('www-authenticate', 'Signature');
  response.writeHead(status).end(id);
}

function repeatOutcome(passage: Passage, outcome: Outcome, response: ServerResponse, { log }: Handling): void {
  const { status, headers, body } = outcome;
  log({ ...entryOf(passage), level: 'info', event: 'accepted', replay: 'repeated', status });
  response.sendDate = false;
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(body.length)]);
  response.end(body);
}
