import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCurlCommand } from '../../src/requests/curl-command.ts';

const folder = fileURLToPath(new URL('fixtures/curl/', import.meta.url));
const recordings = JSON.parse(readFileSync(`${folder}curl-recordings.json`, 'utf8')) as {
  requests: { command: string; method: string; target: string; headers: [string, string][]; body: string }[];
};

// The recorded commands name files beside the recordings.
const before = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => process.chdir(before));

const bodyText = (body: unknown): string => Buffer.from(body as Uint8Array).toString('utf8');
const sorted = (headers: readonly (readonly [string, string])[]): string[] =>
  headers.map(([name, value]) => `${name}: ${value}`).toSorted();

describe('a curl command is read as the request that curl was recorded sending', () => {
  test.each(recordings.requests)('$command', async (recorded) => {
    const { message } = await readCurlCommand(recorded.command, readFile);
    expect({ ...message, headers: sorted(message.headers), body: bodyText(message.body) }).toEqual({
      origin: 'http://127.0.0.1:18999',
      method: recorded.method,
      target: recorded.target,
      headers: sorted(recorded.headers),
      body: recorded.body,
    });
  });
});

describe("a browser's Copy as cURL", () => {
  /** How Chromium's developer tools quote for cmd.exe (front_end/panels/network/NetworkLogView.ts, escapeStringWin). */
  const quoteForCmd = (text: string): string =>
    '^"' +
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
      .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
      .replace(/\r?\n|\r/g, '^\n\n') +
    '^"';

  test('for cmd.exe gives back every ASCII body', async () => {
    // Elsewhere than before a quote Chromium's doubled backslashes stay doubled, for curl as for this reader.
    const undoubled = (text: string): boolean => !/\\(?=[^\\"])/.test(text);
    const printable = fc.string({ unit: fc.constantFrom(...'ab "\\^%&|<>!{}[]$`\'\n,:1') }).filter(undoubled);
    await fc.assert(
      fc.asyncProperty(printable, async (body) => {
        const command = `curl ^"http://localhost:7509/p?a=1^&b=2^" ^\n  -H ^"content-type: application/json^" ^\n  --data-raw ${quoteForCmd(body)}`;
        const { message } = await readCurlCommand(command, readFile);
        expect(message.target).toBe('/p?a=1&b=2');
        expect(bodyText(message.body)).toBe(body);
      }),
    );
  });

  test('for cmd.exe in its older form, with plain quotes, is read too', async () => {
    const { message } = await readCurlCommand(
      'curl "http://localhost:7509/p" ^\r\n  -H "x: y" ^\r\n  --data-raw "{""a"":\\"b\\"}" ^\r\n  --compressed\r\n',
    );
    expect(message).toMatchObject({ method: 'POST', target: '/p' });
    expect(bodyText(message.body)).toBe('{"a":"b"}');
  });

  test('for bash keeps the escapes of control characters and emoji', async () => {
    const { message } = await readCurlCommand(
      "curl 'http://localhost:7509/p' \\\n  -H 'authorization: application k:s' \\\n  --data-raw $'it\\'s \\u0021 \\ud83d\\ude00\\n' \\\n  --compressed --insecure",
    );
    expect(bodyText(message.body)).toBe("it's ! 😀\n");
  });
});

test('a prompt before the command and a pipe after it do not count', async () => {
  const { message } = await readCurlCommand('$ curl -s http://localhost:7509/p?x=1 | jq .');
  expect(message).toMatchObject({ method: 'GET', target: '/p?x=1', headers: [['Host', 'localhost:7509']] });
});

test('what the shell would have expanded is kept and noted', async () => {
  const { message, notes } = await readCurlCommand('curl -H "Authorization: $AUTH" "http://localhost:7509/${ID}"');
  expect(message.target).toBe('/${ID}');
  expect(notes.map(({ id, summary }) => `${id} ${summary}`)).toEqual([
    'input/shell-expansion the shell would have replaced $AUTH; it is read as it stands',
    'input/shell-expansion the shell would have replaced ${ID}; it is read as it stands',
  ]);
});

test('squashed dot segments are noted', async () => {
  const { notes } = await readCurlCommand('curl http://localhost:7509/a/../b');
  expect(notes).toEqual([{ id: 'input/dot-segments', summary: 'curl sends the path /a/../b as /b' }]);
});

describe('what is no single known request is refused', () => {
  test.each([
    ['', 'input/empty', /empty/],
    ['wget http://localhost/', 'input/not-curl', /begins with "wget", not with curl/],
    ['curl -d x', 'input/curl-url', /names no URL/],
    ['curl http://a/ http://b/', 'input/curl-url', /two URLs/],
    ['curl http://u%zz:p@a/', 'input/curl-url', /a "%" that begins no escape/],
    ['curl http://', 'input/curl-url', /is not an http or https URL/],
    ['curl --constructor http://a/', 'input/curl-option', /--constructor is not an option of curl/],
    ['curl --__proto__ http://a/', 'input/curl-option', /--__proto__ is not an option of curl/],
    ['curl ftp://a/', 'input/curl-url', /"ftp:\/\/a\/" is not an http or https URL/],
    ["curl 'http://a/b c'", 'input/curl-url', /white space/],
    ['curl -F file=@x http://a/', 'input/curl-option', /cannot read -F: curl makes the boundary/],
    ['curl -K file http://a/', 'input/curl-option', /another file/],
    ['curl http://a/ --next http://b/', 'input/curl-option', /two requests/],
    ['curl --bogus http://a/', 'input/curl-option', /--bogus is not an option of curl/],
    ['curl -ZZ http://a/', 'input/curl-option', /-Z is not an option of curl/],
    ['curl http://a/ -H', 'input/curl-option', /-H wants a value/],
    ['curl -b cookies.txt http://a/', 'input/curl-option', /reads cookies from a file/],
    ["curl -H 'no colon' http://a/", 'input/curl-header', /"no colon" is not "Name: value"/],
    ["curl 'http://a/", 'input/shell-quote', /quote ' at line 1, column 6 .* never closed/],
    ['curl \\\n -d "x http://a/', 'input/shell-quote', /quote " at line 2, column 5/],
    ['curl -d ^"x http://a/', 'input/shell-quote', /never closed/],
    ["curl --data-raw $'\\xff' http://a/", 'input/not-text', /not UTF-8/],
    [
      'curl --data-binary @no-such-file http://a/',
      'input/unreadable',
      /the file no-such-file, which cannot be reached/,
    ],
  ])('%s', async (command, code, message) => {
    await expect(readCurlCommand(command)).rejects.toMatchObject({
      name: 'CountersignError',
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});
