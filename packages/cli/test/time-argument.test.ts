import { expect, test } from 'vitest';
import { timeArgument } from '../src/time-argument.ts';

const noon = '2024-05-27T09:08:07.000Z';

test.each([
  ['2024-05-27T09:08:07Z', noon],
  ['2024-05-27t09:08:07z', noon],
  ['2024-05-27 09:08:07', noon],
  ['2024-05-27T11:08:07+02:00', noon],
  ['2024-05-27T11:08:07+0200', noon],
  ['2024-05-27T09:08:07.1234567Z', '2024-05-27T09:08:07.123Z'],
  ['2024-05-27T09:08Z', '2024-05-27T09:08:00.000Z'],
  ['2024-05-27', '2024-05-27T00:00:00.000Z'],
  ['Mon, 27 May 2024 09:08:07 GMT', noon],
  ['27 May 2024 11:08:07 +0200', noon],
])('%s is %s', (text, expected) => {
  expect(timeArgument(text, '--now').toISOString()).toBe(expected);
});

test.each(['', 'now', '1716800887', '2024-13-01', '2024-05-27T25:00:00Z', '27/05/2024'])('"%s" is no time', (text) => {
  expect(() => timeArgument(text, '--now')).toThrow(
    expect.objectContaining({
      code: 'usage/time',
      message: expect.stringContaining(`--now "${text}" is not a time`) as string,
    }),
  );
});
