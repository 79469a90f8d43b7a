import { describe, expect, test } from 'vitest';
import { readRawRequest } from '../../src/requests/raw-request.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const read = (text: string): ReturnType<typeof readRawRequest> => readRawRequest(bytes(text));
const noteIds = (text: string): string[] => read(text).notes.map(({ id }) => id);

describe('a raw request', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('is read with lines that end in %s', (_, end) => {
    const { message, notes } = read(['POST /a?b=c HTTP/1.1', 'Host: x:1', 'X-Two:  a b\t', '', 'body\r\n\n'].join(end));
    expect(message).toEqual({
      method: 'POST',
      target: '/a?b=c',
      headers: [
        ['Host', 'x:1'],
        ['X-Two', 'a b'],
      ],
      body: Buffer.from('body\r\n\n'),
    });
    expect(notes).toEqual([]);
  });

  test('keeps a binary body byte for byte', () => {
    const body = Uint8Array.from({ length: 256 }, (_, value) => value);
    const { message } = readRawRequest(Buffer.concat([bytes('PUT / HTTP/1.1\nHost: x\n\n'), body]));
    expect(message.body).toEqual(Buffer.from(body));
  });

  test('keeps repeated headers, empty values and the target as they are', () => {
    const { message } = read('get /a/../%7e?x=%3a HTTP/1.0\nA: 1\na: 2\nEmpty:\n\n');
    expect(message.method).toBe('get');
    expect(message.target).toBe('/a/../%7e?x=%3a');
    expect(message.headers).toEqual([
      ['A', '1'],
      ['a', '2'],
      ['Empty', ''],
    ]);
  });

  test('may come without an HTTP version, as documentation prints it', () => {
    expect(noteIds('POST /calling/v1/callouts\nx-timestamp: 2014-06-04T13:41:58Z\n\n')).toEqual(['input/no-version']);
  });

  test('may begin with a byte order mark or blank lines', () => {
    expect(noteIds('\uFEFFGET / HTTP/1.1\n\n')).toEqual(['input/byte-order-mark']);
    expect(noteIds('\r\n\nGET / HTTP/1.1\n\n')).toEqual(['input/leading-blank-line']);
  });
});

describe('Content-Length', () => {
  test('says nothing where it agrees', () => {
    expect(noteIds('POST / HTTP/1.1\nContent-Length: 4\n\nbody')).toEqual([]);
  });

  test.each([
    ['3', 'body', /says 3, the body has 4 bytes; the bytes count$/],
    [
      '4',
      'body\n',
      /says 4, the body has 5 bytes; the bytes count \(the body ends in a newline: did an editor add it\?\)$/,
    ],
    ['4', 'body\r\n', /did an editor add it/],
    ['four', 'body', /says four, the body has 4 bytes/],
  ])('of %s over %j loses against the bytes, with a note', (length, body, summary) => {
    const { message, notes } = read(`POST / HTTP/1.1\nContent-Length: ${length}\n\n${body}`);
    expect(Buffer.from(message.body as Uint8Array).toString()).toBe(body);
    expect(notes).toEqual([{ id: 'input/content-length', summary: expect.stringMatching(summary) as string }]);
  });
});

describe('an absolute-form target', () => {
  test('is reduced, and gives the Host that is missing', () => {
    const { message, notes } = read('GET https://contoso.example:8443/a?b HTTP/1.1\nAccept: */*\n\n');
    expect(message).toMatchObject({
      target: '/a?b',
      headers: [
        ['Host', 'contoso.example:8443'],
        ['Accept', '*/*'],
      ],
    });
    expect(notes[0]?.summary).toBe(
      'the absolute target is reduced to /a?b; Host is taken from it: contoso.example:8443',
    );
  });

  test('does not overrule the Host header', () => {
    const { message, notes } = read('GET http://proxy/a HTTP/1.1\nHost: real\n\n');
    expect(message.headers).toEqual([['Host', 'real']]);
    expect(notes[0]?.summary).toMatch(/names the host proxy, the Host header real: the header counts$/);
  });
});

describe('what is no raw request is refused, with its line', () => {
  test.each([
    ['', 'input/empty', /there are no bytes/],
    ['\n\r\n', 'input/empty', /only blank lines/],
    ['GET / HTTP/1.1\nHost: x', 'input/no-blank-line', /ends at line 2 without a blank line/],
    ['GET / HTTP/1.1\nHost: x\n', 'input/no-blank-line', /ends at line 2/],
    ['hello', 'input/request-line', /line 1 is "hello"; expected "METHOD \/target HTTP\/1.1"/],
    ['hello world again\n\n', 'input/request-line', /does not end in an HTTP version/],
    ['GET /a b HTTP/1.1\n\n', 'input/request-line', /the target holds a space, which must be sent as %20/],
    ['GET HTTP/1.1\n\n', 'input/request-line', /line 1/],
    ['HTTP/1.1 401 Unauthorized\n\n', 'input/response', /line 1 begins a response/],
    ['GET a/b HTTP/1.1\n\n', 'input/target', /line 1: the target "a\/b" begins neither/],
    ['GET http:// HTTP/1.1\n\n', 'input/target', /line 1: the target "http:\/\/" begins neither/],
    ['GET https:///x HTTP/1.1\n\n', 'input/target', /and a host$/],
    ['GET / HTTP/1.1\nHost: x\n folded\n\n', 'input/folded-header', /line 3 begins with white space/],
    ['GET / HTTP/1.1\nHost : x\n\n', 'input/header', /line 2 has white space between the name "Host" and its colon/],
    [
      'POST / HTTP/1.1\nHost: x\n{"a":1}\n\n',
      'input/header',
      /line 3 is "{"a":1}"; .*a blank line must stand before it/,
    ],
    ['GET / HTTP/1.1\nno colon\n\n', 'input/header', /line 2 is "no colon"; expected "Name: value"$/],
    ['GET / HTTP/1.1\n:authority: x\n\n', 'input/pseudo-header', /line 2 is a pseudo-header of HTTP\/2/],
    [
      'POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n4\r\nbody\r\n0\r\n\r\n',
      'input/transfer-encoding',
      /decode the chunks/,
    ],
    ['GET / HTTP/1.1\nX: a\0b\n\n', 'input/not-text', /line 2 of the head holds the control byte 0x00 at column 5/],
    ['GET / HTTP/1.1\rHost: x\r\r', 'input/not-text', /line 1 .* 0x0d at column 15/],
  ])('%j', (text, code, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });

  test.each([
    ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFFGET / HTTP/1.1\n\n', 'utf16le'), 'input/utf-16'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'input/not-text'],
  ])('%s', (_, file, code) => {
    expect(() => readRawRequest(file)).toThrow(expect.objectContaining({ code }));
  });
});
