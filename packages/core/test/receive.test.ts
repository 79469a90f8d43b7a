import type { Header } from '@countersign/core/message';
import { headFromIncoming, messageFromIncoming, messageFromRequest } from '@countersign/core/receive';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { signedAt, sinchCredential, sinchRequest } from './requests.ts';

const incoming = { method: 'POST', url: '/sinch?x=1', rawHeaders: ['Host', 'localhost:3000', 'X-A', '1', 'x-a', '2'] };

describe('Node’s request', () => {
  test('keeps target, header order, spelling and repetitions', () => {
    expect(messageFromIncoming({ ...incoming, url: '/a/../b/%7e?' }, Uint8Array.of(1))).toEqual({
      method: 'POST',
      target: '/a/../b/%7e?',
      headers: [
        ['Host', 'localhost:3000'],
        ['X-A', '1'],
        ['x-a', '2'],
      ],
      body: Uint8Array.of(1),
    });
  });

  test('uses the whole target where an Express router has cut its mount path off', () => {
    expect(messageFromIncoming({ ...incoming, url: '/ace', originalUrl: '/hooks/ace' }, undefined).target).toBe(
      '/hooks/ace',
    );
  });

  test('reduces an absolute target to path and query', () => {
    expect(messageFromIncoming({ ...incoming, url: 'http://h:1/a?b' }, undefined).target).toBe('/a?b');
    expect(messageFromIncoming({ ...incoming, method: 'OPTIONS', url: '*' }, undefined).target).toBe('*');
  });

  test.each([
    ['UTF-8', 'caf\u00c3\u00a9', 'café'],
    ['not UTF-8', 'caf\u00e9 \u00c3\u00a9', 'caf\udce9 \udcc3\udca9'],
    ['UTF-8 with a byte order mark', '\u00ef\u00bb\u00bfx', '\ufeffx'],
    ['text that was decoded before', '日', '日'],
    ['ASCII', 'cafe', 'cafe'],
  ])('reads header bytes that are %s', (_, wire, value) => {
    expect(messageFromIncoming({ ...incoming, rawHeaders: ['X', wire] }, undefined).headers).toEqual([['X', value]]);
  });

  test.each([
    ['nothing', undefined, new Uint8Array()],
    ['a Buffer', Buffer.from([1, 2]), Buffer.from([1, 2])],
    ['an ArrayBuffer', Uint8Array.of(1, 2).buffer, Uint8Array.of(1, 2)],
  ])('takes %s as its body', (_, body, expected) => {
    expect(messageFromIncoming(incoming, body).body).toEqual(expected);
  });

  test.each([
    ['parsed JSON', { event: 'ace' }],
    ['the empty object of a body parser', {}],
    ['decoded text', '{"event":"ace"}'],
  ])('refuses %s as its body', (_, body) => {
    expect(() => messageFromIncoming(incoming, body as never)).toThrow('must be the raw bytes as they arrived');
  });

  test.each([
    ['another length', ['Content-Length', '3'], Uint8Array.of(1), 'announces 3 bytes of body, but 1 were handed over'],
    [
      'nothing, where there is a body',
      ['Content-Length', '3'],
      undefined,
      'the request has a body (Content-Length: 3)',
    ],
    ['nothing, where chunks came', ['Transfer-Encoding', 'chunked'], undefined, '(Transfer-Encoding: chunked)'],
  ])('refuses a body of %s, and says what to do', (_, rawHeaders, body, said) => {
    const reading = (): unknown => messageFromIncoming({ ...incoming, rawHeaders }, body);
    expect(reading).toThrow(TypeError);
    expect(reading).toThrow(said);
    expect(reading).toThrow('express.raw({ type: () => true, inflate: false })');
  });

  test.each(['ftp://h/x', 'http:///x', '', 'h:443', '?', '\0'])('hands on the target %j', (url) => {
    expect(messageFromIncoming({ ...incoming, url }, undefined).target).toBe(url);
  });

  test('has a head to look a key up by, before its body', () => {
    expect(headFromIncoming({ ...incoming, rawHeaders: ['Content-Length', '3'] })).toEqual({
      method: 'POST',
      target: '/sinch?x=1',
      headers: [['Content-Length', '3']],
    });
  });

  test('refuses something that is no request', () => {
    expect(() => messageFromIncoming({ rawHeaders: [] }, undefined)).toThrow('pass the IncomingMessage');
  });
});

describe('behind a proxy', () => {
  test.each([
    ['https://example.com', '/sinch?x=1', 'example.com'],
    ['https://example.com/', '/sinch?x=1', 'example.com'],
    ['https://Example.com:8443/hooks', '/hooks/sinch?x=1', 'Example.com:8443'],
    ['https://example.com/hooks/', '/hooks/sinch?x=1', 'example.com'],
  ])('%s is what the sender addressed', (publicUrl, target, host) => {
    const message = messageFromIncoming(incoming, undefined, { publicUrl });
    expect(message.target).toBe(target);
    expect(message.headers.filter(([name]) => /^host$/i.test(name))).toEqual([['Host', host]]);
  });

  test('forwarded headers are not believed', () => {
    const rawHeaders = [...incoming.rawHeaders, 'X-Forwarded-Host', 'evil', 'X-Forwarded-Prefix', '/evil'];
    expect(messageFromIncoming({ ...incoming, rawHeaders }, undefined)).toMatchObject({
      target: '/sinch?x=1',
      headers: expect.arrayContaining([['Host', 'localhost:3000']]),
    });
  });

  test.each(['', 'example.com', '/hooks', 'https://example.com/?x=1', 'ftp://example.com', null])(
    '%j is refused by its name, whatever the request is',
    async (publicUrl) => {
      const options = { publicUrl } as { publicUrl: string };
      expect(() => messageFromIncoming({} as never, undefined, options)).toThrow(
        /^publicUrl .*must be an http\(s\) URL/,
      );
      await expect(messageFromRequest(new Request('https://h/'), options)).rejects.toThrow(/^publicUrl .*must be /);
    },
  );

  test('a callback verifies under the URL that was given to the provider', () => {
    const request = sinchRequest();
    const cut = { method: 'POST', url: '/v1/callouts', rawHeaders: request.headers.flat() };
    const outcome = (publicUrl?: string): boolean =>
      verify(
        sinchApplication,
        sinchCredential,
        messageFromIncoming(cut, request.body as Uint8Array, publicUrl === undefined ? {} : { publicUrl }),
        { now: signedAt },
      ).ok;
    expect(outcome()).toBe(false);
    expect(outcome('https://example.com/calling')).toBe(true);
  });
});

describe('a Fetch API Request', () => {
  const whatwg = (url = 'https://h/calling/v1/callouts'): Request => {
    const request = sinchRequest();
    return new Request(url, {
      method: 'POST',
      headers: request.headers
        .filter(([name]) => name !== 'Host')
        .map(([name, value]): [string, string] => [name, value]),
      body: request.body as Uint8Array<ArrayBuffer>,
    });
  };

  test('verifies, and can still be read', async () => {
    const request = whatwg();
    const message = await messageFromRequest(request);
    expect(verify(sinchApplication, sinchCredential, message, { now: signedAt }).ok).toBe(true);
    expect(await request.json()).toEqual({ message: 'Hello world' });
  });

  test('knows the host from its URL, or from publicUrl', async () => {
    const host = ({ headers }: { headers: readonly Header[] }): unknown =>
      headers.find(([name]) => name === 'Host')?.[1];
    expect(host(await messageFromRequest(whatwg()))).toBe('h');
    expect(host(await messageFromRequest(whatwg(), { publicUrl: 'https://example.com/x' }))).toBe('example.com');
  });

  test('whose body was decompressed before is refused', async () => {
    const headers = { 'content-length': '7', 'content-encoding': 'br' };
    const request = new Request('https://h/', { method: 'POST', headers, body: 'longer than that' });
    await expect(messageFromRequest(request)).rejects.toThrow('its Content-Encoding (br) was undone before');
  });

  test('that was read before is refused', async () => {
    const request = whatwg();
    await request.text();
    await expect(messageFromRequest(request)).rejects.toThrow('the body was read before');
  });
});
