import { SignJWT } from 'jose';
import { hashText } from '#digest';
import type { Header, Message } from '../message.ts';
import { checkDate, checkHeaderNames, checkSeconds, checkText } from '../option-checks.ts';
import { importSigningKey, type SigningKey } from './signing-key.ts';
import { canonicalRequest } from './twilio-canonical-request.ts';

/** Who validates requests, and for how long. */
export interface TwilioClientValidationOptions {
  /** `AC…`, the account. */
  readonly accountSid: string;
  /** `SK…`, the API key whose secret authenticates the request beside the token. */
  readonly signingKeySid: string;
  /** `CR…`, the public key that was submitted to Twilio. */
  readonly credentialSid: string;
  /** The private key to it. */
  readonly privateKey: SigningKey;
  /** `RS256` by default. */
  readonly algorithm?: 'RS256' | 'PS256';
  /** The headers to sign. `host` and `authorization` by default, and no fewer. */
  readonly signedHeaders?: readonly string[];
  /** For how long the token is good, in seconds: 300 by default, and at the most. */
  readonly expiresInSeconds?: number;
  /** When it is made. Defaults to now. */
  readonly date?: Date;
}

const usualHeaders = ['authorization', 'host'];
const longestSeconds = 300;

/**
 * Makes the header `Twilio-Client-Validation` for a request to Twilio (Public Key Client Validation): a token (JWT) whose claim
 * `rqh` is the SHA-256 of the request. The message must have all that is signed, its `Authorization` header too. Needs `jose`, an
 * optional peer of this package.
 *
 * @see https://www.twilio.com/docs/iam/pkcv/quickstart
 * @throws TypeError (as a rejection) naming the option that is missing, empty or of another kind; nothing of the key is shown
 * @throws CountersignError (as a rejection) `header/missing`, `header/malformed`, `target/malformed` or `body/streamed`
 */
export async function twilioClientValidation(
  options: TwilioClientValidationOptions,
  message: Message,
): Promise<Header> {
  const { accountSid, signingKeySid, credentialSid, privateKey, algorithm = 'RS256' } = options;
  const { signedHeaders: names = usualHeaders, expiresInSeconds = longestSeconds, date = new Date() } = options;
  checkText('accountSid', accountSid, 'the SID of the account, AC…');
  checkText('signingKeySid', signingKeySid, 'the SID of an API key, SK…');
  checkText('credentialSid', credentialSid, 'the SID of the public key, CR…');
  if (algorithm !== 'RS256' && algorithm !== 'PS256') throw new TypeError('algorithm must be RS256 or PS256');
  checkHeaderNames('signedHeaders', names);
  checkSeconds('expiresInSeconds', expiresInSeconds);
  if (expiresInSeconds < 1 || expiresInSeconds > longestSeconds)
    throw new TypeError(`expiresInSeconds must be between 1 and ${longestSeconds}`);
  checkDate('date', date);
  const { text, signedHeaders } = canonicalRequest(message, [...usualHeaders, ...names]);
  const claims = {
    iss: signingKeySid,
    sub: accountSid,
    exp: Math.floor(date.getTime() / 1000) + Math.floor(expiresInSeconds),
    hrh: signedHeaders,
    rqh: hashText('sha256', text, 'hex'),
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ typ: 'JWT', alg: algorithm, kid: credentialSid, cty: 'twilio-pkrv;v=1' })
    .sign(await importSigningKey(privateKey, algorithm));
  return ['Twilio-Client-Validation', token];
}
