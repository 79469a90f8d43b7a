import type { RefusalCode } from '@countersign/core/errors';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { verify, type Verification } from '@countersign/core/verify';
import type { Account } from '../../contract/account.ts';
import type { ExchangeRecorder, Explanation } from '../../contract/exchange-recorder.ts';
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

/** Tells who sends a request; rejects with the provider's error when that is not proven. */
export type Authenticate<A> = (message: Message, exchange: ExchangeRecorder) => Promise<A>;

/**
 * Makes a provider's authentication: by signature, strict or with the known deviations of official SDKs, and by its other
 * means. Every judgement is written into the exchange. A long body is then for another turn of the event loop.
 */
export function authenticator<A extends Account>(
  rules: AuthenticationRules<A>,
  context: JudgingContext,
): Authenticate<A> {
  return async (message, exchange) => {
    const account = await (rules.byOtherMeans?.(message, exchange) ?? bySignature(message, exchange, rules, context));
    exchange.provider(rules.provider, rules.kind.id(account));
    if (message.body instanceof Uint8Array) await ownTurns.of(message.body.length);
    return account;
  };
}

/**
 * Verifies a request against the keys of every account. The same signature twice is no fault, unless the server was started
 * to refuse repeats: SDKs retry with it.
 */
async function bySignature<A extends Account>(
  message: Message,
  exchange: ExchangeRecorder,
  rules: AuthenticationRules<A>,
  context: JudgingContext,
): Promise<A> {
  const { scheme, accounts, kind } = rules;
  const { result, instead } = verifyAsSigned(message, rules, context);
  if (!result.ok) {
    const { code, summary } = result;
    const meant = rules.meant(message, result.trace()?.claims.keyId ?? '');
    exchange.provider(rules.provider, meant.account && kind.id(meant.account));
    const explanation = await explained(message, exchange, meant.explainedBy, rules, context);
    exchange.authentication({
      scheme: scheme.id,
      outcome: 'refused',
      code,
      summary,
      trace: () => result.trace(),
      ...explanation,
    });
    throw rules.refusal(code);
  }
  const account = accounts.find((one) => kind.credentials(one).includes(result.credential));
  if (!account) throw rules.refusal('key/unknown');
  if (context.isRepeat?.(result.replayKey)) {
    exchange.provider(rules.provider, kind.id(account));
    const summary = 'the signature is right, and the same request was there before; --refuse-repeats refuses it';
    exchange.authentication({
      scheme: scheme.id,
      outcome: 'refused',
      code: 'replay/repeated',
      summary,
      trace: () => result.trace(),
    });
    throw rules.refusal('signature/mismatch');
  }
  const tolerated = result.deviation ? { ...result.deviation, code: result.deviation.id } : instead;
  exchange.authentication({
    scheme: scheme.id,
    outcome: tolerated ? 'tolerated' : 'accepted',
    ...(tolerated && { code: tolerated.code, summary: tolerated.summary }),
    trace: () => result.trace(),
  });
  return account;
}

function verifyAsSigned<A extends Account>(
  message: Message,
  { scheme, accounts, kind, toleranceSeconds, signedInstead }: AuthenticationRules<A>,
  { strict, wallNow }: JudgingContext,
): { readonly result: Verification; readonly instead?: SignedInstead } {
  const credentials = accounts.flatMap((account) => kind.credentials(account));
  const options = {
    now: wallNow(),
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    ...(!strict && { tolerate: 'all' as const }),
  };
  const result = verify(scheme, credentials, message, options);
  if (result.ok || strict) return { result };
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
