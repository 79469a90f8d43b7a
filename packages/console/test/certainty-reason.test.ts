import { expect, test } from 'vitest';
import { reasonOf } from '../src/anatomy/certainty-reason.ts';

test('only what was recomputed and equal is said to give the received value', () => {
  expect(reasonOf('proven', 'explained')).toContain('exactly the signature');
  expect(reasonOf('proven', 'unexplained')).toContain('exactly the content hash');
  expect(reasonOf('certain', 'explained')).toContain('nothing had to be computed');
  expect(reasonOf('likely', 'explained')).toContain('nothing proves it');
  for (const certainty of ['certain', 'likely'] as const) {
    for (const verdict of ['valid', 'explained', 'unexplained'] as const)
      expect(reasonOf(certainty, verdict)).not.toContain('exactly');
  }
});
