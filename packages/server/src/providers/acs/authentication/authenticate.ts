import type { Message } from '@countersign/core/message';
import { headerValue, headerValues } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { verify, type Verification } from '@countersign/core/verify';
import type { AcsAccount } from '../accounts/account.ts';
import type { ExchangeRecorder, Explanation } from '../../../contract/exchange-recorder.ts';
import { ownTurns } from '../../../threads/own-turn.ts';
import type { ProviderContext } from '../../provider-context.ts';
import type { BearerTokens } from './bearer-token.ts';
import { refusedAuthentication, refusedToken, type AcsService } from './refusal-answers.ts';

/** What requests are judged with. */
export interface AuthenticationParts extends Pick<ProviderContext, 'strict' | 'wallNow' | 'explainRefusal'> {
  readonly acsAccounts: readonly AcsAccount[];
  readonly bearerTokens: BearerTokens;
}

/**
 * Verifies a request, by its signature or its bearer token. A long body is then for another turn of the event loop.
 *
 * @returns the account that the request belongs to
 * @throws AcsError in the service's shape
 */
export async function authenticate(
  message: Message,
  exchange: ExchangeRecorder,
  service: AcsService,
  acs: AuthenticationParts,
): Promise<AcsAccount> {
  const token = bearerIn(message);
  const account =
    token === undefined
      ? await authenticateByKey(message, exchange, service, acs)
      : await authenticateByToken(token, message, exchange, service, acs);
  if (message.body instanceof Uint8Array) await ownTurns.of(message.body.length);
  return account;
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
  const addressed = addressedAccount(message, acs.acsAccounts);
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

/**
 * Verifies a request against the keys of every ACS account, because a request names none: the one whose key matches is
 * the request's account. A refusal is reported against the account whose host is the Host header's, else the first.
 * The same signature twice is no fault: SDKs retry with it.
 */
async function authenticateByKey(
  message: Message,
  exchange: ExchangeRecorder,
  service: AcsService,
  acs: AuthenticationParts,
): Promise<AcsAccount> {
  const accounts = acs.acsAccounts;
  const { result, host } = verifyAnyHost(message, acs);
  if (result.ok) {
    const account = accounts.find(({ credentials }) => credentials.includes(result.credential));
    if (!account) throw refusedAuthentication(service, 'key/unknown');
    exchange.provider('acs', account.resourceId);
    exchange.authentication({
      scheme: acsHmac.id,
      outcome: result.deviation || host ? 'tolerated' : 'accepted',
      ...(result.deviation
        ? { code: result.deviation.id, summary: result.deviation.summary }
        : host && { code: 'host-forwarded', summary: `The signed host is the one in ${host}, not the Host header's.` }),
      trace: result.trace,
    });
    return account;
  }
  const addressed = addressedAccount(message, accounts);
  exchange.provider('acs', addressed?.resourceId);
  const explanation = await explain(message, exchange, addressed, acs);
  exchange.authentication({
    scheme: acsHmac.id,
    outcome: 'refused',
    code: result.code,
    summary: result.summary,
    trace: result.trace,
    ...explanation,
  });
  throw refusedAuthentication(service, result.code);
}

/** Has a refusal explained, against the keys of the account that was probably meant and, beside them, all others. */
async function explain(
  message: Message,
  exchange: ExchangeRecorder,
  addressed: AcsAccount | undefined,
  acs: AuthenticationParts,
): Promise<Explanation> {
  const [credential, ...further] = addressed?.credentials ?? [];
  if (!acs.explainRefusal || !credential) return {};
  const others = acs.acsAccounts.filter((account) => account !== addressed).flatMap(({ credentials }) => credentials);
  return acs.explainRefusal({ message, exchange, scheme: acsHmac, credential, alsoSecrets: [...further, ...others] });
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

function verifyAnyHost(
  message: Message,
  acs: AuthenticationParts,
): { readonly result: Verification; readonly host?: string } {
  const credentials = acs.acsAccounts.flatMap((account) => account.credentials);
  const options = { now: acs.wallNow(), ...(!acs.strict && { tolerate: 'all' as const }) };
  const result = verify(acsHmac, credentials, message, options);
  if (result.ok || acs.strict) return { result };
  for (const header of signedHostHeaders) {
    for (const host of signedHosts(message, header)) {
      const headers = message.headers.map(([name, value]) =>
        name.toLowerCase() === 'host' ? ([name, host] as const) : ([name, value] as const),
      );
      const retried = verify(acsHmac, credentials, { ...message, headers }, options);
      if (retried.ok) return { result: retried, host: header };
    }
  }
  return { result };
}

/** What may have been signed where a header names the host: Python signs the port, too, and leaves it out of the header. */
function signedHosts({ headers }: Message, header: string): readonly string[] {
  const host = headerValue(headers, header);
  if (host === undefined) return [];
  const port = /:\d+$/.exec(headerValue(headers, 'host') ?? '')?.[0];
  return port === undefined || host.endsWith(port) ? [host] : [host, host + port];
}
