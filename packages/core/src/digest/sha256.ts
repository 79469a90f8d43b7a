import { utf8 } from '../canonical/byte-encoding.ts';
import type { Data } from './algorithms.ts';
import type { HashFunction } from './hash-function.ts';
import { compressBlock, initialState } from './sha256-block.ts';

const blockLength = 64;
const bufferLength = 64 * blockLength;

/** A message of up to 4 kB is copied (text: encoded) into the buffer, padded there and hashed in one go. */
class Sha256 {
  /** With a block more, for the padding of a message that fills it. */
  readonly #buffer = new Uint8Array(bufferLength + blockLength);
  readonly #view = new DataView(this.#buffer.buffer);
  readonly #state = initialState.slice();
  #compressed = 0;
  #buffered = 0;
  #ended = false;

  /** Goes back to where `compressed` bytes, whole blocks, had led to `state`. */
  restart(state: Int32Array, compressed: number): this {
    this.#state.set(state);
    this.#compressed = compressed;
    this.#buffered = 0;
    this.#ended = false;
    return this;
  }

  update(data: Data): this {
    this.#refuseEnded();
    if (typeof data !== 'string') this.#append(data);
    // A code unit of text takes three bytes at most.
    else if (this.#buffered > 0 || 3 * data.length > bufferLength) this.#append(utf8.encode(data));
    else this.#buffered = utf8.encodeInto(data, this.#buffer).written;
    return this;
  }

  #append(bytes: Uint8Array): void {
    // An ArrayBuffer, say, has no length, and would be hashed as something else.
    if (bytes.BYTES_PER_ELEMENT !== 1) throw new TypeError('expected a Uint8Array or text to hash');
    let rest = bytes;
    while (this.#buffered + rest.length > bufferLength) {
      const taken = bufferLength - this.#buffered;
      this.#buffer.set(rest.subarray(0, taken), this.#buffered);
      this.#compress(bufferLength);
      rest = rest.subarray(taken);
    }
    this.#buffer.set(rest, this.#buffered);
    this.#buffered += rest.length;
  }

  /** Takes the first `length` bytes of the buffer, whole blocks, into the state, and empties it. */
  #compress(length: number): void {
    for (let at = 0; at < length; at += blockLength) compressBlock(this.#state, this.#view, at);
    this.#compressed += length;
    this.#buffered = 0;
  }

  /** The state after whole blocks, to be restarted from. */
  midstate(): Int32Array {
    this.#compress(this.#buffered);
    return this.#state.slice();
  }

  digest(): Uint8Array {
    this.#refuseEnded();
    // Behind the message stand a one bit, zeros, and its length in bits as the last eight bytes of a block.
    const bits = 8 * (this.#compressed + this.#buffered);
    const end = (this.#buffered + 8 + blockLength) & -blockLength;
    this.#buffer.fill(0, this.#buffered, end);
    this.#buffer[this.#buffered] = 0x80;
    this.#view.setUint32(end - 8, bits / 2 ** 32);
    this.#view.setUint32(end - 4, bits);
    this.#compress(end);
    this.#ended = true;
    const digest = new Uint8Array(32);
    for (let at = 0; at < 32; at++) digest[at] = this.#state[at >> 2]! >>> (24 - 8 * (at & 3));
    return digest;
  }

  #refuseEnded(): void {
    if (this.#ended) throw new Error('the hash has been ended by digest()');
  }
}

/** Used again for everything that is hashed in one call, because making one costs more than a short message. */
const oneShot = new Sha256();

/** SHA-256 (FIPS 180-4); decisions/own-sha256-on-the-web.md says why it is here. */
export const sha256: HashFunction = {
  blockLength,
  create: () => new Sha256(),
  startingWith(prefix) {
    const state = oneShot.restart(initialState, 0).update(prefix).midstate();
    return (data) => oneShot.restart(state, prefix.length).update(data).digest();
  },
};
