import { bytesOf, textOfUtf8 } from '../../canonical/byte-encoding.ts';
import { checkPublicKey } from '../../check-key.ts';
import { checkBody } from '../../content-digest.ts';
import type { PublicKeyCredential } from '../../keys/public-key.ts';
import { readSignature } from '../../keys/signature-text.ts';
import type { Message } from '../../message.ts';
import { keyKindOf, type PublicKeyScheme } from '../../public-key-scheme.ts';
import { readSigned, type SignedRequest } from '../../signed-request.ts';
import { diagnose } from '../diagnose.ts';
import type { DiagnoseOptions, Diagnosis, DiagnosisNote, Mistake } from '../diagnosis.ts';
import { candidateStrings, refusedString } from './candidate-strings.ts';
import { ownMistake, type OwnMistake } from './own-mistake.ts';
import { signatureSpellings } from './signature-spellings.ts';
import { hashedFirst, hmacInstead } from './signed-otherwise.ts';
import { standInMessage, standInScheme, standInSecret } from './stand-in.ts';

export type { Diagnosis, DiagnoseOptions } from '../diagnosis.ts';

/** What a diagnosis by public keys may know besides. */
export interface PublicKeyDiagnoseOptions extends Pick<
  DiagnoseOptions,
  'now' | 'exactBody' | 'shownBody' | 'publicHosts' | 'publicUrls' | 'brotli' | 'variables'
> {
  /** Further public keys that may belong to whoever signed: those of other accounts. */
  readonly alsoKeys?: readonly PublicKeyCredential[];
}

/** Signatures of these many strings are verified: a tenth of a second on Node. */
const mostStrings = 1000;
/** Bytes that are verified or put together at most, and those of them for other times: long bodies get fewer attempts. */
const mostBytes = 120_000_000;
const mostBytesForTimes = 60_000_000;
/** How far beside the time that was sent one is looked for, in seconds. */
const farthestSeconds = 600;

/**
 * Finds out why a request that a private key signs for was rejected. As with shared secrets, mistakes are tried until one
 * makes bytes that the received signature is right for, which is a proof; without the private key fewer can be tried, and
 * only by those who hold the public one. A signature that another key made, of whatever string, stays unexplained.
 *
 * @param credentials the public keys that it should be right under
 * @throws TypeError as `verifyAsync` does, as a rejection; CountersignError `key/kind` and `key/unsupported`
 */
export async function diagnosePublicKey(
  scheme: PublicKeyScheme,
  credentials: PublicKeyCredential | readonly PublicKeyCredential[],
  message: Message,
  options: PublicKeyDiagnoseOptions = {},
): Promise<Diagnosis> {
  checkBody(message.body);
  const startedMs = performance.now();
  const { alsoKeys = [], ...known } = options;
  const keys = (Array.isArray(credentials) ? [...credentials] : [credentials]) as readonly PublicKeyCredential[];
  for (const key of [...keys, ...alsoKeys]) checkPublicKey(scheme, key);
  const search = new Search(scheme, message, keys, alsoKeys, known);
  const found = await search.run();
  return { ...found, scheme: scheme.id, tried: search.tried, elapsedMs: Math.round(performance.now() - startedMs) };
}

type Judgement = Omit<Diagnosis, 'scheme' | 'tried' | 'elapsedMs'>;

class Search {
  tried = 0;
  #bytes = 0;
  readonly #scheme: PublicKeyScheme;
  readonly #message: Message;
  readonly #keys: readonly PublicKeyCredential[];
  readonly #alsoKeys: readonly PublicKeyCredential[];
  readonly #options: DiagnoseOptions;

  constructor(
    scheme: PublicKeyScheme,
    message: Message,
    keys: readonly PublicKeyCredential[],
    alsoKeys: readonly PublicKeyCredential[],
    options: DiagnoseOptions,
  ) {
    this.#scheme = scheme;
    this.#message = message;
    this.#keys = keys;
    this.#alsoKeys = alsoKeys;
    this.#options = options;
  }

  async run(): Promise<Judgement> {
    const request = readSigned(this.#scheme, this.#message, {});
    // What can be seen without a key is told as for a shared secret.
    if ('ok' in request) return this.#refused();
    const { claims } = request;
    const exact = bytesOf(request.exact);
    const texts = [claims.signature, ...(claims.otherSignatures ?? [])].slice(0, 8);
    const signatures = this.#signaturesOf(texts);
    if (await this.#fits(this.#keys, exact, signatures)) return this.#judgedAs(exact);
    return (
      (await this.#ofAnotherKey(exact, signatures)) ??
      (await this.#spelledOtherwise(exact, texts)) ??
      (await this.#hashedFirst(exact, signatures)) ??
      this.#hmac(exact, texts) ??
      (await this.#ofAnotherTime(request, signatures)) ??
      (await this.#ofAnotherString(signatures)) ??
      unexplained(signatures.length > 0, this.#keys.length + this.#alsoKeys.length)
    );
  }

  #signaturesOf(texts: readonly string[]): readonly Uint8Array[] {
    return texts.flatMap((text) => {
      const read = readSignature(keyKindOf(this.#scheme), this.#scheme.publicKey, text);
      return 'problem' in read ? [] : [read];
    });
  }

  /** Of a request that is refused for what it says it signs, the signature may be right all the same. */
  async #refused(): Promise<Judgement> {
    const { components } = this.#scheme;
    const received = components && refusedString(this.#scheme, this.#message, this.#options);
    const isRight = received && (await this.#fits(this.#keys, received.string, this.#signaturesOf(received.texts)));
    return this.#judgedAs(isRight ? received.string : undefined);
  }

  async #fits(
    keys: readonly PublicKeyCredential[],
    string: Uint8Array,
    signatures: readonly Uint8Array[],
  ): Promise<PublicKeyCredential | undefined> {
    for (const key of keys) {
      for (const signature of signatures) {
        // The request itself is always judged.
        if (this.tried > 0 && this.#bytes + string.length > mostBytes) return undefined;
        this.tried++;
        this.#bytes += string.length;
        // One behind the other: the first that fits ends it.
        // oxlint-disable-next-line no-await-in-loop
        if (await key.publicKey.check(this.#scheme.publicKey.algorithm, string, signature)) return key;
      }
    }
    return undefined;
  }

  /** What the diagnosis of shared secrets says where that string was signed. */
  #judgedAs(signed: Uint8Array | undefined): Judgement {
    const standIn = signed ? standInMessage(this.#scheme, this.#message, signed) : this.#message;
    const { verdict, mistakes, alternatives, notes, missing } = diagnose(
      standInScheme(this.#scheme),
      { secret: standInSecret },
      standIn,
      // A signature that the stand-in did not make is none of its own, so nothing is searched for.
      signed ? this.#options : { ...this.#options, budget: { candidates: 100, mistakes: 1 } },
    );
    return { verdict, mistakes, alternatives, notes, missing };
  }

  async #ofAnotherKey(exact: Uint8Array, signatures: readonly Uint8Array[]): Promise<Judgement | undefined> {
    const other = await this.#fits(this.#alsoKeys, exact, signatures);
    if (!other) return undefined;
    const name = other.name ?? 'another key';
    return explainedBy({
      id: 'key/other',
      summary: `The signature is right under ${name}, and not under the key that was to be used: the request is of another account or environment, or the key was replaced.`,
      yours: other.publicKey.fingerprint,
      expected: this.#keys.map(({ publicKey }) => publicKey.fingerprint).join(', '),
      fix: `verify with the public key that belongs to the account that sends: here ${name}`,
      part: 'key',
    });
  }

  async #spelledOtherwise(exact: Uint8Array, texts: readonly string[]): Promise<Judgement | undefined> {
    const { encoding, form } = this.#scheme.publicKey;
    for (const text of texts) {
      for (const { bytes, how } of signatureSpellings(this.#scheme, text)) {
        // oxlint-disable-next-line no-await-in-loop
        if (!(await this.#fits(this.#keys, exact, [bytes]))) continue;
        const wanted = `${encoding}${form === 'der' ? ' of DER' : form === undefined ? '' : ' of its two numbers'}`;
        return explainedBy({
          id: 'digest/encoding',
          summary: `The signature is right, but it was written ${how}; the scheme has it as ${wanted}.`,
          yours: how,
          expected: wanted,
          fix: `write the signature as ${wanted}`,
        });
      }
    }
    return undefined;
  }

  async #hashedFirst(exact: Uint8Array, signatures: readonly Uint8Array[]): Promise<Judgement | undefined> {
    for (const { bytes, mistake } of hashedFirst(exact, this.#scheme.publicKey.algorithm)) {
      // oxlint-disable-next-line no-await-in-loop
      if (await this.#fits(this.#keys, bytes, signatures)) return explainedBy(mistake);
    }
    return undefined;
  }

  #hmac(exact: Uint8Array, texts: readonly string[]): Judgement | undefined {
    for (const { publicKey } of this.#keys) {
      for (const text of texts) {
        const mistake = hmacInstead(exact, text, publicKey);
        if (mistake) return explainedBy(mistake);
      }
    }
    return undefined;
  }

  /** The same request under the time of another one, which was sent shortly before or after. */
  async #ofAnotherTime(
    { claims: { date = '', dateHeader } }: SignedRequest,
    signatures: readonly Uint8Array[],
  ): Promise<Judgement | undefined> {
    const { format } = this.#scheme.date ?? {};
    if (dateHeader === undefined || format !== 'epoch-seconds' || signatures.length === 0) return undefined;
    const ends = this.#bytes + mostBytesForTimes;
    for (let beside = 1; beside <= farthestSeconds && this.#bytes < ends; beside++) {
      for (const other of [Number(date) - beside, Number(date) + beside].map(String)) {
        const isDate = (name: string): boolean => name.toLowerCase() === dateHeader.toLowerCase();
        const headers = this.#message.headers.map((line) => (isDate(line[0]) ? ([line[0], other] as const) : line));
        const request = readSigned(this.#scheme, { ...this.#message, headers }, {});
        if ('ok' in request) continue;
        // oxlint-disable-next-line no-await-in-loop
        if (!(await this.#fits(this.#keys, bytesOf(request.exact), signatures))) continue;
        return explainedBy({
          id: 'date/not-the-one-sent',
          summary: `The signature is that of this body at ${other}, and ${dateHeader} says ${date}: the time is that of another delivery, or was written anew.`,
          yours: other,
          expected: date,
          fix: `take signature, ${dateHeader} and body from the same delivery, as they arrived`,
          part: 'timestamp',
        });
      }
    }
    return undefined;
  }

  async #ofAnotherString(signatures: readonly Uint8Array[]): Promise<Judgement | undefined> {
    if (signatures.length === 0) return undefined;
    for (const string of candidateStrings(this.#scheme, this.#message, this.#options, mostStrings)) {
      // oxlint-disable-next-line no-await-in-loop
      if (await this.#fits(this.#keys, string, signatures)) return this.#judgedAs(string);
    }
    const rewritten = this.#linesOfEvents();
    if (rewritten) {
      const request = readSigned(this.#scheme, { ...this.#message, body: bytesOf(rewritten) }, {});
      if (!('ok' in request) && (await this.#fits(this.#keys, bytesOf(request.exact), signatures)))
        return explainedBy({
          id: 'body/reserialized',
          summary:
            'The body that was signed is this JSON with one member of its list a line, CRLF between them and at the end: what is in hand was parsed and written again.',
          yours: 'the JSON as a parser writes it again',
          expected: 'the bytes that arrived',
          fix: 'verify the raw bytes of the body, before any parser: express.raw({ type: () => true, inflate: false })',
          part: 'body',
        });
    }
    return undefined;
  }

  /** A list as some senders write it: a member a line, each line with CRLF. */
  #linesOfEvents(): string | undefined {
    const { body } = this.#message;
    const text = body instanceof Uint8Array ? textOfUtf8(body) : undefined;
    if (text === undefined || !/^\s*\[/.test(text)) return undefined;
    try {
      const list = JSON.parse(text) as unknown;
      if (!Array.isArray(list)) return undefined;
      return `[${list.map((member) => JSON.stringify(member)).join(',\r\n')}]\r\n`;
    } catch {
      return undefined;
    }
  }
}

function explainedBy(mistake: OwnMistake): Judgement {
  const mistakes: readonly Mistake[] = [ownMistake(mistake)];
  return { verdict: 'explained', mistakes, alternatives: [], notes: [], missing: [] };
}

function unexplained(isReadable: boolean, keyCount: number): Judgement {
  const notes: DiagnosisNote[] = [
    isReadable
      ? {
          id: 'key/not-this-one',
          summary: `Under the ${keyCount} public key${keyCount === 1 ? '' : 's'} given it is no signature of this request, nor of another body, time or layout that was tried. What another private key signed cannot be told from what was changed on the way: compare the key with that of the account that sends.`,
        }
      : {
          id: 'signature/unreadable',
          summary:
            'The signature has neither the length nor the form of those that keys of this scheme make, in any encoding that was tried.',
        },
  ];
  const missing = isReadable
    ? [
        {
          option: '--also-public-key',
          summary:
            'the public keys of your other accounts and environments, so that it can be told whose request it is',
        },
      ]
    : [];
  return { verdict: 'unexplained', mistakes: [], alternatives: [], notes, missing };
}
