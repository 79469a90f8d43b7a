import { createHmac } from 'node:crypto';
import { diagnose, type DiagnoseOptions } from '@countersign/core/diagnose';
import { message, type Message } from '@countersign/core/message';
import { twilio } from '@countersign/core/schemes/twilio';
import { describe, expect, test } from 'vitest';

// What goes wrong where a provider signs the URL that it was told and the fields of a form: the receiver's URL is another
// one, or its fields are no longer those that were sent. Signed with node:crypto alone.

const url = 'https://example.com/hook?a=1&b=2%20x';
const body = 'Digits=1234&From=%2B1415&Text=a+b&E=';
const fields = 'Digits1234EFrom+1415Texta b';
const secret = '0123456789abcdef0123456789abcdef';

function received(signed: string, sent = body): Message {
  const signature = createHmac('sha1', secret).update(signed).digest('base64');
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature };
  return message({ method: 'POST', url, headers, body: sent });
}

function judge(request: Message, options: DiagnoseOptions = {}): string {
  const { verdict, mistakes } = diagnose(twilio, { secret }, request, {
    exactBody: true,
    callerHoldsKey: true,
    ...options,
  });
  return verdict === 'valid' ? verdict : mistakes.map(({ id }) => id).join(' + ');
}

describe('the URL that was signed is another one', () => {
  test.each([
    ['url/scheme', 'http in the place of https', url.replace('https', 'http')],
    ['url/host', 'a port that is the default one', url.replace('.com', '.com:443')],
    ['url/path', 'a slash behind the path', url.replace('hook', 'hook/')],
    ['url/query-omitted', 'without its query', 'https://example.com/hook'],
    ['url/query-encoding', 'a space as a plus', url.replace('%20', '+')],
    ['url/query-encoding', 'a space that was decoded', url.replace('%20', ' ')],
  ])('%s: %s', (id, _, signed) => {
    expect(judge(received(signed + fields))).toBe(id);
  });

  test('a host that was named as public', () => {
    const signed = url.replace('example.com', 'public.example');
    expect(judge(received(signed + fields), { publicUrls: ['https://public.example'] })).toBe('url/host');
  });

  test.each([
    ['its root', 'http://public.example', 'http://public.example/hook?a=1&b=2%20x'],
    ['the request’s own', 'https://public.example/hook', 'https://public.example/hook?a=1&b=2%20x'],
    ['with a prefix', 'https://public.example/api', 'https://public.example/api/hook?a=1&b=2%20x'],
  ])('of a request that does not say its own, the public URL is %s', (_, publicUrl, signed) => {
    const { origin: _origin, ...request } = received(signed + fields);
    expect(judge(request, { publicUrls: [publicUrl] })).toBe('valid');
  });
});

describe('the fields are others', () => {
  test.each([
    ['body/missing', 'none of them', ''],
    ['body/form-encoding', 'without those that are empty', 'Digits1234From+1415Texta b'],
    ['body/form-encoding', 'as JSON', '{"Digits":"1234","From":"+1415","Text":"a b","E":""}'],
  ])('%s: %s', (id, _, signed) => {
    expect(judge(received(url + signed))).toBe(id);
  });

  test('body/form-encoding: values that were trimmed', () => {
    expect(judge(received(url + fields, body.replace('a+b', 'a+b+')))).toBe('body/form-encoding');
  });
});
