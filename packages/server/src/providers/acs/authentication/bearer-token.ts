import type { errors, JWTVerifyGetKey } from 'jose';
import { type AcsAccount, type EntraIssuer, isDevelopmentResource } from '../accounts/account.ts';
import { bearerAudience, developmentIssuer } from './development-token.ts';
import { entraKeys } from './entra-keys.ts';
import { eventVerificationKey } from './event-signing-key.ts';

/** The result of checking a bearer token. */
export type BearerVerdict =
  | { readonly ok: true; readonly account: AcsAccount }
  | { readonly ok: false; readonly account: AcsAccount | undefined; readonly code: string; readonly summary: string };

/** An issuer whose tokens an account accepts. */
interface Issuer {
  readonly issuer: string;
  readonly audience: string | undefined;
  readonly algorithms: readonly string[];
  readonly keys: () => Promise<JWTVerifyGetKey>;
}

/** The algorithms with which Entra ID and other providers of OpenID Connect sign; none that uses a shared key. */
const signingAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/**
 * Verifies bearer tokens: signature, issuer, audience and time. Each account takes those of the issuer that it is
 * configured with; the development account takes those of the development issuer, too, whose key is public.
 */
export class BearerTokens {
  readonly #accounts: readonly AcsAccount[];
  readonly #issuers: ReadonlyMap<AcsAccount, readonly Issuer[]>;

  constructor(accounts: readonly AcsAccount[]) {
    this.#accounts = accounts;
    this.#issuers = new Map(accounts.map((account) => [account, issuersOf(account)]));
  }

  /**
   * A token names a tenant, not a resource: the request belongs to the account that it was sent to, or else to the first
   * one that takes tokens of that issuer.
   *
   * @param addressed the account whose host the request was sent to
   * @param now wall-clock time
   */
  async verify(token: string, addressed: AcsAccount | undefined, now: Date): Promise<BearerVerdict> {
    const { decodeJwt, errors, jwtVerify } = await import('jose');
    let account = addressed;
    try {
      const iss = issuerIn(decodeJwt(token));
      const trusting = this.#accounts.filter((one) => this.#issuer(one, iss));
      account = trusting.find((one) => one === addressed) ?? trusting[0];
      const issuer = account && this.#issuer(account, iss);
      if (!account || !issuer) {
        return { ok: false, account: addressed, code: 'token/issuer', summary: this.#strangerSummary(iss, addressed) };
      }
      await jwtVerify(token, await issuer.keys(), {
        algorithms: [...issuer.algorithms],
        issuer: issuer.issuer,
        // The scope of SDKs ends in //.default, so Entra ID writes either.
        audience: issuer.audience === undefined ? [bearerAudience, `${bearerAudience}/`] : issuer.audience,
        requiredClaims: ['exp'],
        currentDate: now,
      });
      return { ok: true, account };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      return { ok: false, account, code: `token/${reasonOf(error)}`, summary: error.message };
    }
  }

  #issuer(account: AcsAccount, issuer: string | undefined): Issuer | undefined {
    return this.#issuers.get(account)?.find((one) => one.issuer === issuer);
  }

  #strangerSummary(issuer: string | undefined, addressed: AcsAccount | undefined): string {
    const known = [...new Set((addressed && this.#issuers.get(addressed))?.map((one) => one.issuer))];
    const trusted = known.length === 0 ? 'it takes no bearer tokens' : `it takes those of ${known.join(' and ')}`;
    return `the token's issuer is ${issuer ?? 'not said'}; the account is configured so that ${trusted}`;
  }
}

/** The issuer that an unverified token names, if that is a text. */
function issuerIn({ iss }: { readonly iss?: unknown }): string | undefined {
  return typeof iss === 'string' ? iss : undefined;
}

function issuersOf(account: AcsAccount): readonly Issuer[] {
  const development: Issuer = {
    issuer: developmentIssuer,
    audience: undefined,
    algorithms: [eventVerificationKey.alg],
    keys: async () => {
      const { createLocalJWKSet } = await import('jose');
      return createLocalJWKSet({ keys: [eventVerificationKey] });
    },
  };
  return [
    ...(isDevelopmentResource(account) ? [development] : []),
    ...(account.entra ? [configured(account.entra)] : []),
  ];
}

function configured(entra: EntraIssuer): Issuer {
  return { issuer: entra.issuer, audience: entra.audience, algorithms: signingAlgorithms, keys: entraKeys(entra) };
}

function reasonOf({ code }: errors.JOSEError): string {
  return reasons[code] ?? 'malformed';
}

/** By the codes of jose's errors. */
const reasons: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'claim',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'signature',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'keys',
  ERR_JWKS_INVALID: 'keys',
};
