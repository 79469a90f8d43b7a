import type { WholeMessage } from '../../requests/signed-message.ts';
import type { AttackContext } from '../attack.ts';
import { respelled } from './respelled.ts';

/** The order of the curve P-256 (SP 800-186 §3.2.1.3): of each ECDSA signature (r, s), (r, n − s) is one as well. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The message with the second signature that anybody makes of its ECDSA signature, without any key. */
export function otherHalf(message: WholeMessage, context: AttackContext): WholeMessage | undefined {
  const { by } = context.prover;
  if (by.kind !== 'key pair' || by.publicKey.kind !== 'ec-p256') return undefined;
  const { encoding, form } = by.scheme.publicKey;
  return respelled(context, message, (signature) => {
    const bytes = Buffer.from(signature, encoding);
    const [r, s] = form === 'der' ? numbersOfDer(bytes) : [bytes.subarray(0, 32), bytes.subarray(32)];
    const other = Buffer.from((order - BigInt(`0x${s.toString('hex')}`)).toString(16).padStart(64, '0'), 'hex');
    const written = form === 'der' ? sequence(Buffer.concat([integer(r), integer(other)])) : Buffer.concat([r, other]);
    return written.toString(encoding);
  });
}

/** The two numbers of a right signature: each is shorter than 128 bytes, and so is the whole. */
function numbersOfDer(der: Buffer): readonly [Buffer, Buffer] {
  const end = 4 + (der[3] ?? 0);
  return [der.subarray(4, end), der.subarray(end + 2)];
}

function integer(bytes: Buffer): Buffer {
  const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const content = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  return Buffer.concat([Buffer.of(2, content.length), content]);
}

function sequence(content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}
