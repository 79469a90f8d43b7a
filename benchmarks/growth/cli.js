/** What the command line reads; a row's shape is that of `core.js`. */
export const rows = [
  {
    name: '-H: spaces in the value',
    modules: ['header-argument'],
    make: (n) => `a: b${' '.repeat(n)}c`,
    run: ({ headerArgument }, text) => headerArgument(text),
  },
  {
    name: 'a time: digits',
    modules: ['time-argument'],
    make: (n) => `2024-05-27T09:08:07.${'1'.repeat(n)}x`,
    run: ({ timeArgument }, text) => timeArgument(text, '--now'),
  },
];
