import { schemes } from '@countersign/core/schemes/catalog';
/** What the command line reads; a row's shape is that of `core.js`. */
export const rows = [
  {
    name: '-H: spaces in the value',
    modules: ['header-argument'],
    make: (n) => `a: b${' '.repeat(n)}c`,
    run: ({ headerArgument }, text) => headerArgument(text),
  },
  {
    name: 'the scheme of a long path',
    modules: ['recognize-scheme'],
    make: (n) => '/a'.repeat(n / 2),
    run: ({ schemeOfUrl }, target) => schemeOfUrl(schemes, 'h', target),
  },
  {
    name: 'the scheme of a message with many headers',
    modules: ['recognize-scheme'],
    make: (n) => ({
      method: 'GET',
      target: '/',
      headers: Array.from({ length: n / 2 }, () => ['a', 'b']),
      body: new Uint8Array(),
    }),
    run: ({ schemeOfMessage }, message) => schemeOfMessage(schemes, message),
  },
  {
    name: 'a time: digits',
    modules: ['time-argument'],
    make: (n) => `2024-05-27T09:08:07.${'1'.repeat(n)}x`,
    run: ({ timeArgument }, text) => timeArgument(text, '--now'),
  },
];
