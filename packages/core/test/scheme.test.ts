import { knownDeviations } from '@countersign/core/deviations';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { providerHints } from '@countersign/core/providers/provider-hints';
import { expect, test } from 'vitest';

const { contentHash: _contentHash, ...withoutHash } = acsHmac;
const { date, ...withoutDate } = acsHmac;
const wrong: [string, Scheme, string][] = [
  ['an id with capitals', { ...acsHmac, id: 'Acs' }, 'an id is lower-case letters, digits and hyphens'],
  ['no parts', { ...acsHmac, parts: [] }, 'at least one part must be signed'],
  ['a part named twice', { ...acsHmac, parts: [...acsHmac.parts, ...acsHmac.parts] }, 'part "method" is named twice'],
  ['a content-hash part without its rule', withoutHash, 'a content-hash part needs `contentHash`'],
  ['a date part without its rule', withoutDate, 'a date part needs `date`'],
  [
    'an unknown field',
    { ...acsHmac, authorization: { header: 'a', template: '{signature}{key}' } },
    'an unknown field {key}',
  ],
  ['no signature', { ...acsHmac, authorization: { header: 'a', template: '{signedHeaders}' } }, 'has no {signature}'],
  ['no list in the template', { ...acsHmac, authorization: { header: 'a', template: '{signature}' } }, 'go together'],
  ['a date without headers', { ...sinchApplication, date: { ...date!, headers: [] } }, '`date.headers` is empty'],
  [
    'a list without a date',
    { ...acsHmac, signedHeaders: { accepted: [['host']] } },
    'the accepted list "host" names no date header',
  ],
  [
    'a nonce that is no part',
    { ...acsHmac, nonce: 'nonce' },
    '`nonce` names "nonce", which is no part from a header that must be sent',
  ],
  ['a nonce that may be missing', { ...sinchApplication, nonce: 'content-type' }, 'a header that must be sent'],
  [
    'a header that may hold its own end, behind a body',
    { ...sinchWebhook, parts: sinchWebhook.parts.map((part) => ({ ...part, excludes: '' })) },
    'bytes can move between the parts "body" and "nonce" and sign alike: let one exclude what separates them',
  ],
  [
    'two parts that touch',
    {
      ...sinchNumbers,
      parts: [
        { name: 'path', source: { from: 'target', form: 'path' }, after: '' },
        { name: 'body', source: { from: 'body' }, after: '' },
      ],
    },
    'between the parts "path" and "body"',
  ],
  [
    'a host that may hold what separates further headers',
    { ...acsHmac, signedHeaders: { ...acsHmac.signedHeaders!, furtherSeparator: ';' } },
    'between the parts "host" and "further headers"',
  ],
  [
    'a deviation of no part',
    { ...acsHmac, deviations: [{ id: 'x', summary: '', part: 'y', rewrite: (text) => text }] },
    'deviation "x" changes part "y"',
  ],
];

test.each(wrong)('a scheme with %s is refused', (_, scheme, problem) => {
  expect(() => defineScheme(scheme)).toThrow(problem);
});

test('a scheme in which bytes can move, as its provider made it, is accepted with the reason', () => {
  const parts = sinchWebhook.parts.map((part) => ({ ...part, excludes: '' }));
  const ambiguous = 'The provider joins body and nonce by a dot and promises nothing about its nonces.';
  expect(defineScheme({ ...sinchWebhook, parts, ambiguous }).ambiguous).toBe(ambiguous);
});

test('literal text separates parts as their own separators do', () => {
  const parts: Scheme['parts'] = [
    { name: 'nonce', source: { from: 'header', header: 'nonce', absent: 'refused' }, after: '', excludes: '|' },
    { name: 'bar', source: { from: 'literal', text: '|' }, after: '' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ];
  expect(defineScheme({ ...sinchNumbers, parts }).parts).toEqual(parts);
  const open = parts.map((part) => ({ ...part, excludes: '' }));
  expect(() => defineScheme({ ...sinchNumbers, parts: open })).toThrow('between the parts "nonce" and "body"');
});

test('hints about a provider come from the scheme, or from what is known of it', () => {
  expect(providerHints(acsHmac)?.routes).toContain('/calling/callConnections/{callConnectionId}:play');
  expect(providerHints(sinchApplication)?.documentedPaths?.map(({ path }) => path)).toContain('/v1/sms/+46700000000');
  const hints = { routes: ['/mine'], hosts: [] };
  expect(providerHints({ ...acsHmac, provider: hints })).toBe(hints);
  expect(providerHints({ ...acsHmac, id: 'mine' })).toBeUndefined();
  expect(providerHints({ ...acsHmac, id: 'constructor' })).toBeUndefined();
});

test('deviations come from the scheme, or from what is known of it', () => {
  const ids = (scheme: Scheme) => knownDeviations(scheme).map(({ id }) => id);
  expect(ids(acsHmac)).toEqual(['query-form-encoded', 'target-decoded', 'host-without-port']);
  expect(ids(sinchApplication)).toContain('query-signed');
  expect(ids({ ...acsHmac, deviations: [{ id: 'x', summary: '', part: 'host', rewrite: (text) => text }] })).toEqual([
    'x',
  ]);
  expect(ids({ ...acsHmac, deviations: [] })).toEqual([]);
  expect(ids({ ...acsHmac, id: 'mine' })).toEqual([]);
});
