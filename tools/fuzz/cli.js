import * as fc from 'fast-check';
import { mutated, usually } from './mutations.js';
import * as requests from './requests.js';

/** The command line's parsers; the shape is that of `core.js`, and an error of its own is a `CommandFailure`. */
export const parsers = [
  {
    name: '-H arguments',
    modules: ['header-argument'],
    input: mutated(requests.headerLines.map((lines) => lines[0] ?? 'a: b')),
    run: ({ headerArgument }, text) => headerArgument(text),
    throws: ['CommandFailure', 'CountersignError'],
  },
  {
    name: 'time arguments',
    modules: ['time-argument'],
    input: requests.date,
    run: ({ timeArgument }, text) => timeArgument(text, '--now'),
    throws: ['CommandFailure', 'CountersignError'],
  },
  {
    name: 'requests to be signed',
    modules: ['requests/prepare-request'],
    input: fc.record({
      url: mutated(requests.target.map((target) => `http://localhost:7509${target}`)),
      header: requests.headerLines,
      data: usually('{}', '', 'a=b'),
      scheme: fc.constantFrom('acs-hmac', 'sinch-application', undefined),
    }),
    run: ({ prepareRequest }, { url, data, ...options }) =>
      prepareRequest(url, { ...options, data: data.replace(/^@/, '') }, {}),
    throws: ['CommandFailure', 'CountersignError'],
    share: 0.3,
  },
  {
    name: 'text for the terminal',
    modules: ['output/visible-text'],
    input: requests.body,
    run: (module, text) => Object.values(module).map((show) => (typeof show === 'function' ? show(text) : show)),
    throws: [],
  },
];
