import { parseTimestamp } from '../../src/canonical/timestamp.ts';
import '@countersign/core/sha512';
import { contentHasher } from '@countersign/core/content-hasher';
import type { Message } from '@countersign/core/message';
import { knownDeviations } from '@countersign/core/deviations';
import { defineScheme } from '@countersign/core/scheme';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import {
  schemeVectors,
  signedVector,
  vectorCredential,
  vectorMessage,
  vectorScheme,
  vectorText as text,
  type SignVector,
} from './vectors.ts';

describe.each(schemeVectors)('$scheme.id', ({ scheme, sign: signVectors, received }) => {
  const clock = (date: string | undefined): { now?: Date } => {
    const epochMs = date === undefined || !scheme.date ? undefined : parseTimestamp(date, scheme.date.format);
    return epochMs === undefined ? {} : { now: new Date(epochMs) };
  };
  const signed = (vector: SignVector, message: Message): ReturnType<typeof sign> =>
    sign(vectorScheme(vector, scheme), vectorCredential(vector, scheme), message, {
      ...(vector.date !== undefined && { date: vector.date }),
      ...(vector.dateHeader !== undefined && { dateHeader: vector.dateHeader }),
      ...(vector.fields !== undefined && { fields: vector.fields }),
      ...(vector.options !== undefined && { signatureInput: vector.options }),
    });

  test('is a consistent definition', () => {
    expect(defineScheme({ ...scheme })).toEqual(scheme);
    const deviations = knownDeviations(scheme);
    expect(defineScheme({ ...scheme, deviations })).toEqual({ ...scheme, deviations });
  });

  describe('signing', () => {
    test.each(signVectors)('$id: $title', (vector) => {
      const message = vectorMessage(vector);
      const signature = signed(vector, message);
      const trace = signature.trace();
      expect(Object.fromEntries(trace.parts.map(({ name, bytes }) => [name, text(bytes)]))).toEqual(
        vector.stages.parts,
      );
      expect(text(trace.stringToSign)).toEqual(vector.stages.stringToSign);
      const { canonicalRequest } = vector.stages;
      expect(trace.canonicalRequest && text(trace.canonicalRequest)).toEqual(canonicalRequest);
      expect(signature.signature).toBe(vector.stages.signature);
      expect(signature.headers).toEqual(vector.adds);
      expect(signature.parameters).toEqual(vector.parameters ?? []);
      expect(signedMessage(message, signature)).toEqual(signedVector(vector));
    });

    const { contentHash } = scheme;
    if (!contentHash) return;
    test('gives the same for bodies that are hashed as they stream', () => {
      for (const vector of signVectors) {
        const message = vectorMessage(vector);
        const hasher = contentHasher(contentHash.algorithm);
        const body = message.body as Uint8Array;
        for (let at = 0; at < body.length; at += 7) hasher.update(body.subarray(at, at + 7));
        expect(signed(vector, { ...message, body: hasher.digest() }).headers).toEqual(vector.adds);
      }
    });
  });

  describe('verifying what a signer must produce', () => {
    test.each(signVectors)('$id: $title', (vector) => {
      const message = signedVector(vector);
      const outcome = verify(
        vectorScheme(vector, scheme),
        vectorCredential(vector, scheme),
        message,
        clock(vector.date),
      );
      expect(outcome).toMatchObject({ ok: true, notes: [] });
      expect(outcome).not.toHaveProperty('deviation');
      expect(text(outcome.trace()?.stringToSign ?? new Uint8Array())).toEqual(vector.stages.stringToSign);
      expect(outcome.trace()?.received).toBe(vector.stages.signature);
    });
  });

  describe('verifying what arrived', () => {
    test.each(received)('$id: $title', (vector) => {
      const credential = vectorCredential(vector, scheme);
      const asked = vectorScheme(vector, scheme);
      const strict = verify(asked, credential, vectorMessage(vector), clock(vector.now));
      expect(strict.ok ? 'accepted' : strict.code).toBe(vector.outcome.strict);

      const tolerant = verify(asked, credential, vectorMessage(vector), { ...clock(vector.now), tolerate: 'all' });
      const { deviation } = vector.outcome;
      if (deviation === undefined) expect(tolerant.ok ? 'accepted' : tolerant.code).toBe(vector.outcome.strict);
      else expect(tolerant).toMatchObject({ ok: true, deviation: { id: deviation } });
    });
  });
});
