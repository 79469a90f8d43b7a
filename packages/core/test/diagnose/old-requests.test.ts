import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

const credential = { keyId: '669e367e-6bba-48ab-af15-266871c28135', secret: 'JViE5vDor0Sw3WllZka15Q==' };
const path = '/calling/v1/callouts';
const body = '{"text":"Hello"}';

describe('a right signature of another time', () => {
  const key = Buffer.from(credential.secret, 'base64');
  const md5 = createHash('md5').update(body).digest('base64');
  const text = `POST\n${md5}\napplication/json\nx-timestamp:2026-03-10T08:15:30Z\n${path}`;
  const signature = createHmac('sha256', key).update(text).digest('base64');
  const message: Message = {
    method: 'POST',
    target: path,
    headers: [
      ['Host', 'calling.api.sinch.com'],
      ['Content-Type', 'application/json'],
      ['x-timestamp', '2026-03-10T08:15:30Z'],
      ['Authorization', `application ${credential.keyId}:${signature}`],
    ],
    body: new TextEncoder().encode(body),
  };
  const summary = (now: string): string => {
    const found = diagnose(sinchApplication, credential, message, { now: new Date(now) });
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [{ id: 'date/clock-skew' }] });
    return found.mistakes[0]?.summary ?? '';
  };

  test('is old, and the way to have it judged as of then is given', () => {
    expect(summary('2026-03-11T19:20:00Z')).toBe(
      'The signature is CORRECT; it is old (1 day 11 h): x-timestamp says 2026-03-10T08:15:30Z, it is 2026-03-11T19:20:00.000Z, and the limit is 5 min. If it was sent then, have it judged as of then: --now 2026-03-10T08:15:30.000Z. If it has just been sent, the clock that dated it is 1 day 11 h behind.',
    );
  });

  test('by a whole number of hours may be local time', () => {
    expect(summary('2026-03-10T10:15:32Z')).toContain('local time was sent as UTC');
    expect(summary('2026-03-10T06:15:32Z')).toContain('local time was probably sent as UTC');
  });

  test('in the future was dated by a clock that is ahead', () => {
    const words = summary('2026-03-08T08:08:40Z');
    expect(words).toContain('it is dated 2 days in the future');
    expect(words).toContain('the clock that dated it is ahead');
    expect(words).not.toMatch(/old|--now|local time/);
  });
});
