import { expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { PhoneBook } from '../../src/phones/phone-book.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';
import { twice } from './twice-as-much.ts';

test('scripts of phones: the one that was set first goes back to the default', () => {
  const switchboard = {
    dispatch: () => ({ ok: false, refused: 'call-not-found', summary: '' }) as const,
    onEvent: () => () => {},
  };
  const book = new PhoneBook({
    switchboard,
    clock: createVirtualClock(),
    dial: () => ({ ok: false, refused: 'number-not-found', summary: '' }),
  });
  const steps = [{ do: 'say', text: 'x'.repeat(5_000) }] as const;
  const count = twice(bounds['phone-scripts'], 5_000);
  for (let n = 0; n < count; n += 1) book.setScript(`+1555${n}`, { pickUp: 'answer', steps: [...steps] });
  const kept = JSON.stringify(book.phones().map(({ script }) => script)).length;
  expect(kept).toBeLessThanOrEqual(bounds['phone-scripts'].bytes);
  expect([book.script('+15550'), book.script(`+1555${count - 1}`)]).toMatchObject([{ pickUp: 'answer' }, { steps }]);
  expect(book.script('+15550')).not.toHaveProperty('steps');
});
