import { createHash, createHmac, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Judge, Received } from './served.ts';

/** What a receiver of signatures by a private key does its own way; each member is one place where they are often wrong. */
export interface KeyPairWays {
  /** Whether the bytes are signed, by whatever the receiver takes for a signature. */
  readonly isSigned: (publicKey: KeyObject, signed: Buffer, signature: string) => boolean;
  /** The time that is judged, out of what the header says; NaN is never fresh. */
  readonly seconds: (text: string, received: Received) => number;
  readonly repeatKey: (signed: Buffer, signature: string) => string;
  readonly rememberMs: number;
}

const windowMs = 300_000;

/** One spelling of a signature, and not whatever decodes to its bytes. */
export function signatureBytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text && bytes.length > 0 ? bytes : undefined;
}

export const strictKeyPair: KeyPairWays = {
  isSigned(publicKey, signed, signature) {
    const bytes = signatureBytes(signature);
    const hash = publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    return bytes !== undefined && verify(hash, signed, publicKey, bytes);
  },
  seconds: (text) => (/^\d{10}$/.test(text) ? Number(text) : Number.NaN),
  repeatKey: (signed) => createHash('sha256').update(signed).digest('hex'),
  rememberMs: 2 * windowMs,
};

/** Whether it is an HMAC under the text of the public key: what a verifier takes that lets the request say how it was signed. */
export function isHmacUnderKey(publicKey: KeyObject, signed: Buffer, signature: string): boolean {
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return createHmac('sha256', pem).update(signed).digest('base64') === signature;
}

/** Where two schemes over time and body have what they sign, as their pages describe them. */
const layouts = {
  telnyx: { date: 'telnyx-timestamp', signature: 'telnyx-signature-ed25519', separator: '|' },
  sendgrid: {
    date: 'x-twilio-email-event-webhook-timestamp',
    signature: 'x-twilio-email-event-webhook-signature',
    separator: '',
  },
} as const;

/** Webhooks that a private key signs for, verified by hand. */
export function keyPairJudge(scheme: keyof typeof layouts, ways: KeyPairWays, now: () => Date, pem: string): Judge {
  const publicKey = createPublicKey(pem);
  const layout = layouts[scheme];
  const seen = new Map<string, number>();
  return (received) => {
    const { values, body } = received;
    const [date, secondDate] = values(layout.date);
    const [signature, secondSignature] = values(layout.signature);
    if (date === undefined || signature === undefined || secondDate !== undefined || secondSignature !== undefined)
      return 403;
    const signed = Buffer.concat([Buffer.from(`${date}${layout.separator}`), body]);
    if (!ways.isSigned(publicKey, signed, signature)) return 403;
    const nowMs = now().getTime();
    if (!(Math.abs(nowMs - ways.seconds(date, received) * 1000) <= windowMs)) return 403;
    const key = ways.repeatKey(signed, signature);
    const before = seen.get(key);
    if (before !== undefined && nowMs - before < ways.rememberMs) return 409;
    seen.set(key, nowMs);
    return 204;
  };
}
