import { parseTimestamp } from '../../src/canonical/timestamp.ts';
import { PrivateKey } from '@countersign/core/private-key';
import { definePublicKeyScheme } from '@countersign/core/public-key-scheme';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage } from '@countersign/core/signed-message';
import { verifyAsync } from '@countersign/core/verify-async';
import { describe, expect, test } from 'vitest';
import { publicKeyVectors, signedVector, vectorKey, vectorMessage, vectorText as text } from './vectors.ts';

describe.each(publicKeyVectors)('$scheme.id', ({ scheme, sign, received }) => {
  const clock = (date: string | undefined): { now?: Date } => {
    const epochMs = date === undefined || !scheme.date ? undefined : parseTimestamp(date, scheme.date.format);
    return epochMs === undefined ? {} : { now: new Date(epochMs) };
  };

  test('is a consistent definition', () => {
    expect(definePublicKeyScheme({ ...scheme })).toEqual(scheme);
  });

  describe('signing', () => {
    const signable = sign.filter(({ key }) => key.private !== undefined);
    test.each(signable)('$id: $title', async (vector) => {
      const message = vectorMessage(vector);
      const credential = { privateKey: new PrivateKey(vector.key.private ?? '') };
      const signature = await signAsync(scheme, credential, message, {
        ...(vector.date !== undefined && { date: vector.date }),
        ...(vector.dateHeader !== undefined && { dateHeader: vector.dateHeader }),
      });
      const trace = signature.trace();
      expect(Object.fromEntries(trace.parts.map(({ name, bytes }) => [name, text(bytes)]))).toEqual(
        vector.stages.parts,
      );
      expect(text(trace.stringToSign)).toEqual(vector.stages.stringToSign);
      expect((await credential.privateKey.publicKey()).fingerprint).toBe(vectorKey(vector).publicKey.fingerprint);
      if (vector.isDeterministic ?? true) {
        expect(signature.signature).toBe(vector.stages.signature);
        expect(signature.headers).toEqual(vector.adds);
        expect(signedMessage(message, signature)).toEqual(signedVector(vector));
      } else {
        const again = signedMessage(message, signature);
        expect(await verifyAsync(scheme, vectorKey(vector), again, clock(vector.date))).toMatchObject({ ok: true });
      }
    });
  });

  describe('verifying what a signer must produce', () => {
    test.each(sign)('$id: $title', async (vector) => {
      const outcome = await verifyAsync(scheme, vectorKey(vector), signedVector(vector), clock(vector.date));
      expect(outcome).toMatchObject({ ok: true, notes: [] });
      expect(text(outcome.trace()?.stringToSign ?? new Uint8Array())).toEqual(vector.stages.stringToSign);
      expect(outcome.trace()?.received).toBe(vector.stages.signature);
    });
  });

  describe('verifying what arrived', () => {
    test.each(received)('$id: $title', async (vector) => {
      const outcome = await verifyAsync(scheme, vectorKey(vector), vectorMessage(vector), clock(vector.now));
      expect(outcome.ok ? 'accepted' : outcome.code).toBe(vector.outcome.strict);
    });
  });
});
