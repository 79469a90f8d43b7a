import { SignJWT } from 'jose';
import { checkDate, checkSeconds, checkText } from '../option-checks.ts';
import { importSigningKey, type SigningKey } from './signing-key.ts';

/** What a token of an application says. */
export interface VonageApplicationTokenOptions {
  /** The id of the application. */
  readonly applicationId: string;
  /** Its private key, which the dashboard showed once. */
  readonly privateKey: SigningKey;
  /** For how long the token is good, in seconds. Defaults to 900; Vonage takes no more than a day. */
  readonly expiresInSeconds?: number;
  /** The user that a client signs in as. */
  readonly subject?: string;
  /** Which paths the token is good for, as Vonage documents it; without it, for all. */
  readonly acl?: Readonly<Record<string, unknown>>;
  /** What makes the token another one than its like. Defaults to a random UUID. */
  readonly jti?: string;
  /** When it is made. Defaults to now. */
  readonly date?: Date;
}

const longestSeconds = 24 * 60 * 60;

/**
 * Makes the token (JWT, RS256) by which an application calls Vonage's Voice, Messages and Verify APIs: `Authorization: Bearer
 * <token>`. It says who calls, and nothing of the request is signed, so it belongs on TLS and in no log. Needs `jose`, an
 * optional peer of this package.
 *
 * @see https://developer.vonage.com/en/getting-started/concepts/authentication#json-web-tokens
 * @throws TypeError (as a rejection) naming the option that is missing, empty or of another kind; nothing of the key is shown
 */
export async function vonageApplicationToken(options: VonageApplicationTokenOptions): Promise<string> {
  const { applicationId, privateKey, expiresInSeconds = 900, subject, acl, date = new Date() } = options;
  checkText('applicationId', applicationId, 'the id of the application');
  checkSeconds('expiresInSeconds', expiresInSeconds);
  if (expiresInSeconds < 1 || expiresInSeconds > longestSeconds)
    throw new TypeError(`expiresInSeconds must be between 1 and ${longestSeconds}`);
  checkDate('date', date);
  const { jti = crypto.randomUUID() } = options;
  checkText('jti', jti, 'text that no other token has');
  const issuedAt = Math.floor(date.getTime() / 1000);
  const claims = {
    jti,
    iat: issuedAt,
    exp: issuedAt + Math.floor(expiresInSeconds),
    application_id: applicationId,
    ...(subject !== undefined && { sub: subject }),
    ...(acl !== undefined && { acl }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .sign(await importSigningKey(privateKey, 'RS256'));
}
