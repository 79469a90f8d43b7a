/**
 * Why a request was refused: `stage/reason`. A closed union, so that a `switch` over it is checked for completeness.
 *
 * Stages run in this order: `authorization`, `date` (presence and grammar), `header`, `content-hash`, `header`, `method` and
 * `target` (grammar: `malformed`), `key`, `signature`, and last the date's freshness (`date/expired`, `date/future`): those two mean that the signature is right.
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
  | 'content-hash/missing'
  | 'content-hash/mismatch'
  | 'signature/malformed'
  | 'signature/mismatch';

/** A refusal: its code, and one sentence that says what was found and what was expected. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly summary: string;
}

/** Thrown when a message cannot be signed as it stands, or a secret cannot be used. Never carries secret material. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  /** What is wrong, for programs: for example `header/missing` or `secret/undecodable`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
