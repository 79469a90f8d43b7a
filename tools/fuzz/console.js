import * as fc from 'fast-check';
import { changedJson } from './json-values.js';
import { mutated, usually } from './mutations.js';
import * as requests from './requests.js';

/** What people paste into the console, and what its page reads of addresses and callbacks; a row's shape is described in `fuzz.js`. */

const pasted = requests.anyForm;
const base64url = (text) => Buffer.from(text).toString('base64url');

export const parsers = [
  {
    name: 'pasted requests, signed, verified and diagnosed',
    modules: ['playground/perform'],
    input: fc.record({
      kind: fc.constantFrom('sign', 'verify', 'diagnose'),
      text: pasted,
      chosen: fc.nat({ max: 2 }),
      scheme: usually('acs-hmac', 'sinch-application', 'sinch-webhook'),
      secret: usually(requests.secret, 'test', ' '),
      keyId: usually('', 'id'),
      nowMs: fc.constantFrom(1_716_800_887_000, undefined),
    }),
    run: ({ perform }, task) => perform(task),
    throws: [],
    /** A diagnosis is a hundred times the work of a parser. */
    share: 0.02,
  },
  {
    name: 'links that share a request',
    modules: ['playground/share-link'],
    input: fc.tuple(requests.rawRequest, usually('acs-hmac'), fc.nat(), fc.constantFrom('', 'A', '%', '=', '-_', 'é')),
    async run({ packShared, unpackShared }, [text, scheme, at, put]) {
      const packed = await packShared({ text, scheme });
      const whole = await unpackShared(packed);
      if (whole?.text !== text || whole.scheme !== scheme) throw new Error('the link lost something');
      await unpackShared(packed.slice(0, at % packed.length) + put + packed.slice((at % packed.length) + 1));
    },
    throws: [],
    /** Each starts two streams. */
    share: 0.02,
  },
  {
    name: 'tokens of callbacks',
    modules: ['calls/jwt'],
    input: mutated(
      fc
        .tuple(changedJson({ alg: 'RS256', kid: 'k' }), changedJson({ iss: 'i', exp: 1, data: { a: [1] } }))
        .map(([header, claims]) => `${base64url(header)}.${base64url(claims)}.AAAA`),
    ),
    run({ openJwt }, token) {
      const opened = openJwt(token);
      for (const part of opened ? [opened.header, opened.claims] : [])
        if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new Error('a part is no object');
    },
    throws: [],
    share: 0.5,
  },
  {
    name: 'server-sent events',
    modules: ['live/server-sent-events'],
    input: fc.array(mutated(usually('id: 1\nevent: call\ndata: {}\n\n', 'data\n\n', ': ping\r\n\r\n')), {
      maxLength: 4,
    }),
    run({ ServerSentEventReader }, pieces) {
      const reader = new ServerSentEventReader();
      return pieces.map((piece) => reader.read(piece));
    },
    throws: [],
  },
];
