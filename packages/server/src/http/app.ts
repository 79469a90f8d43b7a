import { createServer as createHttpServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Message } from '@countersign/core/message';
import type { Redaction } from '@countersign/core/redaction';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type HookHandlerDoneFunction,
} from 'fastify';
import { bounds } from '../bounded/bounds.ts';
import { ByteBudget } from '../bounded/byte-budget.ts';
import type { ReceivedRequest } from '../contract/received-request.ts';
import type { Journal, JournalEntry } from '../exchanges/journal.ts';
import { ownTurns } from '../threads/own-turn.ts';
import { connectionNotices } from './connection-notices.ts';
import { diagnosisHeader } from './diagnosis-header.ts';
import { HttpError } from './http-error.ts';
import { receiveMessage } from './receive-message.ts';
import { answerMalformedHttp } from './malformed-http.ts';
import { OwnNames } from './own-names.ts';
import { strangerRefusal } from './refuse-strangers.ts';
import { routableTarget } from './request-target.ts';
import { UnreadAnswers } from './unread-answers.ts';
import './request.ts';

export interface HttpAppOptions {
  readonly journal: Journal;
  /** Bodies beyond this are refused with 413. */
  readonly bodyLimitBytes: number;
  /** The names under which requests may address the server. Default: loopback names. */
  readonly names?: OwnNames;
  /** What all bodies may hold that are being read; one more is refused with 503. */
  readonly underWayBytes?: number;
  /** Hides keys in errors, which quote requests. What is no error goes out as the provider would send it. */
  readonly redaction?: Redaction;
  /** What is served where, for whoever asks for something else: `['Messages', '/messages/…']`. */
  readonly servedAt?: readonly (readonly [what: string, paths: string])[];
  /** Serve https with this certificate; http otherwise. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Told of errors that are nobody's fault but the server's. */
  readonly onInternalError: (error: Error) => void;
  /** Told of clients that speak to the server in a way in which no request arrives. */
  readonly onNotice?: (notice: string) => void;
}

/** Requests for the server's own pages and API: watching it must not fill the journal that is being watched. */
const ownApi = /^\/_control(?:[/?]|$)/;
const ownPage = /^\/(?:assets\/|favicon|index\.html|\?|$)/;

/** No route has a Fastify schema (`json-schema/` checks bodies), so Fastify need not load Ajv: a twentieth of a start. */
const schemaController = {
  compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas },
} as const;

/**
 * Without a Host header Node would answer a bare 400; that header is for the signature, and the provider, to miss. A
 * connection is kept for longer than clients keep theirs: with Node's five seconds the request that follows a pause of as
 * many meets one that is just being closed, and fails, all the sooner on a busy machine.
 */
const serverOptions = { requireHostHeader: false, keepAliveTimeout: 75_000 } as const;

/**
 * Fastify as Countersign uses it: every request, whatever its method, content type or path, is read whole into
 * `request.message` and journaled as `request.exchange` before any other hook runs. Fastify parses no body. What a web
 * page from elsewhere makes a browser send is refused then, whatever its path.
 *
 * Each provider registers in its own scope with its own error handler; what Fastify or this module throws
 * (`HttpError`) reaches it there.
 */
export function createHttpApp(options: HttpAppOptions): FastifyInstance {
  const { journal, tls, redaction, names = new OwnNames() } = options;
  const { bodyLimitBytes } = options;
  const underWay = new ByteBudget('requests-under-way', options.underWayBytes ?? roomFor(bodyLimitBytes));
  const limits = { bodyLimitBytes, underWay };
  const unread = new UnreadAnswers();
  const noticed = connectionNotices(options.onNotice ?? (() => {}));
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    clientErrorHandler: (error, socket) => {
      noticed(error);
      answerMalformedHttp(error, socket);
    },
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    return503OnClosing: true,
    rewriteUrl: (request) => routableTarget(request.url ?? '/'),
    schemaController,
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: false },
    serverFactory: (handler) => {
      const server = tls
        ? createHttpsServer({ ...serverOptions, key: tls.key, cert: tls.cert }, handler)
        : createHttpServer(serverOptions, handler);
      // Node answers an expectation that it does not know with a bare 417; RFC 9110 lets a server go on.
      server.on('checkExpectation', handler);
      return server as never;
    },
  });
  // Bodies are read by the hook below, so Fastify's own reading and its opinions on content types are switched off.
  for (const method of app.supportedMethods) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });

  app.decorateRequest('message', null as never);
  app.decorateRequest('exchange', null as never);
  app.addHook('onRequest', receive);
  app.addHook('onSend', (request, reply, payload, done) => {
    const entry = request.exchange as JournalEntry | null;
    if (!entry) return done(null, payload);
    if (entry.journaled) void reply.header('x-countersign-exchange', entry.id);
    const diagnosis = diagnosisHeader(entry.exchange?.authentication ?? {}, entry.id);
    if (diagnosis !== undefined) void reply.header('x-countersign-diagnosis', diagnosis);
    const whole = bytesOf(payload);
    const bytes = whole && redaction && reply.statusCode >= 400 ? Buffer.from(redaction.bytes(whole)) : whole;
    entry.responseBody(bytes);
    // What has no length goes on for as long as somebody listens: event streams and live audio have bounds of their own.
    if (bytes) unread.add(reply.raw, bytes.length);
    else if (reply.hasHeader('content-length')) unread.add(reply.raw, 'streamed');
    // The answers of one turn of the event loop leave together at its end: a write wakes its client, which takes the
    // system longer than the write, unless the client is awake from the one before.
    // Text stays text: Node writes it in one piece with the head.
    setImmediate(done, null, bytes === whole ? payload : bytes);
  });
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.onInternalError(error);
    const message = status >= 500 ? 'the server failed to answer; its log says why' : error.message;
    return reply.code(status).send({ error: { code: error.code ?? 'internal', message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        code: 'not-found',
        message: `nothing is served at ${request.message.method} ${request.message.target.replace(/\?.*$/s, '')}; ${guide(options.servedAt)}`,
      },
    }),
  );
  return app;

  function receive(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
    const raw = request.raw as IncomingMessage & { originalUrl?: string };
    const target = raw.originalUrl ?? raw.url ?? '/';
    receiveMessage(raw, target, limits, (received) => {
      let entry: JournalEntry;
      try {
        entry = admit(received, target, request, reply);
      } catch (error) {
        return done(error as Error);
      }
      // What is recorded of it was searched for keys in this turn; it is judged in another.
      if (entry.journaled) ownTurns.begin(received.message.body.length, done);
      else done();
    });
  }

  /** Begins the exchange of a request. Throws for one that is refused before anybody looks at it. */
  function admit(
    received: ReceivedRequest,
    target: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): JournalEntry {
    request.message = received.message;
    const stranger = strangerRefusal(received.message, target, names);
    const isOwn = isOwnRequest(received.message);
    const entry = isOwn && !stranger ? journal.unrecorded() : journal.open(received);
    request.exchange = entry;
    // Not `once`, which costs more: what is finished stays as it is.
    reply.raw.on('prefinish', () =>
      entry.finish({ status: reply.statusCode, headers: reply.getHeaders() as OutgoingHttpHeaders }),
    );
    reply.raw.on('close', () => entry.finish(undefined));
    // Its client may have gone while its body waited for its turn.
    if (reply.raw.destroyed) entry.finish(undefined);
    if (stranger) {
      entry.authentication({ scheme: 'none', outcome: 'refused', ...stranger });
      throw new HttpError(403, stranger.code, stranger.summary);
    }
    if (received.body === 'cut') {
      void reply.header('connection', 'close');
      const summary = `the body is larger than the server's limit of ${bodyLimitBytes} bytes`;
      throw new HttpError(413, 'body/too-large', summary);
    }
    if (received.body === 'crowded') {
      void reply.header('retry-after', '1');
      throw new HttpError(503, 'server/busy', 'the bodies of other requests take all the room there is; send it again');
    }
    if (received.body === 'aborted')
      throw new HttpError(400, 'body/aborted', 'the body ended before its declared length');
    return entry;
  }
}

/** Whoever allows longer bodies than usual gets room for some of them at a time. */
function roomFor(bodyLimitBytes: number): number {
  return Math.max(bounds['requests-under-way'].bytes, 4 * bodyLimitBytes);
}

function withoutSchemas(): never {
  throw new Error('a route with a Fastify schema: this server has no compiler for it');
}

function isOwnRequest({ method, target }: Message): boolean {
  return ownApi.test(target) || ((method === 'GET' || method === 'HEAD') && ownPage.test(target));
}

const noBytes = new Uint8Array(0);

function bytesOf(payload: unknown): Uint8Array | undefined {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (payload instanceof Uint8Array) return payload;
  return payload === undefined || payload === null ? noBytes : undefined;
}

function guide(servedAt: HttpAppOptions['servedAt'] = []): string {
  const places = [...servedAt, ['the control API', '/_control/…'] as const];
  return places.map(([what, paths], index) => `${what} ${index === 0 ? 'is ' : ''}at ${paths}`).join(', ');
}
