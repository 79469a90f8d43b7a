import { checkCredential } from './check-credential.ts';
import { CountersignError, type ReceiverRefusalCode } from './errors.ts';
import { checkDate, checkFunction, checkHeaderNames, checkSeconds, noOptions } from './option-checks.ts';
import type { Message } from './message.ts';
import { atPlace, publicPlace } from './public-place.ts';
import {
  headFromIncoming,
  headFromRequest,
  type FetchRequest,
  type IncomingRequest,
  type MessageHead,
  type ReceiveOptions,
} from './receive.ts';
import { readRawBody, type UnreadRequest } from './raw-body.ts';
import { bodyProblem, messageBody, type IncomingBody } from './received-body.ts';
import type { RequestRules } from './request-rules.ts';
import { macOf } from './places/mac-choice.ts';
import { defineScheme, type Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { toleratedDeviations } from './tolerated-deviations.ts';
import { verify, type Verification, type VerifyOptions } from './verify.ts';

/** What a receiver of one scheme's requests is made of. */
export interface ReceiverOptions extends ReceiveOptions, Omit<VerifyOptions, 'now'> {
  readonly scheme: Scheme;
  /** One, or several during a rotation; the result says which matched. */
  readonly credentials: Credential | readonly Credential[];
  /** The verifier's clock. Defaults to the system's. */
  readonly now?: () => Date;
  /**
   * Called with every refusal; log it here, because the sender is not told the reason. An error that it throws or rejects
   * with is ignored, so that no sender can stop the server: the request is refused anyway.
   */
  readonly onRefused?: ((refusal: ReceiverRefusal, request: MessageHead) => unknown) | undefined;
}

/** A refused request: why, and what was read of it. */
export type ReceiverRefusal = Exclude<Verification<ReceiverRefusalCode>, { readonly ok: true }>;

/** How `receive` reads a body. */
export interface ReceiveLimits {
  /** How long a body may be, in bytes; a longer one is refused as `body/too-long`. Defaults to 1 MiB. */
  readonly limitBytes?: number;
}

/** The verdict on a request that was read here, and the bytes of its body where they could be read. */
export interface Received {
  readonly result: Verification<ReceiverRefusalCode>;
  /** What arrived: parse this, and only where the result is ok. */
  readonly body: Uint8Array;
}

/** Verifies the requests that one server receives. */
export interface Receiver {
  /**
   * Verifies a request that Node received.
   *
   * @param body the raw bytes, before any parser: `express.raw({ type: () => true, inflate: false })`, Fastify's buffer
   * parser, or the digest of a body that was streamed; `undefined` for a request that has none
   * @returns the verdict; `body/unreadable` when `body` is not what arrived, with what to do in its summary
   * @throws TypeError when `request` is not Node's
   */
  verify(request: IncomingRequest, body: IncomingBody): Verification<ReceiverRefusalCode>;
  /**
   * Verifies a request that Node received, and reads its body: what a platform or `express.raw` kept of it
   * (`request.rawBody`, `request.body`), else the stream, which must not have been read yet.
   *
   * @returns the verdict, and the body's bytes; `body/unreadable` where a parser came first
   * @throws TypeError when `request` is not Node's, or `limitBytes` no number
   */
  receive(request: UnreadRequest, limits?: ReceiveLimits): Promise<Received>;
  /**
   * Verifies a Fetch API `Request`, with the limits of `messageFromRequest`. Reads a copy of the body, so the request can
   * still be read; how long a body may be is for the server to limit before.
   */
  verifyRequest(request: FetchRequest): Promise<Verification<ReceiverRefusalCode>>;
}

/**
 * Makes the verifier of a server's requests. Every option is checked here, once, so that a server with a wrong
 * configuration does not start. After that no request makes it throw.
 *
 *     const callbacks = receiver({ scheme: sinchApplication, credentials: { keyId, secret } });
 *     app.post('/sinch', express.raw({ type: () => true, inflate: false }), (request, response) => {
 *       const result = callbacks.verify(request, request.body);
 *       if (!result.ok) return response.sendStatus(401);
 *
 * @throws TypeError naming the option that is missing, empty or of another type than it has to be
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and a credential has no id;
 * `key/id-malformed` when no request could name that id
 */
export function receiver(options: ReceiverOptions): Receiver {
  publicPlace(options);
  const scheme = checkedScheme(options.scheme);
  const credentials = checkedCredentials(scheme, options.credentials);
  const { verdictOf, told } = receiving(scheme, options);
  const judge = (head: MessageHead, body: IncomingBody): Verdict => {
    const { message, given } = verdictOf(head, body);
    if ('code' in message) return message;
    try {
      return verify(scheme, credentials, message, given);
    } catch (error) {
      return ofDigest(error);
    }
  };
  return {
    verify(request, body) {
      const head = headFromIncoming(request);
      return told(judge(head, body), head);
    },
    ...readingReceiver(judge, told),
  };
}

/** What of a receiver reads bodies by itself. @internal */
export function readingReceiver(
  judge: (head: MessageHead, body: IncomingBody) => Verdict | Promise<Verdict>,
  told: Receiving['told'],
): Pick<Receiver, 'receive' | 'verifyRequest'> {
  return {
    async receive(request, { limitBytes = 1024 * 1024 }: ReceiveLimits = noOptions) {
      if (!(limitBytes >= 0)) throw new TypeError('limitBytes must be a number of bytes, 0 or more');
      const head = headFromIncoming(request);
      const read = await readRawBody(request, limitBytes);
      if ('code' in read) return { result: told(refused(read.code, read.summary), head), body: new Uint8Array(0) };
      const result = told(await judge(head, read.body), head);
      return { result, body: read.body instanceof Uint8Array ? read.body : new Uint8Array(0) };
    },
    async verifyRequest(request) {
      const head = headFromRequest(request);
      if (request.bodyUsed) return told(unreadable('the body was read before: verify the request first'), head);
      let body: ArrayBuffer;
      try {
        body = await request.clone().arrayBuffer();
      } catch (error) {
        return told(unreadable(`the body cannot be read: ${(error as Error | undefined)?.message}`), head);
      }
      return told(await judge(head, body), head);
    },
  };
}

type Verdict = Verification<ReceiverRefusalCode>;

/** A message to judge and how, or why there is none. */
interface Judgeable {
  readonly message: Message | ReceiverRefusal;
  readonly given: VerifyOptions;
}

/** What the options say of every request, checked once. @internal */
export interface Receiving {
  readonly verdictOf: (head: MessageHead, body: IncomingBody) => Judgeable;
  /** Tells of a refusal, and hands it on. */
  readonly told: <Result extends { readonly ok: boolean }>(result: Result, head: MessageHead) => Result;
}

/** Checks the options that do not depend on the scheme's kind. @internal */
export function receiving(scheme: RequestRules, options: Omit<ReceiverOptions, 'scheme' | 'credentials'>): Receiving {
  const place = publicPlace(options);
  const { now = () => new Date(), toleranceSeconds, tolerate, furtherHeaders, onRefused } = options;
  if (toleranceSeconds !== undefined) checkSeconds('toleranceSeconds', toleranceSeconds);
  toleratedDeviations(scheme, tolerate);
  if (furtherHeaders !== undefined) checkHeaderNames('furtherHeaders', furtherHeaders);
  checkFunction('now', now, 'a function that returns a Date');
  if (onRefused !== undefined) checkFunction('onRefused', onRefused, 'a function that takes a refusal');
  // The lists are copied, and options that were left out are present as `undefined`, so that later changes to a list or
  // to `Object.prototype` have no effect.
  const accepted = Array.isArray(tolerate) ? [...tolerate] : tolerate;
  const further = furtherHeaders && [...furtherHeaders];
  return {
    verdictOf(head, body) {
      const time = now();
      checkDate('now()', time);
      // Each time of one shape: a member behind a copy by `...` costs more than reading the date.
      const given = { now: time, toleranceSeconds, tolerate: accepted, furtherHeaders: further } as VerifyOptions;
      const problem = bodyProblem(head.headers, body);
      if (problem !== undefined) return { message: unreadable(problem), given };
      const { method, target, headers } = head;
      return { message: atPlace({ method, target, headers, body: messageBody(body) }, place), given };
    },
    told(result, head) {
      if (!result.ok && onRefused) tell(onRefused, result as unknown as ReceiverRefusal, head);
      return result;
    },
  };
}

/** The refusal of a streamed body whose digest this scheme cannot use; anything else is no request's fault. @internal */
export function ofDigest(error: unknown): ReceiverRefusal {
  if (error instanceof CountersignError && !error.code.startsWith('key/')) return unreadable(error.message);
  throw error;
}

/** Calls `onRefused`. If it fails, the request is still refused. */
function tell(onRefused: NonNullable<ReceiverOptions['onRefused']>, refusal: ReceiverRefusal, head: MessageHead): void {
  try {
    const done = onRefused(refusal, head) as PromiseLike<unknown> | undefined;
    if (typeof done?.then === 'function') done.then(undefined, () => undefined);
  } catch {
    // Said of the option.
  }
}

/** A copy of the scheme, so that later changes to it have no effect. */
function checkedScheme(scheme: Scheme): Scheme {
  if (typeof scheme !== 'object' || scheme === null) {
    throw new TypeError('scheme must be a scheme: one of @countersign/core/schemes/<id>, or your own of defineScheme');
  }
  return defineScheme(scheme);
}

/** A copy of the list, so that later changes to it have no effect. */
function checkedCredentials(scheme: Scheme, given: ReceiverOptions['credentials']): readonly Credential[] {
  const credentials = (Array.isArray(given) ? [...given] : [given]) as readonly Credential[];
  if (credentials.length === 0) throw new TypeError('credentials must be at least one credential: the list is empty');
  for (const credential of credentials) {
    checkCredential(scheme, credential);
    // A secret that cannot sign (a proxy, a bare prototype, an algorithm that is not loaded) would throw at each request.
    credential.secret.mac(macOf(scheme, credential).algorithm);
  }
  return credentials;
}

/** @internal */
export function unreadable(summary: string): ReceiverRefusal {
  return refused('body/unreadable', summary);
}

/** @internal */
export function refused(code: ReceiverRefusalCode, summary: string): ReceiverRefusal {
  return { ok: false, code, summary, trace: () => undefined };
}
