/**
 * Why a request was refused: `stage/reason`. A closed union, so that a `switch` over it is checked for completeness.
 *
 * Stages run in this order: `authorization`, `date` (presence and grammar), `target` (its form), `header`, `token` (a JWT: its form,
 * its algorithm, its claims, `url-hash` among them), `content-hash`, then what the signed values hold (`malformed` of `header`, `method`, `target` and `body`), `key`, `signature`, and last the date's
 * freshness (`date/expired`, `date/future`): those two mean that the signature is right. `readClaims` gets as far as `date`,
 * because what a request claims does not depend on its target.
 */
export type RefusalCode =
  | 'authorization/missing'
  | 'authorization/duplicate'
  | 'authorization/malformed'
  | 'authorization/signed-headers'
  | 'key/unknown'
  | 'date/missing'
  | 'date/duplicate'
  | 'date/malformed'
  | 'date/expired'
  | 'date/future'
  | 'header/missing'
  | 'header/duplicate'
  | 'header/malformed'
  | 'method/malformed'
  | 'target/malformed'
  | 'body/malformed'
  | 'content-hash/missing'
  | 'content-hash/mismatch'
  | 'token/malformed'
  | 'token/algorithm'
  | 'token/claim'
  | 'url-hash/missing'
  | 'url-hash/mismatch'
  | 'signature/malformed'
  | 'signature/mismatch';

/**
 * Why a `receiver` refused a request. Two codes come before all others, and say nothing about the request itself:
 * `body/unreadable`, because the server passed something other than the bytes that arrived (the server's fault, not the
 * sender's), and `body/too-long`, when `receive` reads the body.
 */
export type ReceiverRefusalCode = RefusalCode | 'body/unreadable' | 'body/too-long';

/** A refusal: its code, and one sentence that says what was found and what was expected. */
export interface Refusal<Code = RefusalCode> {
  readonly code: Code;
  readonly summary: string;
}

/**
 * What is wrong with a message that cannot be signed or judged, a secret that cannot be used, or a text that cannot be read:
 * `what/why`. A closed union, as `RefusalCode` is.
 */
export type CountersignErrorCode =
  | 'body/malformed'
  | 'body/streamed'
  | 'connection-string/malformed'
  | 'content-hash/algorithm'
  | 'date/header'
  | 'date/malformed'
  | 'header/further'
  | 'header/malformed'
  | 'header/missing'
  | 'key/empty'
  | 'key/id-malformed'
  | 'key/id-missing'
  | 'key/kind'
  | 'key/malformed'
  | 'key/unsupported'
  | 'key/weak'
  | 'method/malformed'
  | 'scheme/malformed'
  | 'secret/empty'
  | 'secret/encoding'
  | 'secret/undecodable'
  | 'target/malformed'
  | InputErrorCode;

/** Why a raw request, a curl command line, a HAR file or any other text cannot be read as a request. */
export type InputErrorCode =
  | 'input/binary'
  | 'input/code'
  | 'input/collection'
  | 'input/crossed-out'
  | 'input/curl-header'
  | 'input/curl-option'
  | 'input/curl-url'
  | 'input/empty'
  | 'input/folded-header'
  | 'input/har'
  | 'input/header'
  | 'input/headers-only'
  | 'input/http-file'
  | 'input/json'
  | 'input/no-blank-line'
  | 'input/no-request'
  | 'input/not-curl'
  | 'input/not-text'
  | 'input/pseudo-header'
  | 'input/request-line'
  | 'input/response'
  | 'input/shell-quote'
  | 'input/target'
  | 'input/transfer-encoding'
  | 'input/unreadable'
  | 'input/unresolved'
  | 'input/utf-16'
  | 'program/unwritable';

/** Thrown when a message cannot be signed as it stands, or a secret cannot be used. Never carries secret material. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  /** What is wrong, for programs. */
  declare readonly code: CountersignErrorCode;

  constructor(code: CountersignErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
