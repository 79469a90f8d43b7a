import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message, type Message } from '@countersign/core/message';
import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { shellQuote, writeCurlCommand } from '@countersign/core/requests/curl-writer';

const base = 'http://localhost:7509/calling/v1/calls/id/1';
interface Given {
  readonly data?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const requestOf = (url: string, { data, headers = {} }: Given): Message =>
  message({ method: data === undefined ? 'GET' : 'POST', url, headers, body: data ?? '' });
const originOf = (url: string): string => /^https?:\/\/[^/?]*/.exec(url)?.[0] ?? '';
const commandFor = (url: string, given: Given = {}): string =>
  writeCurlCommand({ origin: originOf(url), message: requestOf(url, given) }) ?? 'none';

/** The arguments that bash hands to curl, whatever curl is on this machine. */
function argumentsInBash(command: string): string[] {
  const printed = execFileSync('bash', ['--norc', '-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    encoding: 'utf8',
  });
  return printed.split('\0').slice(0, -1);
}

describe('the emitted curl command', () => {
  test('reaches curl through bash with every byte of the body', () => {
    const data = `it's "quoted" $HOME \`id\` \\n ! é 😀\r\n\t`;
    const words = argumentsInBash(commandFor(base, { data }));
    expect(words[words.indexOf('--data-binary') + 1]).toBe(data);
  });

  test('keeps curl from adding a content type, which Sinch signs', () => {
    const words = argumentsInBash(commandFor(base, { data: '{}' }));
    expect(words).toContain('Content-Type:');
    const typed = commandFor(base, { data: '{}', headers: { 'Content-Type': 'a/b' } });
    expect(argumentsInBash(typed)).not.toContain('Content-Type:');
  });

  test('does not let a leading @ become the name of a file', () => {
    expect(argumentsInBash(commandFor(base, { data: 'x' }))).toContain('--data-binary');
    expect(argumentsInBash(commandFor(base, { data: '@x' })).slice(-2)).toEqual(['--data-raw', '@x']);
  });

  test('keeps curl from adding any header to a request that is complete as it is', () => {
    const headers = { 'content-length': '2', 'Content-Type': 'a/b' };
    const complete = requestOf(base, { data: '{}', headers });
    const words = argumentsInBash(
      writeCurlCommand({ origin: originOf(base), message: complete, isComplete: true }) ?? '',
    );
    expect(words.filter((word) => /^[\w-]+:(?!\/\/)/.test(word))).toEqual([
      'Content-Type: a/b',
      'Accept:',
      'User-Agent:',
    ]);
  });

  test.each([
    ['dot segments', `${base}/../x`, ['--path-as-is']],
    ['brackets and braces', `${base}?a[]={b}`, ['--globoff']],
    ['a default port', 'http://localhost:80/calling/v1/calls/id/1', ['Host: localhost:80']],
    ['a host in capitals', 'http://LOCALHOST:7509/calling/v1/calls/id/1', ['Host: LOCALHOST:7509']],
  ])('makes curl keep %s', (_, url, wanted) => {
    expect(argumentsInBash(commandFor(url))).toEqual(expect.arrayContaining(wanted));
  });

  test('is read back as the same request', async () => {
    const bodies = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => !/\0|^@/.test(text) && !/\p{Cs}/u.test(text));
    await fc.assert(
      fc.asyncProperty(bodies, async (data) => {
        const sent = requestOf(base, { data, headers: { 'Content-Type': 'text/plain' } });
        const command = writeCurlCommand({ origin: originOf(base), message: sent }) ?? '';
        expect((await readCurlCommand(command)).message).toEqual(sent);
      }),
      { numRuns: 50 },
    );
  });

  test('does not exist for HEAD with a body, which curl refuses; an empty file is none', () => {
    const head = { origin: originOf(base), message: { ...requestOf(base, {}), method: 'HEAD' } };
    const body = new TextEncoder().encode('abc');
    expect(writeCurlCommand({ ...head, message: { ...head.message, body } })).toBeUndefined();
    expect(writeCurlCommand({ ...head, dataFile: 'empty.txt' })).toMatch(/^curl --head [^-]*$/);
  });

  test.each([
    ['that is no text', Uint8Array.of(0xff)],
    ['with a NUL', Uint8Array.of(0)],
  ])('does not exist for a body %s, unless a file holds it', (_, body) => {
    const binary = { origin: originOf(base), message: { ...requestOf(base, {}), body } };
    expect(writeCurlCommand(binary)).toBeUndefined();
    expect(writeCurlCommand({ ...binary, dataFile: 'body.bin' })).toContain('--data-binary @body.bin');
  });
});

test('quoting gives bash back any word', () => {
  const words = fc
    .sample(fc.string({ unit: 'binary', minLength: 1 }), { numRuns: 200, seed: 7509 })
    .filter((word) => !word.includes('\0') && !/\p{Cs}/u.test(word));
  expect(argumentsInBash(`curl ${words.map(shellQuote).join(' ')}`)).toEqual(words);
});
