import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { perform } from '../src/playground/perform.ts';
import type { Task } from '../src/playground/work.ts';

const signed = '&msisdn=14843472194&text=Test _ more&timestamp=1773130530';
const sig = createHmac('sha256', 'my_secret').update(signed).digest('hex').toUpperCase();
const task: Omit<Task, 'kind'> = {
  text: `GET /inbound?msisdn=14843472194&text=Test+%26+more&timestamp=1773130530&sig=${sig} HTTP/1.1\nHost: hooks.example.com\n\n`,
  scheme: 'vonage-sms',
  secret: 'my_secret',
  keyId: '',
  nowMs: 1773130530000,
};

test('the playground judges by the way to sign that the account chose, and its programs sign so', async () => {
  const verified = await perform({ ...task, kind: 'verify', mac: 'sha256' });
  expect(verified.outcome).toMatchObject({
    kind: 'verified',
    ok: true,
    programs: { python: { code: expect.stringContaining('hashlib.sha256).hexdigest().upper()') } },
  });
  const right = await perform({ ...task, kind: 'diagnose', mac: 'sha256' });
  expect(right.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'valid' } });
});

test('without it the sentence names the field that says it', async () => {
  const { outcome } = await perform({ ...task, kind: 'diagnose' });
  expect(outcome).toMatchObject({
    kind: 'diagnosed',
    diagnosis: {
      verdict: 'explained',
      mistakes: [
        {
          id: 'digest/algorithm',
          summary: expect.stringContaining('it is judged with sha256 in the field “Way to sign”.'),
        },
      ],
    },
  });
});

test('what is left in the field from another scheme says nothing of this one', async () => {
  const { outcome } = await perform({ ...task, kind: 'verify', mac: 'HS512' });
  expect(outcome).toMatchObject({
    kind: 'verified',
    ok: false,
    sentence: expect.stringMatching(/^signature\//),
  });
});
