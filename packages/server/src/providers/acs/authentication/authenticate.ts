import type { Message } from '@countersign/core/message';
import { headerValue, headerValues } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import type { ExchangeRecorder } from '../../../contract/exchange-recorder.ts';
import { type Authenticate, authenticator, type JudgingContext, type SignedInstead } from '../../kit/authentication.ts';
import { acsAccount, type AcsAccount } from '../accounts/account.ts';
import type { BearerTokens } from './bearer-token.ts';
import { refusedAuthentication, refusedToken, type AcsService } from './refusal-answers.ts';

/** What authentication needs. */
export interface AuthenticationParts extends JudgingContext {
  readonly accounts: readonly AcsAccount[];
  readonly bearerTokens: BearerTokens;
}

/**
 * Makes what verifies the requests of a service, each by its signature or its bearer token. A request names no key: the
 * account whose key matches is the request's. A refusal is reported against the account whose host is the Host header's,
 * else the first. It rejects with AcsError in the service's shape. To be made once, not for each request.
 */
export function authenticatorFor(service: AcsService, acs: AuthenticationParts): Authenticate<AcsAccount> {
  return authenticator(
    {
      provider: 'acs',
      scheme: acsHmac,
      accounts: acs.accounts,
      kind: acsAccount,
      byOtherMeans: (message, exchange) => {
        const token = bearerIn(message);
        return token === undefined ? undefined : authenticateByToken(token, message, exchange, service, acs);
      },
      signedInstead: withForwardedHost,
      meant: (message) => {
        const account = addressedAccount(message, acs.accounts);
        return { account, explainedBy: account };
      },
      refusal: (code) => refusedAuthentication(service, code),
    },
    acs,
  );
}

/** The token of a request that carries one Authorization header, with a bearer token in it. */
function bearerIn({ headers }: Message): string | undefined {
  const values = headerValues(headers, 'authorization');
  return values.length === 1 ? /^Bearer +(\S+)$/i.exec(values[0] ?? '')?.[1] : undefined;
}

async function authenticateByToken(
  token: string,
  message: Message,
  exchange: ExchangeRecorder,
  service: AcsService,
  acs: AuthenticationParts,
): Promise<AcsAccount> {
  const addressed = addressedAccount(message, acs.accounts);
  const verdict = await acs.bearerTokens.verify(token, addressed, acs.wallNow());
  exchange.provider('acs', verdict.account?.resourceId);
  exchange.authentication({
    scheme: 'entra-bearer',
    outcome: verdict.ok ? 'accepted' : 'refused',
    ...(!verdict.ok && { code: verdict.code, summary: verdict.summary }),
  });
  if (!verdict.ok) throw refusedToken(service);
  return verdict.account;
}

/** The account that a request that proves nothing probably meant. */
function addressedAccount(message: Message, accounts: readonly AcsAccount[]): AcsAccount | undefined {
  const host = headerValue(message.headers, 'host')?.toLowerCase();
  return accounts.find((account) => account.host !== undefined && account.host.toLowerCase() === host) ?? accounts[0];
}

/**
 * Headers in which official SDKs carry the host that they signed when it is not the one they send to (JavaScript and
 * Python for recordings, .NET behind a proxy).
 */
const signedHostHeaders = ['x-ms-host', 'x-forwarded-host'] as const;

function* withForwardedHost(message: Message): Generator<SignedInstead> {
  for (const header of signedHostHeaders) {
    for (const host of signedHosts(message, header)) {
      const headers = message.headers.map(([name, value]) =>
        name.toLowerCase() === 'host' ? ([name, host] as const) : ([name, value] as const),
      );
      const summary = `The signed host is the one in ${header}, not the Host header's.`;
      yield { message: { ...message, headers }, code: 'host-forwarded', summary };
    }
  }
}

/** What may have been signed where a header names the host: Python signs the port, too, and leaves it out of the header. */
function signedHosts({ headers }: Message, header: string): readonly string[] {
  const host = headerValue(headers, header);
  if (host === undefined) return [];
  const port = /:\d+$/.exec(headerValue(headers, 'host') ?? '')?.[0];
  return port === undefined || host.endsWith(port) ? [host] : [host, host + port];
}
