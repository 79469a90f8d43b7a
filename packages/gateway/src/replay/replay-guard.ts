import { createHash } from 'node:crypto';
import type { Message } from '@countersign/core/message';
import { headerValue } from '@countersign/core/message';
import type { AnyScheme } from '@countersign/core/public-key-scheme';
import type { Accepted, NamedKey } from '@countersign/core/verify';
import { within } from './deadline.ts';
import type { Claim, FreshClaim, Outcome, ReplayStore } from './replay-store.ts';

/** What becomes of a request that was there before. */
export const onRepeatChoices = ['refuse', 'repeat-outcome', 'allow'] as const;

/** One of `onRepeatChoices`. */
export type OnRepeat = (typeof onRepeatChoices)[number];

/** How repeats of one scheme's requests are known, and what becomes of them. */
export interface ReplayOptions {
  readonly scheme: AnyScheme;
  /** The tolerance that `verify` is given, in seconds. Defaults to the scheme's. */
  readonly toleranceSeconds?: number | undefined;
  /**
   * For how long a request is remembered, in seconds; `Infinity` for good. Defaults to twice the tolerance, because a date
   * may lie ahead; must be given where the scheme signs no time, and the verdict then says that a later replay passes.
   */
  readonly ttlSeconds?: number | undefined;
  /**
   * `refuse` (the default); `repeat-outcome` answers what was answered to the first one, because official SDKs resend an
   * identical request when they retry; `allow` says that it is a repeat and lets it pass.
   */
  readonly onRepeat?: OnRepeat | undefined;
  /**
   * The signed header that carries the provider's id of the message. A retry that is signed anew is then a repeat too.
   * Defaults to the `replayKey`: the same signed bytes.
   */
  readonly messageIdHeader?: string | undefined;
  /** How long the store may take for one step, in milliseconds. 1000. */
  readonly deadlineMs?: number | undefined;
}

/** Whether a verified request may be acted upon. */
export type ReplayVerdict =
  | {
      readonly ok: true;
      readonly replay: 'fresh';
      /** Whether the same request passes again one day, because it stays valid for longer than it is remembered. */
      readonly laterReplayPasses: boolean;
      /** The request was acted upon. Give the answer where repeats are to get it again. */
      settle(outcome?: Outcome): Promise<void>;
      /** The request was not acted upon (5xx, silence), so the sender's retry has to pass. */
      release(): Promise<void>;
    }
  | { readonly ok: true; readonly replay: 'repeated'; readonly firstSeenAt: Date }
  | {
      readonly ok: false;
      readonly code: 'replay/repeated';
      readonly summary: string;
      readonly firstSeenAt: Date;
      /** With `repeat-outcome`: what to answer. Absent where it was not kept. */
      readonly outcome?: Outcome;
    }
  | {
      readonly ok: false;
      /**
       * `replay/in-progress`: the first one is being answered, and its outcome is not known yet. `replay/unavailable`: the
       * store does not say. `replay/id-unsigned`: the message id is not there, or its header is not signed.
       */
      readonly code: 'replay/in-progress' | 'replay/unavailable' | 'replay/id-unsigned';
      readonly summary: string;
    };

/** Knows repeats of verified requests. */
export interface ReplayGuard {
  /**
   * Claims a request. Only for what `verify` accepted: a request that is refused would else take the place of the right one.
   *
   * @param verified what `verify` returned
   * @param message the request; only read for a message id
   * @returns never a rejection: where the store fails, the verdict is `replay/unavailable`, and nobody is let in
   */
  claim(verified: Accepted<NamedKey>, message?: Pick<Message, 'headers'>): Promise<ReplayVerdict>;
}

/**
 * Replay protection, after `verify`:
 *
 *     const replays = replayGuard(memoryStore(), { scheme: sinchApplication });
 *     const verdict = await replays.claim(verification);
 *     if (!verdict.ok) return refuse(verdict.code);
 *
 * @throws TypeError when an option cannot be used; when there is no signed time and no `ttlSeconds`; when requests would be
 * forgotten while they are still fresh
 */
export function replayGuard(store: ReplayStore, options: ReplayOptions): ReplayGuard {
  if (typeof store?.claim !== 'function') throw new TypeError('store must have a function `claim`');
  const { scheme, onRepeat = 'refuse', messageIdHeader, deadlineMs = 1000 } = options;
  if (!onRepeatChoices.includes(onRepeat))
    throw new TypeError(`onRepeat must be one of ${onRepeatChoices.join(', ')}; it is ${JSON.stringify(onRepeat)}`);
  if (!(deadlineMs > 0)) throw new TypeError('deadlineMs must be a number of milliseconds');
  const { ttlMs, laterReplayPasses } = timeToLive(options);

  const keyOf = (verified: Accepted<NamedKey>, message: Pick<Message, 'headers'> | undefined): string | undefined => {
    if (messageIdHeader === undefined) return verified.replayKey;
    const name = messageIdHeader.toLowerCase();
    const id = verified.coveredHeaders.includes(name) && message && headerValue(message.headers, name);
    return id ? idKey(scheme, verified, id) : undefined;
  };
  return {
    async claim(verified, message) {
      if (verified?.ok !== true) throw new TypeError('claim takes what `verify` accepted');
      const key = keyOf(verified, message);
      if (key === undefined) {
        const summary = `the request has no signed ${messageIdHeader} header, by which repeats would be known`;
        return { ok: false, code: 'replay/id-unsigned', summary };
      }
      const rememberedMs = Math.max(ttlMs, validForMs(scheme, verified));
      try {
        const claiming = store.claim(key, rememberedMs);
        // A claim that comes too late is nobody's: without its release the sender's retry would be a repeat.
        const releaseLate = (late: Claim): void => {
          if (late.fresh) void attempt(deadlineMs, () => late.release());
        };
        const claim = claiming instanceof Promise ? await within(deadlineMs, claiming, releaseLate) : claiming;
        return claim.fresh
          ? freshVerdict(claim, laterReplayPasses, deadlineMs)
          : repeatedVerdict(claim.firstSeenAt, claim.outcome, onRepeat);
      } catch (error) {
        const summary = `the replay store cannot say whether the request was there before: ${(error as Error).message}`;
        return { ok: false, code: 'replay/unavailable', summary };
      }
    },
  };
}

/** Where a request says itself until when it is valid, it is remembered until then, however long that is. */
function validForMs({ date }: AnyScheme, { signedAt }: Accepted<NamedKey>): number {
  if (!date?.expires || signedAt === undefined) return 0;
  // What is judged to a second is remembered for one more.
  return signedAt.getTime() - Date.now() + 1000 * ((date.leewaySeconds ?? 0) + 1);
}

function timeToLive({ scheme, toleranceSeconds, ttlSeconds }: ReplayOptions): {
  ttlMs: number;
  laterReplayPasses: boolean;
} {
  if (ttlSeconds !== undefined && !(ttlSeconds > 0))
    throw new TypeError('ttlSeconds must be a number of seconds above 0');
  const tolerance = scheme.date ? (toleranceSeconds ?? scheme.date.toleranceSeconds) : Infinity;
  if (tolerance === Infinity) {
    const why = scheme.date ? 'is accepted at any age' : 'signs no time';
    if (ttlSeconds === undefined)
      throw new TypeError(
        `${scheme.id} ${why}: say for how long its requests are remembered (ttlSeconds, --replay-ttl)`,
      );
    return { ttlMs: ttlSeconds * 1000, laterReplayPasses: ttlSeconds !== Infinity };
  }
  const least = 2 * tolerance;
  if (ttlSeconds !== undefined && ttlSeconds < least)
    throw new TypeError(
      `ttlSeconds must be at least ${least}, twice the tolerance: else a request is forgotten while it is fresh`,
    );
  // A tolerance of nothing still accepts the present moment.
  return { ttlMs: Math.max((ttlSeconds ?? least) * 1000, 1000), laterReplayPasses: false };
}

/** The same for every message with this id, under this scheme and this key's id. */
function idKey(scheme: AnyScheme, { keyId = '', credential }: Accepted<NamedKey>, id: string): string {
  const fields = ['countersign message id 1', scheme.id, keyId, credential.name ?? '', id];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

function freshVerdict(claim: FreshClaim, laterReplayPasses: boolean, deadlineMs: number): ReplayVerdict {
  let isOver = false;
  const once = async (step: () => Promise<void> | void): Promise<void> => {
    if (isOver) return;
    isOver = true;
    await attempt(deadlineMs, step);
  };
  return {
    ok: true,
    replay: 'fresh',
    laterReplayPasses,
    async settle(outcome) {
      if (outcome) return once(() => claim.settle?.(outcome));
      isOver = true;
    },
    release: () => once(() => claim.release()),
  };
}

/** What fails here lets nobody in: the key stays claimed until its time is over. */
async function attempt(deadlineMs: number, step: () => Promise<void> | void): Promise<void> {
  try {
    await within(deadlineMs, step());
  } catch {
    // Said above.
  }
}

function repeatedVerdict(firstSeenAt: Date, outcome: Outcome | undefined, onRepeat: OnRepeat): ReplayVerdict {
  if (onRepeat === 'allow') return { ok: true, replay: 'repeated', firstSeenAt };
  const summary = `the request was there before, at ${firstSeenAt.toISOString()}`;
  if (onRepeat === 'refuse') return { ok: false, code: 'replay/repeated', summary, firstSeenAt };
  if (outcome) return { ok: false, code: 'replay/repeated', summary, firstSeenAt, outcome };
  return { ok: false, code: 'replay/in-progress', summary: `${summary}, and its answer is not known` };
}
