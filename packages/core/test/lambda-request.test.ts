import { lambdaRequest, type LambdaEvent } from '@countersign/core/lambda-request';
import { headFromIncoming } from '@countersign/core/receive';
import { headerValues } from '@countersign/core/message';
import { receiver } from '@countersign/core/receiver';
import { github } from '@countersign/core/schemes/github';
import { Secret } from '@countersign/core/secret';
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { httpApi, loadBalancer, restApi, type Arriving } from './lambda-events.ts';

const key = 'It is a secret to everybody';
const bytes = Buffer.from([0xff, 0x00, 0x7b, 0xe2, 0x82, 0xac]);
const signatureOf = (body: string | Uint8Array): string =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
const webhooks = receiver({ scheme: github, credentials: { secret: new Secret(key, 'utf8') } });
const arriving: Arriving = { host: 'example.com', path: '/my/path', headers: {}, body: '{"zen":"€"}' };
const signed: Arriving = { ...arriving, headers: { 'X-Hub-Signature-256': signatureOf(arriving.body) } };
const binary: Arriving = {
  ...arriving,
  headers: { 'X-Hub-Signature-256': signatureOf(bytes) },
  body: bytes.toString('base64'),
  isBase64Encoded: true,
};

const forms: Readonly<Record<string, (of: Arriving) => LambdaEvent>> = {
  'a REST API': restApi,
  'an HTTP API or a function URL': httpApi,
  'a load balancer': (of) => loadBalancer(of, false),
  'a load balancer with lists': (of) => loadBalancer(of, true),
};
const verify = (event: LambdaEvent): ReturnType<typeof webhooks.verify> => {
  const { request, body } = lambdaRequest(event);
  return webhooks.verify(request, body);
};
const targetOf = (event: LambdaEvent): string => headFromIncoming(lambdaRequest(event).request).target;
const valuesOf = (event: LambdaEvent, name: string): string[] =>
  headerValues(headFromIncoming(lambdaRequest(event).request).headers, name);

describe.each(Object.entries(forms))('an event of %s', (_, event) => {
  test('is verified by the bytes of its text, and of its base64', () => {
    expect(verify(event(signed)).ok).toBe(true);
    expect(verify(event(binary)).ok).toBe(true);
  });

  test('is refused with another body, and without a signature', () => {
    expect(verify(event({ ...signed, body: '{"zen":"?"}' }))).toMatchObject({ code: 'signature/mismatch' });
    expect(verify(event(arriving))).toMatchObject({ code: 'authorization/missing' });
  });

  test('is refused for its reader’s fault when its body was parsed or left out before', () => {
    const parsed = { ...event(signed), body: { zen: '€' } as unknown as string };
    expect(verify(parsed)).toMatchObject({ code: 'body/unreadable' });
    const withLength = { ...signed, headers: { ...signed.headers, 'content-length': '13' } };
    expect(verify(event(withLength)).ok).toBe(true);
    expect(verify({ ...event(withLength), body: null })).toMatchObject({ code: 'body/unreadable' });
    const damaged = { ...event(binary), body: `${binary.body}!` };
    expect(verify(damaged)).toMatchObject({ code: 'body/unreadable' });
  });

  test('has one Host, and cookies in one header', () => {
    expect(valuesOf(event(signed), 'host')).toEqual(['example.com']);
    expect(valuesOf(event(signed), 'cookie').length).toBeLessThan(2);
  });
});

describe('the target of an event', () => {
  test('has the stage that the sender wrote', () => {
    expect(targetOf(restApi(arriving))).toBe('/prod/my/path');
  });

  test('is without the stage that API Gateway put in front behind a custom domain', () => {
    const context = { stage: 'prod', http: { method: 'POST' } };
    const at = (domainName: string, rawPath = '/prod/my/path'): string =>
      targetOf({ rawPath, rawQueryString: 'a=%2F', requestContext: { ...context, domainName } });
    expect(at('api.example.com')).toBe('/my/path?a=%2F');
    expect(at('api.example.com', '/product')).toBe('/product?a=%2F');
    expect(at('api-id.execute-api.us-east-1.amazonaws.com')).toBe('/prod/my/path?a=%2F');
  });

  test('has every value of the query, as it was sent by a load balancer, written anew of a REST API', () => {
    const query = { 'a b': ['1', '2'], c: ['%2F'] };
    const ofApi = {
      ...restApi(arriving),
      multiValueQueryStringParameters: query,
      queryStringParameters: { 'a b': '2' },
    };
    expect(targetOf(ofApi)).toBe('/prod/my/path?a%20b=1&a%20b=2&c=%252F');
    const ofBalancer = {
      ...loadBalancer(arriving, true),
      multiValueQueryStringParameters: { 'a%20b': ['1', '2'], c: ['%2F'] },
    };
    expect(targetOf(ofBalancer)).toBe('/my/path?a%20b=1&a%20b=2&c=%2F');
    expect(targetOf({ ...loadBalancer(arriving, false), queryStringParameters: { c: '%2F' } })).toBe('/my/path?c=%2F');
  });
});

test('repeated headers of an event stay several, so a second signature is refused', () => {
  const event = restApi(signed);
  const twice = { ...event.multiValueHeaders, 'X-Hub-Signature-256': [signatureOf(arriving.body), 'sha256=00'] };
  expect(verify({ ...event, multiValueHeaders: twice })).toMatchObject({ code: 'authorization/duplicate' });
});

test('what is no HTTP event is said to be none', () => {
  expect(() => lambdaRequest({ Records: [] } as never)).toThrow('the event has no method or path');
  expect(() => lambdaRequest(undefined as never)).toThrow('the event has no method or path');
});
