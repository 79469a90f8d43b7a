import { expect, test } from 'vitest';
import { readRequests, type FoundRequest } from '../../src/requests/read-requests.ts';

// What programs print of the requests that they send. Recorded with Python 3.11, OpenJDK 17 and newman 6.2.

const bodyOf = ({ message }: FoundRequest): string => Buffer.from(message.body as Uint8Array).toString('latin1');

const python = `send: b'POST /a?b=c HTTP/1.1\\r\\nContent-Length: 24\\r\\nHost: 127.0.0.1:8124\\r\\nAuthorization: x y\\r\\n\\r\\n'
send: b'{"text":"it\\'s Caf\\xc3\\xa9 \\\\n"}'
reply: 'HTTP/1.1 401 Unauthorized\\r\\n'
header: date: Mon, 30 Nov 2026 07:09:13 GMT
header: Connection: close
HTTP Error 401: Unauthorized
send: b'PUT /raw HTTP/1.1\\r\\nHost: 127.0.0.1:8124\\r\\nContent-Length: 7\\r\\nX: 1\\r\\n\\r\\n'
send: b'\\x00\\xffa'
send: b"b'c\\t"
`;

test("what Python's http.client prints is read byte for byte, with the body in its own lines", async () => {
  const [first, second] = await readRequests(python);
  expect(first).toMatchObject({
    form: 'python-output',
    title: 'POST /a?b=c → 401',
    exactBody: true,
    notes: [],
    message: {
      headers: [
        ['Content-Length', '24'],
        ['Host', '127.0.0.1:8124'],
        ['Authorization', 'x y'],
      ],
    },
    receivedAt: { time: new Date('2026-11-30T07:09:13Z') },
  });
  expect([first, second].map((one) => one && bodyOf(one))).toEqual(['{"text":"it\'s CafÃ© \\n"}', "\0\xffab'c\t"]);
});

test('a line of it that is cut off is told', async () => {
  await expect(readRequests(python.replace("}'\n", '\n'))).rejects.toMatchObject({
    code: 'input/not-text',
    message: expect.stringContaining('is cut off') as string,
  });
});

const java = `Nov 30, 2026 7:09:16 AM jdk.internal.net.http.Http1Request headers
INFO: REQUEST: http://127.0.0.1:8124/a?b=c POST
Nov 30, 2026 7:09:16 AM jdk.internal.net.http.Http1Request logHeaders
INFO: HEADERS: REQUEST HEADERS:
POST /a?b=c HTTP/1.1
Content-Length: 10
Host: 127.0.0.1:8124
Authorization: x y

Nov 30, 2026 7:09:16 AM jdk.internal.net.http.Http1Response lambda$readHeadersAsync$0
INFO: HEADERS: RESPONSE HEADERS:
    date: Mon, 30 Nov 2026 07:09:16 GMT

Nov 30, 2026 7:09:16 AM jdk.internal.net.http.Exchange lambda$wrapForLog$13
INFO: RESPONSE: (POST http://127.0.0.1:8124/a?b=c) 401 HTTP_1_1 Local port:  42062
`;

test("the log of Java's HttpClient gives the head, and says that it has no body", async () => {
  const [found, ...others] = await readRequests(java);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    form: 'java-output',
    title: 'POST /a?b=c → 401',
    message: {
      method: 'POST',
      target: '/a?b=c',
      headers: [
        ['Content-Length', '10'],
        ['Host', '127.0.0.1:8124'],
        ['Authorization', 'x y'],
      ],
    },
    receivedAt: { time: new Date('2026-11-30T07:09:16Z') },
  });
  expect(found?.notes.map(({ id }) => id)).toEqual(['input/edited', 'input/no-body']);
  expect(found && bodyOf(found)).toBe('');
});

const report = (request: object): string =>
  JSON.stringify({
    collection: { info: { name: 'x' }, item: [] },
    run: {
      executions: [
        {
          item: { name: 'Play' },
          request,
          response: { code: 401, header: [{ key: 'Date', value: 'Mon, 30 Nov 2026 07:08:31 GMT' }] },
        },
      ],
    },
  });
const url = {
  protocol: 'https',
  host: ['x', 'example'],
  path: ['calls', '1:play'],
  query: [{ key: 'v', value: '{{not a variable any more}}' }],
  variable: [],
};

test('a report of newman gives its requests as they went out', async () => {
  const header = [{ key: 'Authorization', value: 'x y' }];
  const [found] = await readRequests(report({ url, header, method: 'POST', body: { mode: 'raw', raw: '{"é":1}\n' } }));
  expect(found).toMatchObject({
    form: 'postman-run',
    title: 'Play: POST /calls/1:play?v={{not%20a%20variable%20any%20more}} → 401',
    entry: { index: 0, name: 'Play', status: 401 },
    exactBody: true,
    receivedAt: { time: new Date('2026-11-30T07:08:31Z') },
  });
  expect(found?.message.headers).toContainEqual(['Authorization', 'x y']);
  expect(found && bodyOf(found)).toBe('{"Ã©":1}\n');
  expect(found?.unresolved).toBeUndefined();
});

test('of form-data a report of newman does not tell the boundary, and that is said', async () => {
  const body = { mode: 'formdata', formdata: [{ key: 'a', value: 'b', type: 'text' }] };
  const [found] = await readRequests(report({ url, method: 'POST', body }));
  expect(found?.unknown).toEqual([expect.stringContaining('boundary')]);
});
