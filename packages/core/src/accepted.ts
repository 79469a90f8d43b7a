import { hashText } from '#digest';
import { bytesOf } from './canonical/byte-encoding.ts';
import { concatBytes } from './canonical/concat-bytes.ts';
import { headerValue } from './message.ts';
import { partValue, rowOf } from './parts/sources.ts';
import type { Deviation, RequestRules } from './request-rules.ts';
import type { Credential } from './secret.ts';
import { traceIfReadable, type SignedRequest } from './signed-request.ts';
import type { SigningTrace } from './trace.ts';

/** Something worth knowing besides a valid signature. */
export interface Note {
  readonly id: string;
  readonly summary: string;
}

/** A key as far as every kind of credential has it. */
export interface NamedKey {
  /** The public id, which requests carry in clear. */
  readonly keyId?: string;
  /** A name for people. */
  readonly name?: string;
}

/** What `verify` says of a request whose signature is right and fresh. */
export interface Accepted<Key extends NamedKey = Credential> {
  readonly ok: true;
  /** The credential that matched, of those given. */
  readonly credential: Key;
  /** The public id of that credential; for schemes whose requests name their key, the one that the request names. */
  readonly keyId: string | undefined;
  /** The signature as it was received. */
  readonly signature: string;
  /** The signed time, or the time until which the signature is valid; `undefined` where the scheme signs none. */
  readonly signedAt: Date | undefined;
  /** Whether the scheme signs a time. Where it signs none, an old request is valid for ever: know it by its `replayKey`. */
  readonly signsTime: boolean;
  /** The value that makes the request another one than its like; `undefined` where the scheme has none. */
  readonly nonce: string | undefined;
  /**
   * The request's headers that the signature covers, lower case, in the order signed: whoever changes one of them, adds or
   * removes it, is refused. No other header is proven by this signature, and each scheme's page says what else is not.
   *
   * Headers signed beyond the scheme's own are among them where `furtherHeaders` named them: schemes sign the values of
   * such headers and not their names. A header that a tolerated deviation signs in another form is not.
   */
  readonly coveredHeaders: readonly string[];
  /**
   * 64 hexadecimal digits that are the same for every request with this scheme, this key and these signed bytes, however
   * signature, list of signed headers or deviating parts are spelled. To refuse repeats, remember it for as long as the
   * request is fresh: twice `toleranceSeconds`, or for good where the scheme signs no time. It is no secret, and says
   * nothing about the key. Computed when it is first read.
   */
  readonly replayKey: string;
  /** The tolerated deviation that made the signature match. */
  readonly deviation?: Deviation;
  readonly notes: readonly Note[];
  trace(): SigningTrace | undefined;
  /**
   * Every member but `trace`, for logs: `JSON.stringify` and Node's `console.log` show this, with `[secret]` for the key.
   * Many members are found out when they are read, so a copy by `{ ...result }` lacks them: spread `result.toJSON()`.
   */
  toJSON(): Omit<Accepted<Key>, 'trace' | 'toJSON'>;
}

/** The key whose signature a request carries. @internal */
export interface Match<Key extends NamedKey> {
  readonly credential: Key;
  readonly deviation: Deviation | undefined;
  /** The bytes under the signature. */
  readonly signed: string | Uint8Array;
  /** The signature that fits, of those that the request carries. */
  readonly signature: string;
}

/** What an accepted request was judged by. */
interface Judged<Key extends NamedKey> {
  readonly request: SignedRequest;
  readonly match: Match<Key>;
  /** The key itself, a `Secret` or a `PublicKey`. */
  readonly key: object;
  /** What stands for the key in a replay key: nobody learns the key from it. */
  readonly fingerprint: (credential: Key, label: string) => Uint8Array;
  /** Further signed headers whose names the verifier asked for. */
  readonly pinnedHeaders: readonly string[];
}

/** An accepted request; what not everybody asks for is found out when it is asked for. @internal */
export class AcceptedRequest<Key extends NamedKey> implements Accepted<Key> {
  readonly ok = true;
  readonly credential: Key;
  readonly signature: string;
  declare readonly deviation?: Deviation;
  readonly #judged: Judged<Key>;
  #replayKey: string | undefined;

  constructor(judged: Judged<Key>) {
    const { credential, signature, deviation } = judged.match;
    this.#judged = judged;
    this.credential = credential;
    this.signature = signature;
    if (deviation) this.deviation = deviation;
  }

  get keyId(): string | undefined {
    return this.credential.keyId;
  }

  get signedAt(): Date | undefined {
    const { signedAtMs } = this.#judged.request.claims;
    return signedAtMs === undefined ? undefined : new Date(signedAtMs);
  }

  get signsTime(): boolean {
    return this.#judged.request.scheme.date !== undefined;
  }

  get nonce(): string | undefined {
    const { scheme, message, values, claims } = this.#judged.request;
    if (claims.declared) return claims.declared.nonce;
    const rule = scheme.parts.find(({ name }) => name === scheme.nonce);
    const row = rule && rowOf(rule.source);
    if (row?.nonceOf) return row.nonceOf(rule?.source as never, values);
    const value = rule && partValue(rule, message, values);
    return typeof value === 'string' ? value : undefined;
  }

  get coveredHeaders(): readonly string[] {
    return coveredHeaders(this.#judged);
  }

  get replayKey(): string {
    return (this.#replayKey ??= replayKey(this.#judged));
  }

  get notes(): readonly Note[] {
    return notesOf(this.#judged);
  }

  /** May be taken out of the result, as of a refusal. */
  get trace(): () => SigningTrace | undefined {
    return () => traceIfReadable(this.#judged.request);
  }

  toJSON(): Omit<Accepted<Key>, 'trace' | 'toJSON'> {
    const { ok, credential, keyId, signature, signedAt, signsTime, nonce, deviation, notes } = this;
    return {
      ok,
      credential,
      keyId,
      signature,
      signedAt,
      signsTime,
      nonce,
      coveredHeaders: this.coveredHeaders,
      replayKey: this.replayKey,
      ...(deviation && { deviation }),
      notes,
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): unknown {
    return this.toJSON();
  }
}

function coveredHeaders<Key extends NamedKey>({ request, match, pinnedHeaders }: Judged<Key>): string[] {
  const { scheme, message, values, claims } = request;
  const { deviation } = match;
  // Further headers are covered where they are pinned: their names are not signed.
  const declared = scheme.components && (values.parts as RequestRules['parts'] | undefined);
  const parts = declared ?? scheme.parts;
  const names = parts.flatMap(({ name, source }): readonly (string | undefined)[] => {
    if (name === deviation?.part) return [];
    const row = rowOf(source);
    return row.headersOf?.(source, message, values) ?? [row.headerOf?.(source, scheme, claims.dateHeader)];
  });
  return [...new Set([...names, ...pinnedHeaders.map((name) => name.toLowerCase())])].filter(
    (name): name is string => name !== undefined && headerValue(message.headers, name) !== undefined,
  );
}

/** What is worth knowing of a request besides its verdict. */
function notesOf<Key extends NamedKey>({ request, pinnedHeaders }: Judged<Key>): Note[] {
  const { scheme, message, claims } = request;
  const notes: Note[] = [];
  // A second date header that is not signed and says something else.
  for (const name of scheme.date?.headers ?? []) {
    if (name === claims.dateHeader) continue;
    const other = headerValue(message.headers, name);
    if (other === undefined || other === claims.date) continue;
    const summary = `${name} says "${other}", but the signed date is "${claims.date}" in ${claims.dateHeader}; only that one counts`;
    notes.push({ id: 'header/duplicated', summary });
  }
  // Further headers that anybody could have given another name.
  if (pinnedHeaders.length === 0 && claims.furtherHeaders.length > 0) {
    const names = claims.furtherHeaders.join(', ');
    const summary = `of ${names} the values are signed and the names are not, so they count as covered only when furtherHeaders names them`;
    notes.push({ id: 'header/name-not-signed', summary });
  }
  return notes;
}

/** Names what is hashed, so that no other use of the same key or hash gives the same value. */
const label = 'countersign replay key 1';

/** What stands in front of the signed bytes, by key and scheme: with a replay store every request needs it. */
const heads = new WeakMap<object, Map<string, Uint8Array>>();

/**
 * A hash over fields with their lengths. A secret goes in as an HMAC under it, which nobody can invert and nobody outside
 * can compute; the HMAC itself never goes out, because a scheme may sign any bytes, this label among them.
 */
function replayKey<Key extends NamedKey>({ request, match, key, fingerprint }: Judged<Key>): string {
  const { scheme } = request;
  const { credential, signed } = match;
  let ofKey = heads.get(key);
  if (!ofKey) heads.set(key, (ofKey = new Map()));
  let head = ofKey.get(scheme.id);
  if (!head) {
    const fields = [label, scheme.id, fingerprint(credential, label)].map(bytesOf);
    ofKey.set(scheme.id, (head = concatBytes(fields.flatMap((field) => [lengthBytes(field), field]))));
  }
  const bytes = bytesOf(signed);
  return hashText('sha256', concatBytes([head, lengthBytes(bytes), bytes]), 'hex');
}

/** A field's length in bytes, as eight bytes. */
function lengthBytes(field: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(field.length));
  return bytes;
}
