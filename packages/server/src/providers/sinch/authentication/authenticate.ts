import { timingSafeEqual } from 'node:crypto';
import type { RefusalCode } from '@countersign/core/errors';
import { headerValues } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { ExchangeRecorder } from '../../../contract/exchange-recorder.ts';
import {
  type Authenticate,
  type AuthenticationRules,
  authenticator,
  type JudgingContext,
} from '../../kit/authentication.ts';
import { sinchAccount, type SinchAccount } from '../accounts/account.ts';
import type { Applications } from '../accounts/applications.ts';
import type { SinchSettings } from '../accounts/options.ts';
import { SinchError, type SinchErrorCode } from '../protocol/errors.ts';
import { isBasic, readBasicAuthorization } from './basic-authorization.ts';

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
  'token/malformed': 40102,
  'token/algorithm': 40102,
  'token/claim': 40102,
  'url-hash/missing': 40102,
  'url-hash/mismatch': 40102,
  'content-hash/missing': 40102,
  'content-hash/mismatch': 40102,
  'signature/malformed': 40102,
  'signature/mismatch': 40102,
};

/**
 * Makes the authentication of requests: by signature, strict or with the known deviations of official SDKs, and by Basic
 * unless it is switched off. Every judgement is written into the exchange.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/
 */
export function sinchAuthenticator(
  context: JudgingContext,
  applications: Applications,
  settings: SinchSettings,
): Authenticate<SinchAccount> {
  const accounts = applications.accounts();
  const rules: AuthenticationRules<SinchAccount> = {
    provider: 'sinch',
    scheme: sinchApplication,
    accounts,
    kind: sinchAccount,
    toleranceSeconds: settings.toleranceSeconds,
    byOtherMeans: ({ headers }, exchange) => {
      const [only, another] = headerValues(headers, 'authorization');
      if (only === undefined || another !== undefined || !isBasic(only)) return undefined;
      return byBasic(only, applications, settings, exchange);
    },
    meant: (_, keyId) => {
      const account = applications.account(keyId);
      // Keys are compared exactly, and explained by the one that was meant.
      const meant = accounts.find(({ applicationKey }) => applicationKey.toLowerCase() === keyId.toLowerCase());
      return { account, explainedBy: account ?? meant ?? accounts[0] };
    },
    refusal: (code) => new SinchError(errorCodes[code]),
  };
  return authenticator(rules, context);
}

async function byBasic(
  authorization: string,
  applications: Applications,
  { basicAuthentication }: SinchSettings,
  exchange: ExchangeRecorder,
): Promise<SinchAccount> {
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
