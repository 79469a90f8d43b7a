import { describe, expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const callout: Intent = {
  method: 'POST',
  host: 'calling.api.sinch.com',
  path: '/calling/v1/callouts',
  query: '',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};

function judge(signed: string, sent: string) {
  const message = sinchRequest({ ...callout, contentType: sent }, (signing) => (signing.contentType = signed));
  return diagnose(sinchApplication, { keyId: sinchKeyId, secret: callout.secret }, message, { now: callout.at });
}

describe('another content type is signed than is sent', () => {
  test.each([
    ['Application/JSON', 'application/json'],
    ['application/JSON', 'application/json'],
    ['Application/Json', 'application/json'],
    ['Application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['application/json', 'Application/JSON'],
    ['application/json; charset=utf-8', 'application/json;charset=utf-8'],
    ['application/json;charset=UTF-8', 'application/json; charset=utf-8'],
    ['application/json; charset="utf-8"', 'application/json; charset=utf-8'],
    ['application/json;charset="UTF-8"', 'application/json'],
    ['application/json; charset=utf8', 'application/json'],
    ['application/json', 'application/json; charset="utf-8"'],
    ['Application/Json; charset=utf-8', 'application/json'],
    ['text/json', 'application/json'],
    ['application/json', 'application/x-www-form-urlencoded'],
    ['application/x-www-form-urlencoded; charset=UTF-8', 'application/json'],
    ['Application/JSON', 'text/plain;charset=UTF-8'],
    ['"application/json"', 'application/json'],
  ])('%s, and %s is sent', (signed, sent) => {
    const { verdict, mistakes } = judge(signed, sent);
    expect({ verdict, ids: mistakes.map(({ id }) => id) }).toEqual({
      verdict: 'explained',
      ids: ['header/content-type'],
    });
  });

  test.each([
    [
      'application/json',
      'text/plain;charset=UTF-8',
      'You signed the content type "application/json"; "text/plain;charset=UTF-8" was sent: fetch sets this for a text when it is given no content type.',
    ],
    [
      'application/json',
      'application/json; charset=utf-8',
      'You signed the content type "application/json"; "application/json; charset=utf-8" was sent: your HTTP client added what follows it.',
    ],
    [
      'application/json;charset=UTF-8',
      'application/json; charset=utf-8',
      'You signed the content type "application/json;charset=UTF-8"; "application/json; charset=utf-8" was sent, whose parameters are written otherwise.',
    ],
    [
      'Application/JSON',
      'application/json',
      'You signed the content type "Application/JSON"; "application/json" was sent, which differs in capital letters alone.',
    ],
    [
      'application/json; charset=utf-8',
      'application/json',
      'You signed the content type "application/json; charset=utf-8"; "application/json" was sent, without what follows it.',
    ],
    ['', 'application/json', 'You signed no content type; "application/json" was sent.'],
  ])('the sentence tells both: %j, %j', (signed, sent, sentence) => {
    expect(judge(signed, sent).mistakes[0]?.summary).toBe(sentence);
  });
});
