import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { acsRequest, sinchKeyId, sinchRequest } from './broken-requests.ts';
import { acsIntents, sinchIntents, playIntent as intent } from './intents.ts';

const otherKey = 'b3RoZXIga2V5LCBvdGhlciBrZXksIG90aGVyIGtleSE=';
const ids = (found: Diagnosis): string[] => found.mistakes.map(({ id }) => id);
const notes = (found: Diagnosis): string[] => found.notes.map(({ id }) => id);
const judge = (message = acsRequest(intent), options = {}, secret: Secret | string = intent.secret): Diagnosis =>
  diagnose(acsHmac, { secret }, message, { now: intent.at, ...options });

describe('a correct request', () => {
  test('is never accused', () => {
    fc.assert(
      fc.property(acsIntents, sinchIntents, (acs, sinch) => {
        const found = [
          diagnose(acsHmac, { secret: acs.secret }, acsRequest(acs), { now: acs.at }),
          diagnose(sinchApplication, { keyId: sinchKeyId, secret: sinch.secret }, sinchRequest(sinch), {
            now: sinch.at,
          }),
        ];
        for (const { verdict, mistakes, tried } of found)
          expect({ verdict, mistakes, tried }).toEqual({ verdict: 'valid', mistakes: [], tried: 1 });
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('is told where else to look, because not every 401 is a signing fault', () => {
    expect(notes(judge())).toEqual(['rights/other']);
  });

  test('with a clock that is 14 h behind is right, and the clock is named', () => {
    const found = judge(undefined, { now: new Date('2024-05-27T23:08:07Z') });
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [{ id: 'date/clock-skew', certainty: 'certain' }] });
    expect(found.mistakes[0]?.summary).toContain('14 h behind');
    expect(found.mistakes[0]?.summary).toContain('whole number of hours');
  });

  test('that was seen before is right, and the repetition is noted', () => {
    const message = acsRequest(intent);
    const signature = message.headers.find(([name]) => name === 'Authorization')?.[1].split('Signature=')[1] ?? '';
    const found = judge(message, { seenSignatures: [signature] });
    expect(found.verdict).toBe('valid');
    expect(notes(found)).toContain('replay/repeated');
  });

  test.each([
    ['contoso.communications.azure.com', {}],
    ['contoso.communication.azure.com', { publicHosts: ['fabrikam.communication.azure.com'] }],
  ])('to %s gets a note that the resource may be another', (host, options) => {
    const found = judge(acsRequest({ ...intent, host }), options);
    expect(found.verdict).toBe('valid');
    expect(notes(found)).toContain('resource/other');
  });

  test('with a second date that is not signed gets a note that names both', () => {
    const message = acsRequest(
      intent,
      (signing) => (signing.headers = (headers) => [...headers, ['Date', 'Mon, 27 May 2024 10:00:00 GMT']]),
    );
    const found = judge(message);
    expect(found.verdict).toBe('valid');
    expect(found.notes.find(({ id }) => id === 'header/duplicated')?.summary).toContain('10:00:00');
  });

  test('signed with a named further key is explained by that key’s name', () => {
    const found = judge(acsRequest({ ...intent, secret: otherKey }), {
      alsoSecrets: [{ secret: otherKey, name: 'secondary' }],
    });
    expect(ids(found)).toEqual(['key/other']);
    expect(found.mistakes[0]?.summary).toContain('"secondary"');
  });

  test('whose key id is another one is explained by it', () => {
    const message = sinchRequest(intent);
    const found = diagnose(sinchApplication, { keyId: 'another-application', secret: intent.secret }, message, {
      now: intent.at,
    });
    expect(ids(found)).toEqual(['key/id']);
    expect(found.mistakes[0]).toMatchObject({ yours: sinchKeyId, expected: 'another-application' });
  });
});

describe('a random key', () => {
  test('stays honestly unexplained, within the budget, with what was tried and which stage was fine', () => {
    const found = judge(acsRequest({ ...intent, secret: randomBytes(32).toString('base64') }), { budget: { ms: 400 } });
    expect(found).toMatchObject({ verdict: 'unexplained', mistakes: [], alternatives: [] });
    expect(notes(found)).toEqual(expect.arrayContaining(['search', 'content-hash', 'key/other']));
    expect(found.notes.find(({ id }) => id === 'search')?.summary).toContain(found.tried.toLocaleString('en'));
    expect(found.tried).toBeLessThanOrEqual(40_000);
  });

  test('costs no more candidates than the budget has', () => {
    const message = acsRequest({ ...intent, secret: otherKey });
    expect(judge(message, { budget: { candidates: 500, ms: 60_000 } }).tried).toBe(500);
  });

  test('and a body fault beside it: the body fault is proven, the signature is not', () => {
    const message = acsRequest(
      { ...intent, secret: otherKey },
      (signing) => (signing.hash = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='),
    );
    const found = judge(message, { budget: { ms: 300 } });
    expect(found).toMatchObject({ verdict: 'unexplained', mistakes: [{ id: 'body/missing', proven: true }] });
  });
});

describe('a request without a signature', () => {
  test('is malformed when nothing resembles one', () => {
    const message = acsRequest(
      intent,
      (signing) => (signing.headers = (headers) => headers.filter(([name]) => name !== 'Authorization')),
    );
    expect(judge(message)).toMatchObject({ verdict: 'malformed', tried: 0 });
  });

  test.each([
    ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'bearer token'],
    ['AWS4-HMAC-SHA256 Credential=A/20240527/us-east-1/s3/aws4_request', 'AWS Signature Version 4'],
    ['Basic dXNlcjpwYXNzd29yZA==', 'Basic'],
  ])('but with "%s" is told what that is', (value, name) => {
    const message = acsRequest(intent, (signing) => (signing.authorization = () => value));
    const found = judge(message);
    expect(ids(found)).toEqual(['scheme/other']);
    expect(found.mistakes[0]?.summary).toContain(name);
  });

  test('that another of the library’s schemes accepts is named after it', () => {
    const options = { now: intent.at, otherSchemes: [acsHmac, azureAppConfiguration] };
    const found = diagnose(sinchApplication, { keyId: sinchKeyId, secret: intent.secret }, acsRequest(intent), options);
    expect(ids(found)).toEqual(['scheme/other']);
  });
});

describe('the string that the signer says it signed', () => {
  const text = `POST\n${intent.path}?${intent.query}\nMon, 27 May 2024 09:08:07 GMT;contoso.communication.azure.com;`;

  test('when it is right, tells that the key is not', () => {
    const message = acsRequest({ ...intent, secret: otherKey }, (signing) => (signing.finish = (own) => own));
    const hash = message.headers.find(([name]) => name === 'x-ms-content-sha256')?.[1] ?? '';
    const found = judge(message, { yourStringToSign: text + hash, budget: { ms: 300 } });
    expect(found).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'key/other', certainty: 'likely' }] });
  });

  test('when it is wrong in a way that no class knows, still shows the first differing byte', () => {
    const strange = text.replace(':play', ':dance');
    const message = acsRequest(intent, (signing) => (signing.finish = () => strange));
    const found = judge(message, { yourStringToSign: strange });
    expect(found).toMatchObject({
      verdict: 'explained',
      mistakes: [
        { id: 'url/path', proven: true, at: { part: 'target', offset: 62 } },
        { id: 'layout/part-missing', proven: true, at: { part: 'content-hash' } },
      ],
    });
  });

  test('is read from the header in which the Java SDK sends it', () => {
    const strange = text.replace(':play', ':dance');
    const message = acsRequest(intent, (signing) => {
      signing.finish = () => strange;
      signing.headers = (headers) => [
        ...headers,
        ['x-ms-hmac-string-to-sign-base64', Buffer.from(strange).toString('base64')],
      ];
    });
    expect(ids(judge(message))).toEqual(['url/path', 'layout/part-missing']);
  });
});

describe('what is shown', () => {
  test('never holds a key, whichever way it was misused', () => {
    const stray = ` "${intent.secret}"\n`;
    const breakerless = acsRequest(intent);
    const sentKey = acsRequest(intent, (signing) => (signing.digest = () => intent.secret));
    const asText = acsRequest(intent, (signing) => (signing.key = Buffer.from(intent.secret)));
    for (const message of [breakerless, sentKey, asText]) {
      for (const secret of [intent.secret, stray]) {
        expect(
          JSON.stringify(judge(message, { alsoSecrets: [{ secret: otherKey }], budget: { ms: 500 } }, secret)),
        ).not.toContain(intent.secret.slice(0, 12));
      }
    }
  });

  test('has the expected signature cut to six characters, unless the caller asks for it', () => {
    const message = acsRequest(
      intent,
      (signing) =>
        (signing.digest = () => Buffer.from('pFLlRKKIEu7Fbnys089a+xztpaIdDkc6lvnMfFk27Fo=', 'base64').toString('hex')),
    );
    const right = acsRequest(intent, (signing) => {
      const own = signing.digest;
      signing.digest = (...parts) => Buffer.from(own(...parts), 'base64').toString('hex');
    });
    expect(judge(message, { budget: { ms: 200 } }).verdict).toBe('unexplained');
    expect(judge(right).mistakes[0]?.expected).toMatch(/^.{6}…$/);
    expect(judge(right, { revealExpected: true }).mistakes[0]?.expected).toMatch(/^.{43}=$/);
  });

  test('makes invisible characters visible and says where the strings part', () => {
    const message = acsRequest(intent, (signing) => (signing.finish = (own) => own.replaceAll('\n', '\r\n')));
    const [mistake] = judge(message).mistakes;
    expect(mistake?.yours).toMatch(/^POST\\r\\n/);
    expect(mistake?.expected).toMatch(/^POST\\n/);
    expect(mistake?.at).toEqual({ part: 'method', offset: 4 });
  });

  test('has a fix in every language', () => {
    const message = acsRequest(intent, (signing) => (signing.method = 'post'));
    const [mistake] = judge(message).mistakes;
    expect(Object.keys(mistake?.fix ?? {})).toEqual(
      expect.arrayContaining(['javascript', 'python', 'csharp', 'java', 'php']),
    );
  });
});

describe('a secret that the scheme cannot decode', () => {
  test.each([
    ['white space and quotes', ` "${intent.secret}"\n`],
    ['a newline', `${intent.secret}\n`],
    ['a whole connection string', `endpoint=https://contoso.communication.azure.com/;accesskey=${intent.secret}`],
  ])('with %s is cleaned, and that is said', (_, secret) => {
    const found = judge(acsRequest(intent), {}, secret);
    expect(found.verdict).toBe('valid');
    expect(notes(found)).toContain('key/stray-characters');
  });

  test('that was signed with as it stands is explained by both mistakes', () => {
    const secret = `${intent.secret}\n`;
    const found = judge(
      acsRequest(intent, (signing) => (signing.key = Buffer.from(secret))),
      {},
      secret,
    );
    expect(ids(found).toSorted()).toEqual(['key/encoding', 'key/stray-characters']);
  });
});
