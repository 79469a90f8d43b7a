import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/message.ts';
import { readRequests, type FoundRequest } from '../../src/requests/read-requests.ts';

// One request, written down by hand in every form in which people have it.

const target = '/emails:send?api-version=2023-03-31';
const host = 'contoso.communication.azure.com';
const body = '{"to":"é","text":"It works"}';
const length = String(Buffer.byteLength(body));
const own = [
  ['Content-Type', 'application/json'],
  ['x-ms-date', 'Tue, 10 Mar 2026 08:15:30 GMT'],
  // The last byte of its UTF-8 is A0, which JavaScript's trim takes.
  ['x-note', 'voilà'],
  ['Authorization', 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=abc='],
  ['Content-Length', length],
] as const;
const lines = own.map(([name, value]) => `${name}: ${value}`);
const head = [`POST ${target} HTTP/1.1`, `Host: ${host}`, ...lines];
const raw = [...head, '', body].join('\n');
const answer = ['HTTP/1.1 401 Unauthorized', 'Date: Tue, 10 Mar 2026 08:15:31 GMT', '', '{"error":1}'];
const escapedForHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');
const eachLine = (before: string, text = raw): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? before.trimEnd() : before + line))
    .join('\n');

const comparable = ({ method, target: to, headers, body: sent }: Message) => ({
  method,
  target: to,
  headers: headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).toSorted(),
  body: Buffer.from(sent as Uint8Array).toString(),
});
const wanted = comparable({
  method: 'POST',
  target,
  headers: [['Host', host], ...own],
  body: Buffer.from(body),
});
const ids = ({ notes }: FoundRequest): string[] => notes.map(({ id }) => id);
const only = async (input: string | Uint8Array, variables: Record<string, string> = {}): Promise<FoundRequest> => {
  const found = await readRequests(input, { variables });
  expect(found).toHaveLength(1);
  return found[0] as FoundRequest;
};

const pseudo = [`:method: POST`, `:path: ${target}`, `:authority: ${host}`, ':scheme: https'];
const listed = [...pseudo, ...lines, '', body].join('\n');
const twoLines = (end: string): string =>
  [...pseudo, ...lines]
    .map((line) => line.replace(/(?<=.): /, `${end}\n`))
    .concat('', body)
    .join('\n');
const curlArguments = lines.filter((line) => !line.startsWith('Content-Length')).map((line) => `-H '${line}'`);
const command = `curl -X POST 'https://${host}${target}' ${curlArguments.join(' ')} -H 'Content-Length: ${length}' --data-raw '${body}'`;
const sent = head.map((line) => `> ${line}`);
const received = answer.slice(0, 2).map((line) => `< ${line}`);
const star = (mark: string, end: string): string => [...pseudo, ...lines].map((line) => mark + line + end).join('\n');

describe('a request is read as it was sent', () => {
  test.each<[what: string, text: string | Uint8Array]>([
    ['a raw request', raw],
    ['one with CRLF in its head', [...head, '', body].join('\r\n')],
    ['a curl command', command],
    ['one after a prompt', `$ ${command}`],
    ["one after a user's prompt", `me@host:~/work$ ${command}`],
    ["one after zsh's prompt", `➜  ~ ${command}`],
    ['one that another command runs', `$ time sudo ${command}`],
    ['white space after its lines', raw.replace('HTTP/1.1\n', 'HTTP/1.1  \n').replace('GMT\n', 'GMT  \n')],
    ['one after a comment', `# send a mail\n${command}`],
    ["one after PowerShell's prompt", `PS C:\\Users\\me> ${command.replace('curl', 'curl.exe')}`],
    ['one over several lines', command.replaceAll(' -H', ' \\\n  -H')],
    ['one over several lines with their prompts', `$ ${command.replaceAll(' -H', ' \\\n>  -H')}`],
    ["one over several lines of PowerShell's", command.replaceAll(' -H', ' `\r\n  -H')],
    ['one of cmd.exe', `C:\\>${command.replaceAll('"', '\\"').replaceAll("'", '"').replaceAll(' -H', ' ^\r\n  -H')}`],
  ])('%s, and nothing is said of an edit', async (_, text) => {
    const found = await only(text);
    expect(comparable(found.message)).toEqual(wanted);
    expect(ids(found)).toEqual([]);
  });

  test.each<[what: string, text: string | Uint8Array]>([
    ['curl -v', ['* Connected to x', ...sent, '> ', body, ...received, '< ', '{"error":1}'].join('\n')],
    [
      "Insomnia's timeline",
      ['* Preparing request', ...sent, '> ', '', `| ${body}`, '', '* done', ...received].join('\n'),
    ],
    ['curl -v from a terminal that writes CR CR LF', [...sent, '> ', ...received].join('\r\r\n') + `\r\n`],
    ['curl -v with its progress', [...sent, '>', '} [29 bytes data]', ...received].join('\n')],
    ['an answer of 100 Continue first', [...sent, '> ', '< HTTP/1.1 100 Continue', '< ', body, ...received].join('\n')],
    ['the command and what curl -v shows', [`$ ${command} -v`, '*   Trying', ...sent, '> ', ...received].join('\n')],
    ['a list of HTTP/2 headers', listed],
    ['a list of HTTP/2 headers, indented', eachLine('  ', listed)],
    ['HTTP/2 headers on two lines', twoLines('')],
    ['HTTP/2 headers on two lines with colons', twoLines(':')],
    [
      'what nghttp shows',
      `[  0.012] send HEADERS frame <length=9>\n          ; END_HEADERS\n${eachLine('          ', [...pseudo, ...lines].join('\n'))}\n\n${body}`,
    ],
    ["curl's lines of HTTP/2", `${star('* [HTTP/2] [1] [', ']')}\n\n${body}`],
    ["older curl's lines of HTTP/2", `* using HTTP/2\n${star('* h2h3 [', ']')}\n\n${body}`],
    ['an indented paste', eachLine('    ')],
    ['one indented by tabs', eachLine('\t')],
    ['one indented from its second line on', eachLine('  ').trimStart()],
    ['a quoted paste', eachLine('> ')],
    ['one quoted twice', eachLine('> > ')],
    ['a quotation in a mail', `Hello,\n\nit is refused:\n\n${eachLine('> ')}\nRegards`],
    ['a code block', `\`\`\`http\n${raw}\n\`\`\`\n`],
    ['a code block in prose', `It is refused:\n\n~~~\n${raw}\n~~~\n\nWhy?`],
    ['a quoted code block', eachLine('> ', `\`\`\`\n${raw}\n\`\`\``)],
    ['blank lines between the lines', raw.replace('\n\n', '\n').replaceAll('\n', '\n\n')],
    ['a lost blank line', raw.replace('\n\n', '\n')],
    ['a text that is escaped for HTML', escapedForHtml(raw)],
    ['a command that is escaped for HTML', escapedForHtml(command)],
    ['curl -v, escaped for HTML', escapedForHtml([...sent, '> ', body, ...received, '< '].join('\n'))],
    ['one escaped twice', escapedForHtml(escapedForHtml(raw))],
    ['a folded header', raw.replace('HMAC-SHA256 ', 'HMAC-SHA256\n ')],
    ['one folded in the middle of its value', raw.replace('&Signature', '\n\t&Signature')],
    ['a line that a terminal broke', raw.replace('&Signature', '\n&Signature')],
    ['a line that was broken, with CRLF', raw.replaceAll('\n', '\r\n').replace('&Signature', '\r\n  &Signature')],
    ['no-break spaces in the head', raw.replaceAll(': ', ':\u00a0')],
    ['a command that is quoted among other text', `Hello,\n\n${eachLine('> ', command)}\n\nRegards\nAnn`],
    ['HTTP/2 headers that are quoted among other text', `Hello,\n\n${eachLine('> ', listed)}\n\nRegards\nAnn`],
    ['white space in the blank line', raw.replace('\n\n', '\n  \n')],
    ['lines that end in CR', raw.replaceAll('\n', '\r')],
    ['words before the request', `Request:\n\n${raw}`],
    ['words before a command', `I run this:\n\n${command}`],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${raw}`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(raw, 'utf16le')],
    ['UTF-16, big endian', Buffer.from(`\uFEFF${raw}`, 'utf16le').swap16()],
    ['UTF-16, big endian, without its mark', Buffer.from(raw, 'utf16le').swap16()],
  ])('out of %s, with a note on that', async (what, text) => {
    const found = await only(text);
    const hasBody = !/progress|CR CR/.test(what);
    expect(comparable(found.message)).toEqual(hasBody ? wanted : { ...wanted, body: '' });
    expect(ids(found)[0]).toBe('input/edited');
    expect(ids(found).includes('input/no-body')).toBe(!hasBody);
  });

  test('out of a command with typographic quotes', async () => {
    const found = await only(`curl ‘https://${host}/’ -H “a: b c”`);
    expect(found.message).toMatchObject({
      target: '/',
      headers: [
        ['Host', host],
        ['a', 'b c'],
      ],
    });
    expect(ids(found)).toEqual(['input/edited']);
  });

  test('out of a command with typographic quotes around straight ones', async () => {
    const found = await only(command.replace(/'([^']*)'/g, '‘$1’'));
    expect(comparable(found.message)).toEqual(wanted);
  });

  test('with the "&amp;" of one header alone, which may have been sent like that', async () => {
    const one = raw.replace('&Signature', '&amp;Signature');
    expect((await only(one)).message.headers).toContainEqual(['Authorization', own[3][1].replace('&', '&amp;')]);
  });

  test('after a byte order mark, which is no part of it', async () => {
    const found = await only(`\uFEFF${raw}`);
    expect(comparable(found.message)).toEqual(wanted);
    expect(ids(found)).toEqual(['input/byte-order-mark']);
  });

  test("out of Postman's console", async () => {
    const record = {
      Network: { addresses: { local: { address: '127.0.0.1' } } },
      'Request Headers': Object.fromEntries([
        ['host', host],
        ...own.map(([name, value]) => [name.toLowerCase(), value]),
      ]),
      'Request Body': body,
      'Response Headers': { date: 'Tue, 10 Mar 2026 08:15:31 GMT', vary: ['a', 'b'] },
      'Response Body': '{}',
    };
    for (const indent of [2, 0]) {
      const found = await only(`POST https://${host}${target}: ${JSON.stringify(record, undefined, indent)}\n`);
      expect(comparable(found.message)).toEqual(wanted);
      expect(found.receivedAt?.time.toISOString()).toBe('2026-03-10T08:15:31.000Z');
    }
  });

  test("out of Postman's console, where it shows JSON as its members", async () => {
    const headers = Object.fromEntries(own.map(([name, value]) => [name, value]));
    const record = { 'Request Headers': { Host: host, ...headers }, 'Request Body': JSON.parse(body) as unknown };
    expect(comparable((await only(`POST https://${host}${target}: ${JSON.stringify(record)}`)).message)).toEqual(
      wanted,
    );
  });

  test("out of Postman's raw log: the lines before the request are left out, the answer is for the judge of the body", async () => {
    const found = await only(`POST https://${host}${target}\n401 Unauthorized\n120 ms\n${raw}\n\n${answer.join('\n')}`);
    expect(comparable(found.message)).toEqual({ ...wanted, body: `${body}\n\n${answer.join('\n')}` });
    expect(ids(found)).toEqual(['input/edited', 'input/content-length']);
    expect(found.receivedAt?.time.toISOString()).toBe('2026-03-10T08:15:31.000Z');
  });

  test('with every byte of a body that is no text', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
    const found = await only(Buffer.concat([Buffer.from(`${head.join('\n')}\n\n`), bytes]));
    expect(Buffer.from(found.message.body as Uint8Array)).toEqual(Buffer.from(bytes));
  });

  test.each([
    ['a headline of Markdown', '# One\n### Two\n```\ncode\n```\n> quoted\n'],
    ['lines of curl -v', '> GET / HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 200 OK'],
    ['a list of HTTP/2 headers', ':method: GET\n:path: /'],
    ['an indented text', '    a\n    b\n'],
    ['code', 'const a = 1;\nimport hmac\n'],
  ])('with a body that looks like another form: %s', async (_, text) => {
    const found = await only(`POST / HTTP/1.1\nHost: x\n\n${text}`);
    expect(Buffer.from(found.message.body as Uint8Array).toString()).toBe(text);
    expect(ids(found)).toEqual([]);
  });
});

describe('when it was received', () => {
  const har = (response: object): string =>
    JSON.stringify({
      log: {
        entries: [
          {
            startedDateTime: '2026-03-10T08:15:30.500Z',
            request: { method: 'GET', url: `https://${host}/` },
            response,
          },
        ],
      },
    });
  test.each([
    [
      'the Date of the answer to curl -v',
      ['* x', ...sent, '> ', ...received, '< '].join('\n'),
      '2026-03-10T08:15:31.000Z',
    ],
    ['the Date of an answer after the request', `${raw}\n\n${answer.join('\r\n')}`, '2026-03-10T08:15:31.000Z'],
    ['the Date of an answer to curl -i', `$ ${command} -i\n${answer.join('\r\n')}`, '2026-03-10T08:15:31.000Z'],
    [
      'the Date of an answer in a HAR',
      har({ headers: [{ name: 'date', value: answer[1]?.slice(6) }] }),
      '2026-03-10T08:15:31.000Z',
    ],
    ['else the startedDateTime of the HAR', har({}), '2026-03-10T08:15:30.500Z'],
  ])('is %s', async (_, text, time) => {
    expect((await only(text)).receivedAt?.time.toISOString()).toBe(time);
  });

  test.each([
    ['a raw request alone', raw],
    ['an answer whose date is none', `${raw}\n\nHTTP/1.1 401 Unauthorized\nDate: soon\n\n`],
    [
      'a body that speaks of HTTP',
      `POST / HTTP/1.1\nHost: x\n\nHTTP/1.1 is old\nDate: Tue, 10 Mar 2026 08:15:31 GMT\n`,
    ],
  ])('is not told by %s', async (_, text) => {
    expect((await only(text)).receivedAt).toBeUndefined();
  });
});

test('of curl -v with several requests each is read, with its status', async () => {
  const one = [...sent, '> ', ...received, '< ', '* Issue another request'].join('\n');
  const found = await readRequests(`* Connected\n${one}\n${one.replace('401', '200')}`);
  expect(found.map(({ title, entry }) => [title, entry?.index, entry?.status])).toEqual([
    [`POST ${target} → 401`, 0, 401],
    [`POST ${target} → 200`, 1, 200],
  ]);
});

describe('raw requests one after the other', () => {
  const second = `GET /two HTTP/1.1\nHost: ${host}\n\n`;
  test('are each read, with the answer after it', async () => {
    const found = await readRequests(`${raw}\n\n${answer.join('\n')}\n\n${second}`);
    expect(found.map(({ title, entry }) => [title, entry])).toEqual([
      [`POST ${target} → 401`, { index: 0, url: host + target, status: 401 }],
      ['GET /two', { index: 1, url: `${host}/two` }],
    ]);
    expect(found[1]?.receivedAt).toBeUndefined();
  });

  test('are one where the length of the first counts the second as its body', async () => {
    const batch = `POST /batch HTTP/1.1\nHost: x\nContent-Length: ${second.length + 1}\n\n\n${second}`;
    expect(await readRequests(batch)).toHaveLength(1);
  });
});
