import type { RefusalCode } from '@countersign/core/errors';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { verify, type Verification, type VerifyOptions } from '@countersign/core/verify';
import type { Account } from '../../contract/account.ts';
import type { AuthenticationRecord, ExchangeRecorder, Explanation } from '../../contract/exchange-recorder.ts';
import { ownTurns } from '../../threads/own-turn.ts';
import type { AccountKind } from '../plug.ts';
import type { ProviderContext } from '../provider-context.ts';

/** What authentication needs of the server. */
export type JudgingContext = Pick<ProviderContext, 'strict' | 'wallNow' | 'isRepeat' | 'explainRefusal'>;

/** How a provider tells who sends a request. */
export interface AuthenticationRules<A extends Account> {
  /** The provider's name. */
  readonly provider: string;
  readonly scheme: Scheme;
  readonly accounts: readonly A[];
  readonly kind: Pick<AccountKind<A>, 'id' | 'credentials'>;
  /** How far a signature's date may be from the wall clock; the scheme's own figure unless said. */
  readonly toleranceSeconds?: number;
  /** Authenticates a request by other means than a signature, where it has such; rejects with the provider's error. */
  readonly byOtherMeans?: (message: Message, exchange: ExchangeRecorder) => Promise<A> | undefined;
  /** Messages that may have been signed in place of the received one, where deviations are tolerated. */
  readonly signedInstead?: (message: Message) => Iterable<SignedInstead>;
  /** Whom a request that proves nothing probably meant, by the key id in it. */
  readonly meant: (message: Message, keyId: string) => Meant<A>;
  /** The provider's error for a refused signature. */
  readonly refusal: (code: RefusalCode) => Error;
}

/** A message that official SDKs sign in place of the one that they send. */
export interface SignedInstead {
  readonly message: Message;
  /** What the exchange says of it. */
  readonly code: string;
  readonly summary: string;
}

export interface Meant<A> {
  /** The account that the exchange is recorded under. */
  readonly account?: A | undefined;
  /** The account against whose keys the refusal is explained. */
  readonly explainedBy?: A | undefined;
}

/**
 * Tells who sends a request; throws, or rejects with, the provider's error when that is not proven. No promise where there
 * is nothing to wait for.
 */
export type Authenticate<A> = (message: Message, exchange: ExchangeRecorder) => A | Promise<A>;

/**
 * Makes a provider's authentication: by signature, strict or with the known deviations of official SDKs, and by its other
 * means. Every judgement is written into the exchange. A long body is then for another turn of the event loop.
 */
export function authenticator<A extends Account>(
  rules: AuthenticationRules<A>,
  context: JudgingContext,
): Authenticate<A> {
  const keys = keysOf(rules);
  return (message, exchange) => {
    const judged = rules.byOtherMeans?.(message, exchange) ?? bySignature(message, exchange, rules, context, keys);
    if (judged instanceof Promise) return judged.then((account) => proven(account, message, exchange, rules));
    return proven(judged, message, exchange, rules);
  };
}

function proven<A extends Account>(
  account: A,
  message: Message,
  exchange: ExchangeRecorder,
  { provider, kind }: AuthenticationRules<A>,
): A | Promise<A> {
  exchange.provider(provider, kind.id(account));
  const turn = message.body instanceof Uint8Array ? ownTurns.of(message.body.length) : undefined;
  return turn ? turn.then(() => account) : account;
}

/** The keys of all accounts, in their order, and whose each is. */
interface Keys<A> {
  readonly all: readonly Credential[];
  readonly owners: ReadonlyMap<Credential, A>;
}

function keysOf<A extends Account>({ accounts, kind }: AuthenticationRules<A>): Keys<A> {
  const owners = new Map(
    accounts.flatMap((account) => kind.credentials(account).map((key) => [key, account] as const)),
  );
  return { all: [...owners.keys()], owners };
}

/**
 * Verifies a request against the keys of every account. The same signature twice is no fault, unless the server was started
 * to refuse repeats: SDKs retry with it.
 */
function bySignature<A extends Account>(
  message: Message,
  exchange: ExchangeRecorder,
  rules: AuthenticationRules<A>,
  context: JudgingContext,
  keys: Keys<A>,
): A | Promise<never> {
  const { scheme, kind } = rules;
  const options = verifyOptions(rules, context);
  const { result, instead } = verifyAsSigned(message, keys.all, rules, options);
  if (!result.ok) return refused(message, exchange, result, rules, context);
  const account = keys.owners.get(result.credential);
  if (!account) throw rules.refusal('key/unknown');
  const trace = traceOf(scheme, result.credential, instead?.message ?? message, options);
  if (context.isRepeat?.(result.replayKey)) {
    exchange.provider(rules.provider, kind.id(account));
    const summary = 'the signature is right, and the same request was there before; --refuse-repeats refuses it';
    exchange.authentication({ scheme: scheme.id, outcome: 'refused', code: 'replay/repeated', summary, trace });
    throw rules.refusal('signature/mismatch');
  }
  const tolerated = result.deviation ? { ...result.deviation, code: result.deviation.id } : instead;
  if (tolerated) {
    const { code, summary } = tolerated;
    exchange.authentication({ scheme: scheme.id, outcome: 'tolerated', code, summary, trace });
  } else exchange.authentication({ scheme: scheme.id, outcome: 'accepted', trace });
  return account;
}

/** Writes down why a request is refused, with its explanation, and rejects with the provider's error. */
async function refused<A extends Account>(
  message: Message,
  exchange: ExchangeRecorder,
  result: Extract<Verification, { readonly ok: false }>,
  rules: AuthenticationRules<A>,
  context: JudgingContext,
): Promise<never> {
  const { code, summary } = result;
  const meant = rules.meant(message, result.trace()?.claims.keyId ?? '');
  exchange.provider(rules.provider, meant.account && rules.kind.id(meant.account));
  const explanation = await explained(message, exchange, meant.explainedBy, rules, context);
  exchange.authentication({
    scheme: rules.scheme.id,
    outcome: 'refused',
    code,
    summary,
    trace: () => result.trace(),
    ...explanation,
  });
  throw rules.refusal(code);
}

function verifyOptions<A extends Account>(
  { toleranceSeconds }: AuthenticationRules<A>,
  { strict, wallNow }: JudgingContext,
): VerifyOptions {
  return {
    now: wallNow(),
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    ...(!strict && { tolerate: 'all' as const }),
  };
}

/**
 * Verifies again when somebody looks at the exchange, which is seldom: what verifying leaves behind would be kept with each
 * of them, and carried from one generation of the garbage collector to the next.
 */
function traceOf(
  scheme: Scheme,
  credential: Credential,
  message: Message,
  options: VerifyOptions,
): NonNullable<AuthenticationRecord['trace']> {
  return () => verify(scheme, credential, message, options).trace();
}

function verifyAsSigned<A extends Account>(
  message: Message,
  credentials: readonly Credential[],
  { scheme, signedInstead }: AuthenticationRules<A>,
  options: VerifyOptions,
): { readonly result: Verification; readonly instead?: SignedInstead } {
  const result = verify(scheme, credentials, message, options);
  // Where deviations are refused, so is everything that was signed instead.
  if (result.ok || options.tolerate === undefined) return { result };
  for (const instead of signedInstead?.(message) ?? []) {
    const retried = verify(scheme, credentials, instead.message, options);
    if (retried.ok) return { result: retried, instead };
  }
  return { result };
}

/** Has a refusal explained, against the keys of the account that was probably meant and, beside them, all others. */
async function explained<A extends Account>(
  message: Message,
  exchange: ExchangeRecorder,
  account: A | undefined,
  { scheme, accounts, kind }: AuthenticationRules<A>,
  { explainRefusal }: JudgingContext,
): Promise<Explanation> {
  const [credential, ...further] = account ? kind.credentials(account) : [];
  if (!explainRefusal || !credential) return {};
  const others = accounts.filter((one) => one !== account).flatMap((one) => kind.credentials(one));
  return explainRefusal({ message, exchange, scheme, credential, alsoSecrets: [...further, ...others] });
}
