import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { shellQuote, writeCurlCommand } from '../src/requests/curl-writer.ts';
import { prepareRequest } from '../src/requests/prepare-request.ts';

const base = 'http://localhost:7509/calling/v1/calls/id/1';
const commandFor = async (url: string, options: object = {}): Promise<string> =>
  writeCurlCommand(await prepareRequest(url, { header: [], ...options }, {}));

/** The arguments that bash hands to curl, whatever curl is on this machine. */
function argumentsInBash(command: string): string[] {
  const printed = execFileSync('bash', ['--norc', '-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    encoding: 'utf8',
  });
  return printed.split('\0').slice(0, -1);
}

describe('the emitted curl command', () => {
  test('reaches curl through bash with every byte of the body', async () => {
    const data = `it's "quoted" $HOME \`id\` \\n ! é 😀\r\n\t`;
    const words = argumentsInBash(await commandFor(base, { data }));
    expect(words[words.indexOf('--data-binary') + 1]).toBe(data);
  });

  test('keeps curl from adding a content type, which Sinch signs', async () => {
    const words = argumentsInBash(await commandFor(base, { data: '{}' }));
    expect(words).toContain('Content-Type:');
    expect(argumentsInBash(await commandFor(base, { data: '{}', header: ['Content-Type: a/b'] }))).not.toContain(
      'Content-Type:',
    );
  });

  test('does not let a leading @ become the name of a file', async () => {
    const words = argumentsInBash(await commandFor(base, { data: 'x' }));
    expect(words).toContain('--data-binary');
    const prepared = await prepareRequest(base, { header: [], data: 'x' }, {});
    const at = { ...prepared, message: { ...prepared.message, body: Buffer.from('@x') } };
    expect(argumentsInBash(writeCurlCommand(at)).slice(-2)).toEqual(['--data-raw', '@x']);
  });

  test.each([
    ['dot segments', `${base}/../x`, ['--path-as-is']],
    ['brackets and braces', `${base}?a[]={b}`, ['--globoff']],
    ['a default port', 'http://localhost:80/calling/v1/calls/id/1', ['Host: localhost:80']],
    ['a host in capitals', 'http://LOCALHOST:7509/calling/v1/calls/id/1', ['Host: LOCALHOST:7509']],
  ])('makes curl keep %s', async (_, url, wanted) => {
    expect(argumentsInBash(await commandFor(url))).toEqual(expect.arrayContaining(wanted));
  });

  test('is read back as the same request', async () => {
    const bodies = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => !/\0|^@/.test(text) && !/\p{Cs}/u.test(text));
    await fc.assert(
      fc.asyncProperty(bodies, async (data) => {
        const prepared = await prepareRequest(base, { header: ['Content-Type: text/plain'], data }, {});
        const { message } = await readCurlCommand(writeCurlCommand(prepared));
        expect(message).toEqual({ ...prepared.message, body: new TextEncoder().encode(data) });
      }),
      { numRuns: 50 },
    );
  });

  test('refuses a binary body that is in no file', async () => {
    const prepared = await prepareRequest(base, { header: [], data: 'x' }, {});
    const binary = { ...prepared, message: { ...prepared.message, body: Uint8Array.of(0xff) } };
    expect(() => writeCurlCommand(binary)).toThrow(expect.objectContaining({ code: 'output/binary-body' }));
  });
});

test('quoting gives bash back any word', () => {
  const words = fc
    .sample(fc.string({ unit: 'binary', minLength: 1 }), { numRuns: 200, seed: 7509 })
    .filter((word) => !word.includes('\0') && !/\p{Cs}/u.test(word));
  expect(argumentsInBash(`curl ${words.map(shellQuote).join(' ')}`)).toEqual(words);
});
