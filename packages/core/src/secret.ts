import { prepareMac } from '#digest';
import { keyDecoders, type KeyEncoding } from './canonical/key-encoding.ts';
import type { Mac, MacAlgorithm } from './digest/algorithms.ts';
import { CountersignError } from './errors.ts';

/**
 * A signing key that cannot be printed by accident: `String(secret)`, `JSON.stringify` and Node's `util.inspect` all
 * give `[secret]`. Keep one for as long as the key lives; the prepared HMAC state is cached in it.
 */
export class Secret {
  declare readonly encoding: KeyEncoding;
  readonly #text: string;
  readonly #bytes: Uint8Array;
  readonly #macs: Partial<Record<MacAlgorithm, Mac>> = {};

  /**
   * @param text the secret as the provider shows it
   * @param encoding how that text stands for bytes; a scheme says it in `key.encoding`
   * @throws CountersignError `secret/empty` (also for a variable that was not set), `secret/encoding` or
   * `secret/undecodable`, without the text
   */
  constructor(text: string, encoding: KeyEncoding) {
    if (typeof text !== 'string' || !text.trim()) {
      throw new CountersignError('secret/empty', 'the secret is not set, empty, or no text');
    }
    const decode = keyDecoders.get(encoding);
    // Not shown either: who swaps the two has the secret here.
    if (!decode) {
      throw new CountersignError('secret/encoding', 'the encoding of a secret is base64, hex, utf8 or whsec');
    }
    const bytes = decode(text);
    if (!bytes) {
      let problem = `the secret is not ${encoding}: ${text.length} characters`;
      for (const [pattern, name] of oddities) if (pattern.test(text)) problem += `, with ${name}`;
      throw new CountersignError('secret/undecodable', problem);
    }
    this.encoding = encoding;
    this.#text = text;
    this.#bytes = bytes;
  }

  /** HMAC under this key, or what `md5-suffix` is. */
  mac(algorithm: MacAlgorithm): Mac {
    return (this.#macs[algorithm] ??= prepareMac(algorithm, this.#bytes));
  }

  /** The secret itself, for code that must try other readings of it (diagnosis). Never log what this returns. */
  expose(): { readonly text: string; readonly bytes: Uint8Array } {
    return { text: this.#text, bytes: this.#bytes };
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** A key and, for schemes whose requests name it, its public id. */
export interface Credential {
  /** The application key, key id or credential that the request carries in clear. */
  readonly keyId?: string;
  readonly secret: Secret;
  /** Which of the scheme's `mac.choices` the key is used with, where the account chooses one; no request does. */
  readonly mac?: string;
  /** A name for people, for example `primary`; results and traces repeat it. */
  readonly name?: string;
}

/** What is often wrong with a secret that does not decode. None of it shows the secret. */
const oddities: readonly (readonly [RegExp, string])[] = [
  [/^\s|\s$/, 'white space at an end'],
  [/["'`]/, 'quotes'],
  [/[-_]/, 'characters of base64url'],
];
