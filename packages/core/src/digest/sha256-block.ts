/** The first 32 bits behind the point: how FIPS 180-4 takes its constants from roots of the first primes. */
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0;

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);

/** The state before the first block, eight words (FIPS 180-4 §5.3.3). */
export const initialState = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/**
 * Takes the 64 bytes at `at` into the state (FIPS 180-4 §6.2.2).
 *
 * The steps stand in pairs and without function calls, and the sums begin with what is known first: engines do none of
 * that for us, and a loop of single steps takes a quarter longer.
 */
export const compressBlock = createCompression();

function createCompression(): (state: Int32Array, bytes: DataView, at: number) => void {
  // Inside a function, because bundlers make variables of a module's constants, and engines then check both arrays at
  // each access: a tenth of the time.
  const k = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const w = new Int32Array(64);

  return (state, bytes, at) => {
    for (let t = 0; t < 16; t++) w[t] = bytes.getInt32(at + 4 * t);
    // w16 is the word 16 before the one that is made, and so on; what the next step needs stays out of the array.
    let w16 = w[0]!;
    let w2 = w[14]!;
    let w1 = w[15]!;
    for (let t = 16; t < 64; t += 2) {
      const w15 = w[t - 15]!;
      const w14 = w[t - 14]!;
      w2 =
        (w16 +
          w[t - 7]! +
          (((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3)) +
          (((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10))) |
        0;
      w1 =
        (w15 +
          w[t - 6]! +
          (((w14 >>> 7) | (w14 << 25)) ^ ((w14 >>> 18) | (w14 << 14)) ^ (w14 >>> 3)) +
          (((w1 >>> 17) | (w1 << 15)) ^ ((w1 >>> 19) | (w1 << 13)) ^ (w1 >>> 10))) |
        0;
      w[t] = w2;
      w[t + 1] = w1;
      w16 = w14;
    }

    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let t = 0; t < 64; t += 2) {
      // A round gives two new words; in place of moving the other six down by one, the second round knows them by the
      // names that they have.
      h =
        (((h + k[t]! + w[t]!) | 0) +
          (g ^ (e & (f ^ g))) +
          (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))) |
        0;
      d = (d + h) | 0;
      h =
        (h +
          ((a & b) | (c & (a | b))) +
          (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))) |
        0;
      g =
        (((g + k[t + 1]! + w[t + 1]!) | 0) +
          (f ^ (d & (e ^ f))) +
          (((d >>> 6) | (d << 26)) ^ ((d >>> 11) | (d << 21)) ^ ((d >>> 25) | (d << 7)))) |
        0;
      c = (c + g) | 0;
      g =
        (g +
          ((h & a) | (b & (h | a))) +
          (((h >>> 2) | (h << 30)) ^ ((h >>> 13) | (h << 19)) ^ ((h >>> 22) | (h << 10)))) |
        0;
      const first = g;
      const second = h;
      g = e;
      h = f;
      e = c;
      f = d;
      c = a;
      d = b;
      a = first;
      b = second;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  };
}
