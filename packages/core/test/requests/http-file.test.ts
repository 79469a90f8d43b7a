import { describe, expect, test } from 'vitest';
import { readRequests, type FoundRequest } from '../../src/requests/read-requests.ts';

const read = (text: string, variables: Record<string, string> = {}): Promise<readonly FoundRequest[]> =>
  readRequests(text, { variables, readFile: (path) => Promise.resolve(Buffer.from(`file ${path} {{name}}`)) });
const bodyOf = (found: FoundRequest | undefined): string => Buffer.from(found?.message.body as Uint8Array).toString();

// Written after the documentation of VS Code's REST Client and of JetBrains' HTTP Client.
const file = `@endpoint = https://contoso.communication.azure.com
@path=emails
@url = {{endpoint}}/{{path}}:send

### Get it
GET {{endpoint}}/{{path}}/1
    ?api-version=2023-03-31
    &x=y HTTP/1.1

###

# A comment
// @name send
< {%
  request.variables.set("a", "b")
%}
POST {{url}}
Content-Type: application/json
# no header
x-name: {{ name }}

{
  "to": "{{name}}"
}

> {%
  client.log("done")
%}
<> 2026-03-10.json

###
`;

test('each of its requests is read, with its variables filled in', async () => {
  const found = await read(file, { name: 'Anna' });
  expect(found.map(({ title }) => title)).toEqual([
    'Get it: GET /emails/1?api-version=2023-03-31&x=y',
    'send: POST /emails:send',
  ]);
  expect(found.map(({ entry }) => entry)).toEqual([
    { index: 0, url: 'https://contoso.communication.azure.com/emails/1?api-version=2023-03-31&x=y', name: 'Get it' },
    { index: 1, url: 'https://contoso.communication.azure.com/emails:send', name: 'send' },
  ]);
  expect(found[1]?.message.headers).toEqual([
    ['Host', 'contoso.communication.azure.com'],
    ['Content-Type', 'application/json'],
    ['x-name', 'Anna'],
  ]);
  expect(bodyOf(found[1])).toBe('{\n  "to": "Anna"\n}');
  expect(found.flatMap(({ notes, unresolved }) => [...notes, unresolved])).toEqual([undefined, undefined]);
});

test('lines that end in CRLF change nothing', async () => {
  const [[, one], [, other]] = [await read(file), await read(file.replaceAll('\n', '\r\n'))];
  expect(other?.message).toEqual(one?.message);
});

test('text beyond ASCII is that of its characters', async () => {
  const text = '### Grüße\n@à=Ø\nPOST https://x.example/à\nx-note: voilà\n\n{{name}} à';
  const [found] = await read(text, { name: 'Zoë' });
  expect(found).toMatchObject({
    title: 'Grüße: POST /à',
    entry: { url: 'https://x.example/à', name: 'Grüße' },
    message: {
      headers: [
        ['Host', 'x.example'],
        ['x-note', 'voilà'],
      ],
    },
  });
  expect(bodyOf(found)).toBe('Zoë à');
  expect((await read('### x\nGET https://x.example/{{straße}}'))[0]?.unresolved).toEqual(['{{straße}}']);
});

test('what its variables leave open is named', async () => {
  const [found] = await read('### a\nPOST {{host}}/a\nx-ms-date: {{$datetime rfc1123}}\n\n{{body}} {{"a":1}} {{body}}');
  expect(found?.unresolved).toEqual(['{{host}}', '{{$datetime rfc1123}}', '{{body}}']);
});

test.each([
  ['a title', '### a\nGET https://x.example/a'],
  ['a name', '# @name a\nGET https://x.example/a'],
  ['a comment', '# get it\n\n// really\nGET https://x.example/a'],
  ['a variable', '@a=b\n\nGET https://x.example/{{a}}'.replace('{{a}}', 'a')],
  ['a request, and another', 'GET https://x.example/a\n\n###\nGET https://x.example/b'],
  ['a URL without a method', '###\nhttps://x.example/a'],
  ['a URL without a scheme', '###\nGET x.example/a'],
  ['a path and a Host', '###\nGET /a HTTP/1.1\nHost: x.example'],
  ['a curl command', "### by curl\ncurl 'https://x.example/a'"],
  ['a raw request, and ### at its end', 'GET /a HTTP/1.1\nHost: x.example\n\n###\n'],
  ['a raw request, and another', 'GET /a HTTP/1.1\nHost: x.example\n\n### b\n\nGET /b HTTP/1.1\nHost: y\n'],
  ['blank lines', '\n\n### a\n\nGET https://x.example/a'],
])('it may begin with %s', async (_, text) => {
  const [found] = await read(text);
  expect(found).toMatchObject({
    form: 'http-file',
    message: { method: 'GET', target: '/a', headers: [['Host', 'x.example']] },
  });
});

test('a text of Markdown with titles is none', async () => {
  const [found] = await read(
    '### What I send\n\n```\nGET /a HTTP/1.1\nHost: x.example\n\n```\n\n### What happens\n401',
  );
  expect(found).toMatchObject({ form: 'raw', message: { target: '/a' } });
});

describe('a body', () => {
  const body = async (text: string, headers = ''): Promise<string> =>
    bodyOf((await read(`###\nPOST https://x.example/\n${headers}\n${text}`, { name: 'n' }))[0]);

  test('is sent without the blank lines around it', async () => {
    expect(await body('\n\na\n\nb\n\n\n')).toBe('a\n\nb');
  });
  test('may be a file, with and without its variables filled in', async () => {
    expect(await body('< ./{{name}}.json')).toBe('file ./n.json {{name}}');
    expect(await body('a\n<@ b.json\nc')).toBe('a\nfile b.json n\nc');
  });
  test('of a form goes on in lines that begin with &', async () => {
    expect(await body('a=1\n&b=2', 'Content-Type: application/x-www-form-urlencoded\n')).toBe('a=1&b=2');
  });
  test('that is XML is no name of a file', async () => {
    expect(await body('<a b="c">\n</a>')).toBe('<a b="c">\n</a>');
  });
});

describe('what cannot be read of it is refused', () => {
  test.each([
    ['another protocol', '###\n\nGET https://x.example/\n\n###\nWEBSOCKET ws://x.example/', 'input/target', /line 6/],
    ['a header without a colon', '###\nGET https://x.example/\nx y\n', 'input/header', /line 2: .*"x y"/],
    [
      'variables that grow',
      `@a = ${'x'.repeat(1000)}\n@b = ${'{{a}}'.repeat(1000)}\n@c = ${'{{b}}'.repeat(1000)}\nGET https://x.example/{{c}}`,
      'input/http-file',
      /the variable \w stands for more text than a request holds/,
    ],
  ])('%s', async (_, text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  test('a file, where there are none', async () => {
    await expect(readRequests('###\nPOST https://x.example/\n\n< ./body.json')).rejects.toMatchObject({
      code: 'input/unreadable',
      message: expect.stringContaining('./body.json') as string,
    });
  });

  test('variables that stand for each other are left open', async () => {
    const [found] = await read('@a = {{b}}\n@b = {{a}}\nGET https://x.example/{{a}}');
    expect(found?.unresolved).toHaveLength(1);
  });
});
