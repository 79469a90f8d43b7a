import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createProgram, run } from '../src/program.ts';
import type { Terminal } from '../src/terminal.ts';

/** `openssl rand -base64 20`, and the key of a Sinch application as its page shows it. */
const keys = ['aVRlc3RLZXkrL05vdEFTZWNyZXQ5OQ==', '5F5C418A0F914BBC8234A9BF5EDDAD97'];
const url = 'http://localhost/calling/v1/x';
const connection = (key: string): string => `endpoint=https://contoso.communication.azure.com/;accesskey=${key}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-key-'));
  await writeFile(join(folder, 'request'), 'GET / HTTP/1.1\nHost: localhost\n\n');
  for (const [index, key] of keys.entries()) {
    await writeFile(join(folder, `key-${index}`), `${key}\n`);
    await writeFile(join(folder, `connection-${index}`), `endpoint=https://x.example/;accesskey=${key}\n`);
    await writeFile(join(folder, `long-${index}`), `${key}${key}${key}`);
    await writeFile(join(folder, `header-${index}`), `GET / HTTP/1.1\nHost: localhost\nthe key is ${key}\n\n`);
    await writeFile(
      join(folder, `har-${index}`),
      JSON.stringify({ log: { entries: [{ request: { method: 'GET', url: key, headers: [] } }] } }),
    );
  }
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process, and gives back everything that it wrote. */
async function outputOf(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  let written = '';
  const write = (text: unknown): boolean => {
    written += String(text);
    return true;
  };
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  const plain = (_style: unknown, text: string): string => text;
  const exits: number[] = [];
  const terminal: Terminal = {
    result: write,
    say: write,
    note: write,
    json: (value) => write(JSON.stringify(value)),
    hide: () => {},
    paint: plain,
    paintError: plain,
    exit: (code) => void exits.push(code),
    wantsJson: false,
    env,
  };
  await run(await createProgram(terminal, '0.0.0', argv), argv, terminal);
  vi.restoreAllMocks();
  expect(exits, written).toEqual([2]);
  return written;
}

const commands: Readonly<Record<string, (key: string) => readonly string[]>> = {
  'the name of a variable': (key) => ['sign', url, '--secret-env', key],
  'the name of a file': (key) => ['sign', url, '--secret-file', key],
  'an option that there is not': (key) => ['sign', url, `--secret=${key}`],
  'an option that there is not, and its value': (key) => ['sign', url, '--secret', key],
  'the URL': (key) => ['sign', key],
  'a connection string for the URL': (key) => ['sign', connection(key)],
  'a header': (key) => ['sign', url, '-H', key],
  'a connection string for a header': (key) => ['sign', url, '-H', connection(key)],
  'the time': (key) => ['sign', url, '--date', key],
  'the name of a date header': (key) => ['sign', url, '--date-header', key],
  'the scheme': (key) => ['sign', url, '--scheme', key],
  'the form of the output': (key) => ['sign', url, '--output', key],
  'the file of the body': (key) => ['sign', url, '--data', `@${key}`],
  'the JSON of an error': (key) => ['sign', url, '--json', '--data', `@${key}`],
  'the name of another variable': (key) => ['diagnose', 'request', '--scheme', 'acs-hmac', '--also-secret-env', key],
  'a variable of a template': (key) => ['diagnose', 'request', '--var', key],
  'the URL of a receiver': (key) => ['diagnose', 'request', '--public-url', key],
  'the file of a request': (key) => ['diagnose', key],
  'the file of the signed string': (key) => ['diagnose', 'request', '--your-string', key],
  'a curl command': (key) => ['diagnose', '--curl', `${key} -u a:${key}`],
  'a URL of a curl command': (key) => ['diagnose', '--curl', `curl ${key}://x ${connection(key)}`],
  'the file of a request to verify': (key) => ['verify', key],
  'the file of a request, which is that of the key': (key) => ['verify', `key-${keys.indexOf(key)}`],
  'the same to diagnose': (key) => ['diagnose', `key-${keys.indexOf(key)}`],
  'the same to diagnose as JSON': (key) => ['diagnose', '--json', `key-${keys.indexOf(key)}`],
  'the file of a connection string': (key) => ['verify', `connection-${keys.indexOf(key)}`],
  'the file of a long key': (key) => ['diagnose', `long-${keys.indexOf(key)}`],
  'a line among the headers': (key) => ['diagnose', `header-${keys.indexOf(key)}`],
  'a URL of a HAR file': (key) => ['diagnose', '--har', `har-${keys.indexOf(key)}`],
  'a long curl command': (key) => ['diagnose', '--curl', key.repeat(3)],
  'the command': (key) => [key],
  'the number to call': (key) => ['call', key, '--say', 'hello'],
  'the address of the server': (key) => ['call', '+12065550123', '--say', 'hello', '--url', key],
  'the port': (key) => ['serve', '--port', key],
  'the configuration': (key) => ['serve', '--config', key],
};

test.each(Object.entries(commands))('a key that is given for %s is not repeated', async (_what, argv) => {
  const home = process.cwd();
  process.chdir(folder);
  try {
    for (const key of keys) {
      const output = await outputOf(argv(key), {});
      expect(output).toMatch(/error|malformed/);
      expect(output).not.toContain(key.slice(0, 12));
    }
  } finally {
    process.chdir(home);
  }
});

test.each(keys)('a key that is the key id too is refused, because it would be sent: %#', async (key) => {
  const output = await outputOf(['sign', url, '--key-id', key, '--secret-env', 'KEY'], { KEY: key });
  expect(output).toMatch(/the key id is the secret itself/);
  expect(output).not.toContain(key.slice(0, 12));
});

test.each([
  [
    'the endpoint of a connection string',
    (key: string) => ({ COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${key};accesskey=x` }),
  ],
  [
    'a path of its endpoint',
    (key: string) => ({ COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=http://x/${key};accesskey=x` }),
  ],
  ['a connection string', (key: string) => ({ COMMUNICATION_SERVICES_CONNECTION_STRING: key })],
  ['an application key without a secret', (key: string) => ({ SINCH_APPLICATION_KEY: key })],
])('a key that the environment holds as %s is not repeated', async (_what, env) => {
  for (const key of keys) {
    const scheme = 'SINCH_APPLICATION_KEY' in env(key) ? 'sinch-application' : 'acs-hmac';
    const output = await outputOf(['sign', url, '--scheme', scheme], env(key));
    expect(output).not.toContain(key.slice(0, 12));
  }
});

test('names, files and URLs that are no keys are repeated, so that a slip is found', async () => {
  expect(await outputOf(['verify', 'no/such/request.http'], {})).toContain('no/such/request.http');
  expect(await outputOf(['sing'], {})).toContain("unknown command 'sing'");
  const asked = await outputOf(['diagnose', join(folder, 'request'), '--scheme', 'standard-webhooks-ed25519'], {});
  expect(asked).toContain('standard-webhooks-ed25519 is verified with a public key');
});
