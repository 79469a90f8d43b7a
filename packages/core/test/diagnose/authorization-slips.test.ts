import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

// A right signature in a header that is not what the provider's page says: one cause is one mistake, told in words that
// fit it, and the header beside it is the right one.

const shared = {
  method: 'POST',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at: new Date('2026-03-10T08:15:30Z'),
};
const acs: Intent = {
  ...shared,
  host: 'contoso.communication.azure.com',
  path: '/emails:send',
  query: 'api-version=2023-03-31',
  secret: 'Em3IKIPePpn0VK8PasUlgNs7lvFRrAxnwiJ92DiT7k6pCWS/H3rVNZDrS6YGYbwcd9IyjehIowNeuRl0zy+K5Q==',
};
const sinch: Intent = {
  ...shared,
  host: 'calling.api.sinch.com',
  path: '/calling/v1/callouts',
  query: '',
  secret: 'HWCj5ilsr/I1eLv+QYTHCg==',
};

const list = 'x-ms-date;host;x-ms-content-sha256';
const rightOfAcs = (sig: string): string => `HMAC-SHA256 SignedHeaders=${list}&Signature=${sig}`;
const rightOfSinch = (sig: string): string => `application ${sinchKeyId}:${sig}`;

type Written = (sig: string) => string;

/** The header as somebody wrote it, and what is said of it. */
const acsSlips: readonly (readonly [said: string, written: Written])[] = [
  ['the list of signed headers ends in a ";" too many', (sig) => `HMAC-SHA256 SignedHeaders=${list};&Signature=${sig}`],
  ['the list of signed headers has a ";" too many', (sig) => `HMAC-SHA256 SignedHeaders=;${list}&Signature=${sig}`],
  [
    'white space stands in the list of signed headers',
    (sig) => `HMAC-SHA256 SignedHeaders=x-ms-date; host; x-ms-content-sha256&Signature=${sig}`,
  ],
  [
    'the signed headers are separated by "," instead of ";"',
    (sig) => `HMAC-SHA256 SignedHeaders=${list.replaceAll(';', ',')}&Signature=${sig}`,
  ],
  [
    'the signed headers are separated by white space instead of ";"',
    (sig) => `HMAC-SHA256 SignedHeaders=${list.replaceAll(';', ' ')}&Signature=${sig}`,
  ],
  [
    'the list of signed headers is URL-encoded',
    (sig) => `HMAC-SHA256 SignedHeaders=${list.replaceAll(';', '%3B')}&Signature=${sig}`,
  ],
  ['its "&" is escaped for HTML ("&amp;")', (sig) => rightOfAcs(sig).replace('&', '&amp;')],
  ['its "&" is escaped for HTML ("&amp;")', (sig) => rightOfAcs(sig).replace('&', '&#38;')],
  ['its "&" is escaped for JSON ("\\u0026")', (sig) => rightOfAcs(sig).replace('&', '\\u0026')],
  ['white space stands beside the "&" between the parameters', (sig) => rightOfAcs(sig).replace('&', ' & ')],
  ['the "&" between the parameters stands there twice', (sig) => rightOfAcs(sig).replace('&', '&&')],
  ['the parameters are separated by ";" instead of "&"', (sig) => rightOfAcs(sig).replace('&', ';')],
  ['the parameters are separated by "," instead of "&"', (sig) => rightOfAcs(sig).replace('&', ', ')],
  ['the parameters are separated by white space instead of "&"', (sig) => rightOfAcs(sig).replace('&', ' ')],
  ['the parameters stand in another order', (sig) => `HMAC-SHA256 Signature=${sig}&SignedHeaders=${list}`],
  ['":" stands after "HMAC-SHA256", where one space belongs', (sig) => rightOfAcs(sig).replace(' ', ': ')],
  ['white space other than one space stands after "HMAC-SHA256"', (sig) => rightOfAcs(sig).replace(' ', '  ')],
  ['the space after "HMAC-SHA256" is missing', (sig) => rightOfAcs(sig).replace(' ', '')],
  ['"HMAC-SHA256" is spelled "hmac-sha256"', (sig) => rightOfAcs(sig).replace('HMAC-SHA256', 'hmac-sha256')],
  ['"HMAC-SHA256" is spelled "HMAC SHA256"', (sig) => rightOfAcs(sig).replace('HMAC-SHA256', 'HMAC SHA256')],
  ['"HMAC-SHA256" stands there twice', (sig) => `HMAC-SHA256 ${rightOfAcs(sig)}`],
  ['"Bearer" stands before "HMAC-SHA256"', (sig) => `Bearer ${rightOfAcs(sig)}`],
  ['the value begins with the header\'s own name ("Authorization:")', (sig) => `Authorization: ${rightOfAcs(sig)}`],
  ['"SignedHeaders" is spelled "SignedHeader"', (sig) => rightOfAcs(sig).replace('SignedHeaders', 'SignedHeader')],
  ['SignedHeaders= is missing', (sig) => `HMAC-SHA256 Signature=${sig}`],
  ['it holds the signature without its label', (sig) => `HMAC-SHA256 ${sig}`],
  ['the whole value stands in quotes', (sig) => `"${rightOfAcs(sig)}"`],
  [
    'the list of signed headers stands in quotes or brackets; the signature stands in quotes or brackets',
    (sig) => `HMAC-SHA256 SignedHeaders="${list}"&Signature="${sig}"`,
  ],
  ['the whole value stands in quotes', (sig) => `“${rightOfAcs(sig)}”`],
  ['the signature stands in quotes or brackets', (sig) => rightOfAcs(`‘${sig}’`)],
  ['it is URL-encoded', (sig) => encodeURIComponent(rightOfAcs(sig))],
  ['the signature is URL-encoded', (sig) => rightOfAcs(encodeURIComponent(sig))],
  [
    'the signature is broken by white space, as where a long line is wrapped',
    (sig) => rightOfAcs(`${sig.slice(0, 20)} ${sig.slice(20)}`),
  ],
];

const sinchSlips: readonly (readonly [said: string, written: Written])[] = [
  ['key id and signature stand in brackets, as in a template', (sig) => `application {${sinchKeyId}}:{${sig}}`],
  ['the signature stands before the key id', (sig) => `application ${sig}:${sinchKeyId}`],
  ['the key id stands in quotes', (sig) => `application "${sinchKeyId}":${sig}`],
  ['white space stands beside the ":"', (sig) => `application ${sinchKeyId} : ${sig}`],
  ['key id and signature are separated by "," instead of ":"', (sig) => `application ${sinchKeyId},${sig}`],
  ['":" stands after "application", where one space belongs', (sig) => `application: ${sinchKeyId}:${sig}`],
  ['"application" stands there twice', (sig) => `application ${rightOfSinch(sig)}`],
  ['it begins with "Bearer" instead of "application"', (sig) => `Bearer ${sinchKeyId}:${sig}`],
];

const now = shared.at;
const sides: readonly {
  readonly name: string;
  readonly slips: readonly (readonly [string, Written])[];
  readonly right: Written;
  readonly judge: (written: Written, seen: (sig: string) => void) => Diagnosis;
}[] = [
  {
    name: 'ACS',
    slips: acsSlips,
    right: rightOfAcs,
    judge: (written, seen) => {
      const message = acsRequest(acs, (signing) => {
        signing.authorization = (sig) => (seen(sig), written(sig));
      });
      return diagnose(acsHmac, { secret: acs.secret }, message, { now });
    },
  },
  {
    name: 'Sinch',
    slips: sinchSlips,
    right: rightOfSinch,
    judge: (written, seen) => {
      const message = sinchRequest(sinch, (signing) => {
        signing.authorization = (sig) => (seen(sig), written(sig));
      });
      return diagnose(sinchApplication, { keyId: sinchKeyId, secret: sinch.secret }, message, { now });
    },
  },
];

describe.each(sides)('a right signature of $name in a malformed header', ({ slips, right, judge }) => {
  test.each(slips)('%s', (said, written) => {
    let signature = '';
    const { verdict, mistakes } = judge(written, (sig) => (signature = sig));
    expect(verdict).toBe('explained');
    expect(mistakes.map(({ id }) => id)).toEqual(['header/authorization-syntax']);
    expect(mistakes[0]?.summary).toBe(`The authorization header is malformed: ${said}.`);
    expect(mistakes[0]?.expected).toBe(right(signature));
  });
});

test('header names in another case are told with a header that fits ACS, and none of another scheme', () => {
  const titled = 'X-Ms-Date;Host;X-Ms-Content-Sha256';
  const message = acsRequest(acs, (signing) => {
    signing.authorization = (sig) => rightOfAcs(sig).replace(list, titled);
  });
  const { mistakes } = diagnose(acsHmac, { secret: acs.secret }, message, { now });
  expect(mistakes).toMatchObject([{ id: 'header/name-case', yours: titled, expected: list }]);
  expect(mistakes[0]?.fix.javascript).toContain(`const signedHeaders = '${list}';`);
});
