import { expect, test } from 'vitest';
import { callTo, setUp, storyOf } from './exchange-under-test.ts';

test('a call rings, is answered, plays a prompt and is hung up', async () => {
  const { give, clock, events, phones } = setUp();
  give(callTo('+12065550199'));
  expect(phones.phone('+12065550199').state).toBe('ringing');
  await clock.advance(1000);
  give({
    type: 'play',
    operation: 'greeting',
    prompts: [{ kind: 'text', text: 'Hello, world' }],
    to: 'all',
    repeat: 1,
    interrupt: false,
  });
  await clock.advance(5000);
  give({ type: 'end-call', cause: 'dropped' });
  expect(storyOf(events)).toEqual([
    '0 s call-opened',
    '0 s leg-invited a',
    '1 s leg-answered a',
    '1 s play-requested greeting',
    '1 s play-started greeting',
    '1 s play-round greeting',
    '1.6 s play-completed greeting',
    '6 s leg-ended a dropped',
    '6 s call-ended dropped',
  ]);
  expect(phones.phone('+12065550199').state).toBe('idle');
});
