/** A number from bytes, the first one the greatest. */
export function numberOf(bytes: Uint8Array): bigint {
  let text = '0x0';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return BigInt(text);
}

/** What is wrong with 32 bytes as an Ed25519 public key (RFC 8032 §5.1.3); `undefined` for one. */
export function edwardsProblem(bytes: Uint8Array): string | undefined {
  const p = 2n ** 255n - 19n;
  const d = mod(-121665n * power(121666n, p - 2n, p), p);
  const isNegative = ((bytes[31] ?? 0) & 0x80) !== 0;
  const y = numberOf(bytes.toReversed()) & (2n ** 255n - 1n);
  // x² = (y² − 1) / (d·y² + 1) has to be a square: half of all bytes fail here.
  const square = mod((y * y - 1n) * power(d * y * y + 1n, p - 2n, p), p);
  const isPoint = y < p && (square === 0n ? !isNegative : power(square, (p - 1n) / 2n, p) === 1n);
  if (!isPoint) return 'they are no point of its curve';
  // Under a point of order 1, 2, 4 or 8 anybody makes signatures: 0 and ±1, and the two with d·y⁴ + 2y² − 1 = 0.
  const isSmall = y === 0n || y === 1n || y === p - 1n || mod(d * y ** 4n + 2n * y * y - 1n, p) === 0n;
  return isSmall ? 'under this one anybody could make signatures (a point of small order)' : undefined;
}

/** The curves of NIST as y² = x³ − 3x + b (mod p), SP 800-186 §3.2.1. */
const curves = {
  'ec-p256': {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'ec-p384': {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
} as const;

/** Length of a coordinate in bytes. */
export const coordinateLength = { 'ec-p256': 32, 'ec-p384': 48 } as const;

/** Whether bytes are an uncompressed point of a curve: 4, then both coordinates (SEC 1 §2.3.3). */
export function isCurvePoint(kind: keyof typeof curves, bytes: Uint8Array): boolean {
  const { p, b } = curves[kind];
  const length = coordinateLength[kind];
  if (bytes.length !== 1 + 2 * length || bytes[0] !== 4) return false;
  const x = numberOf(bytes.subarray(1, 1 + length));
  const y = numberOf(bytes.subarray(1 + length));
  return x < p && y < p && mod(y * y - (x * x * x - 3n * x + b), p) === 0n;
}

function mod(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  let square = mod(base, p);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square, p);
    square = mod(square * square, p);
  }
  return result;
}
