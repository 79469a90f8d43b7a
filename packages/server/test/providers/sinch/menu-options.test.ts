import { expect, test } from 'vitest';
import { readOptionAction } from '../../../src/providers/sinch/calls/menu.ts';

test.each([
  ['menu', { kind: 'menu', value: '' }],
  [' Return ', { kind: 'return', value: '' }],
  ['menu(sub)', { kind: 'menu', value: 'sub' }],
  ['MENU ( sub menu )\n', { kind: 'menu', value: 'sub menu' }],
  ['return()', { kind: 'return', value: '' }],
  ['return(a(b)c)', { kind: 'return', value: 'a(b)c' }],
  ['menu(a\nb)', { kind: 'menu', value: 'a\nb' }],
])('an option says %j', (text, action) => {
  expect(readOptionAction(text)).toEqual(action);
});

test.each(['', 'menus', 'menu(', 'menu)', 'menu(a', 'menu a', 'return(a) b', '(menu)', 'hangup'])(
  'an option cannot say %j',
  (text) => {
    expect(readOptionAction(text)).toBeUndefined();
  },
);

test('what never closes its bracket is refused without trying every space in it', () => {
  // With an effort that grows with the cube of its length this would take years.
  for (const text of [`menu(${' '.repeat(500_000)}`, `menu${' '.repeat(500_000)}x`, `menu(${'a )'.repeat(200_000)}b`]) {
    expect(readOptionAction(text)).toBeUndefined();
  }
});
