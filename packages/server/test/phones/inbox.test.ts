import { describe, expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { Inboxes } from '../../src/phones/inbox.ts';
import type { TextMessage } from '../../src/contract/text-message.ts';

function message(id: string): TextMessage {
  return { id, from: '+12065550100', to: '+15555550123', text: id, atMs: 0 };
}

describe('the text messages of a phone', () => {
  test('are kept once each, the oldest first', () => {
    const inboxes = new Inboxes();
    expect(['one', 'two', 'one'].map((id) => inboxes.deliver('+1', message(id)))).toEqual([true, true, false]);
    expect(inboxes.of('+1').map(({ id }) => id)).toEqual(['one', 'two']);
    expect(inboxes.of('+2')).toEqual([]);
  });

  test('do not grow without bound: the last hundred are kept, of the thousand phones that got one last', () => {
    const inboxes = new Inboxes();
    for (let count = 0; count < 150; count++) inboxes.deliver('+1', message(`${count}`));
    expect(inboxes.of('+1')).toHaveLength(100);
    expect(inboxes.of('+1')[0]).toMatchObject({ id: '50' });
    for (let count = 0; count < 1000; count++) inboxes.deliver(`+2${count}`, message('one'));
    expect(inboxes.of('+1')).toEqual([]);
    expect([...inboxes.addresses()]).toHaveLength(1000);
  });

  test('are bounded in bytes, too: phones that got none for the longest time lose theirs', () => {
    const inboxes = new Inboxes();
    for (let count = 0; count < 8; count++) {
      const text = 'x'.repeat(10_000);
      for (let n = 0; n < 100; n++) inboxes.deliver(`+1${count}`, { ...message(`${count}-${n}`), text });
    }
    expect(inboxes.bytes).toBeLessThanOrEqual(bounds['text-messages'].bytes);
    expect([inboxes.of('+10'), inboxes.of('+17').length]).toEqual([[], 100]);
  });
});
