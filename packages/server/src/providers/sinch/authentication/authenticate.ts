import { timingSafeEqual } from 'node:crypto';
import type { RefusalCode } from '@countersign/core/errors';
import { headerValues, type Message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { verify } from '@countersign/core/verify';
import type { SinchAccount } from '../accounts/account.ts';
import type { ExchangeRecorder } from '../../../contract/exchange-recorder.ts';
import type { ProviderContext } from '../../provider-context.ts';
import { ownTurns } from '../../../threads/own-turn.ts';
import type { Applications } from '../accounts/applications.ts';
import { isBasic, readBasicAuthorization } from './basic-authorization.ts';
import { SinchError, type SinchErrorCode } from '../protocol/errors.ts';
import type { SinchSettings } from '../accounts/options.ts';

/** The documented error for each reason to refuse a signature. */
const errorCodes: Readonly<Record<RefusalCode, SinchErrorCode>> = {
  'authorization/missing': 40100,
  'authorization/duplicate': 40100,
  'authorization/malformed': 40100,
  'authorization/signed-headers': 40100,
  'key/unknown': 40108,
  'date/missing': 40101,
  'date/duplicate': 40101,
  'date/malformed': 40101,
  'date/expired': 40105,
  'date/future': 40105,
  'header/missing': 40102,
  'header/duplicate': 40102,
  'header/malformed': 40102,
  'method/malformed': 40102,
  'target/malformed': 40102,
  'body/malformed': 40102,
  'content-hash/missing': 40102,
  'content-hash/mismatch': 40102,
  'signature/malformed': 40102,
  'signature/mismatch': 40102,
};

/** Tells who sends a request; rejects with a SinchError when that is not proven. */
export type Authenticate = (message: Message, exchange: ExchangeRecorder) => Promise<SinchAccount>;

/**
 * Makes the authentication of requests: by signature, strict or with the known deviations of official SDKs, and by Basic
 * unless it is switched off. Every judgement is written into the exchange.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/
 */
export function authenticator(
  context: Pick<ProviderContext, 'strict' | 'wallNow' | 'explainRefusal'>,
  applications: Applications,
  settings: SinchSettings,
): Authenticate {
  return async (message, exchange) => {
    const authorization = headerValues(message.headers, 'authorization');
    const [only] = authorization;
    const account =
      authorization.length === 1 && only !== undefined && isBasic(only)
        ? byBasic(only, applications, settings, exchange)
        : await bySignature(message, exchange);
    exchange.provider('sinch', account.applicationKey);
    // A long body is read in another turn of the event loop.
    if (message.body instanceof Uint8Array) await ownTurns.of(message.body.length);
    return account;
  };

  /** @throws SinchError when the request is not signed, or wrongly */
  async function bySignature(message: Message, exchange: ExchangeRecorder): Promise<SinchAccount> {
    const accounts = applications.accounts();
    const result = verify(
      sinchApplication,
      accounts.map(({ credential }) => credential),
      message,
      {
        now: context.wallNow(),
        toleranceSeconds: settings.toleranceSeconds,
        tolerate: context.strict ? [] : 'all',
      },
    );
    const scheme = sinchApplication.id;
    if (result.ok) {
      exchange.authentication({
        scheme,
        outcome: result.deviation ? 'tolerated' : 'accepted',
        ...(result.deviation && { code: result.deviation.id, summary: result.deviation.summary }),
        trace: result.trace,
      });
      return accountOf(result.credential.keyId ?? '');
    }
    const { code, summary } = result;
    const keyId = result.trace()?.claims.keyId ?? '';
    const named = applications.account(keyId);
    if (named) exchange.provider('sinch', named.applicationKey);
    // Keys are compared exactly, and explained by the one that was meant.
    const meant = accounts.find(({ applicationKey }) => applicationKey.toLowerCase() === keyId.toLowerCase());
    const credential = (named ?? meant ?? accounts[0])?.credential;
    const explanation =
      credential &&
      (await context.explainRefusal?.({
        message,
        exchange,
        scheme: sinchApplication,
        credential,
        alsoSecrets: accounts.map((account) => account.credential).filter((other) => other !== credential),
      }));
    exchange.authentication({
      scheme,
      outcome: 'refused',
      code,
      summary,
      trace: result.trace,
      ...explanation,
    });
    throw new SinchError(errorCodes[code]);
  }

  function accountOf(applicationKey: string): SinchAccount {
    const account = applications.account(applicationKey);
    if (!account) throw new SinchError(40108);
    return account;
  }
}

function byBasic(
  authorization: string,
  applications: Applications,
  { basicAuthentication }: SinchSettings,
  exchange: ExchangeRecorder,
): SinchAccount {
  const refuse = (errorCode: SinchErrorCode, code: string, summary: string): SinchError => {
    exchange.authentication({ scheme: 'basic', outcome: 'refused', code, summary });
    return new SinchError(errorCode);
  };
  if (basicAuthentication === 'refused') {
    throw refuse(40104, 'basic/switched-off', 'Basic authentication is switched off: sign the request');
  }
  const credentials = readBasicAuthorization(authorization);
  if (!credentials) {
    throw refuse(40100, 'authorization/malformed', 'Basic wants the base64 text of applicationKey:applicationSecret');
  }
  const account = applications.account(credentials.applicationKey);
  if (!account) throw refuse(40108, 'key/unknown', `no application has the key "${credentials.applicationKey}"`);
  if (!sameText(credentials.secretText, account.credential.secret.expose().text)) {
    throw refuse(40107, 'basic/secret', 'the secret is not that of the application');
  }
  exchange.authentication({ scheme: 'basic', outcome: 'accepted' });
  return account;
}

function sameText(received: string, expected: string): boolean {
  const one = Buffer.from(received);
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
}
