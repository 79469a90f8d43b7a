import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from './in-process.ts';

// The page is followed as a reader would: its pieces make the file, its commands run on the file, its program loads it.

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = await readFile(join(root, 'docs/define-a-scheme.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```/gms)].map(([, kind, file, text = '']) => ({
  kind,
  file,
  text,
}));
const [whole] = blocks.filter(({ file }) => file === 'everee.json');
const steps = blocks.filter(({ kind, file }) => kind === 'json' && file === undefined);

let folder: string;
beforeAll(async () => {
  // Below node_modules, so that the program finds the packages.
  folder = await mkdtemp(join(root, 'node_modules/.define-a-scheme-'));
  await writeFile(join(folder, 'everee.json'), whole?.text ?? '');
});
afterAll(() => rm(folder, { recursive: true }));

test('the steps of docs/define-a-scheme.md add up to the whole scheme', () => {
  const { $schema: schema, ...scheme } = JSON.parse(whole?.text ?? '') as Record<string, unknown>;
  expect(Object.assign({}, ...steps.map(({ text }) => JSON.parse(text) as object))).toEqual(scheme);
  expect(steps).toHaveLength(5);
  expect(existsSync(join(root, String(schema).replace('./node_modules/@countersign', 'packages')))).toBe(true);
});

test('its commands sign what the provider signs, verify it, and find nothing wrong with it', async () => {
  const [script] = blocks.filter(({ kind }) => kind === 'sh');
  const [setting = '', ...commands] = (script?.text ?? '').trim().split('\n');
  const [, name = '', secret = ''] = /^export (\w+)=(.*)$/.exec(setting) ?? [];
  const answers: string[] = [];
  for (const command of commands) {
    const [line = '', into] = command.split(' > ');
    const words = line.split(' ').slice(1);
    const argv = words.map((word) => (/^\w+\.(?:json|http)$/.test(word) ? join(folder, word) : word));
    const { exit, text, said } = await answerOf(argv, { [name]: secret });
    expect([exit, said.filter((one) => one.startsWith('error'))]).toEqual([0, []]);
    if (into) await writeFile(join(folder, into), text);
    answers.push(text);
  }
  const expected = createHmac('sha256', secret).update('1617756644.{"paid":true}').digest('hex');
  expect(answers[0]).toContain(`x-everee-webhook-signature: v1=${expected}\r\n`);
  expect(answers[1]).toMatch(/^valid everee, /);
  expect(answers[2]).toMatch(/^the signature is valid {2}everee, /);
});

test('its scheme with a token takes one that is made by hand, and none for another body', async () => {
  const [token] = blocks.filter(({ file }) => file === 'token.json');
  await writeFile(join(folder, 'token.json'), token?.text ?? '');
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'example.com',
    jti: 'one',
    iat: 1_617_756_644,
    body_sha256: createHash('sha256').update('{"paid":true}').digest('hex'),
  };
  const input = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = createHmac('sha256', 'a-key').update(input).digest('base64url');
  const said = [];
  for (const body of ['{"paid":true}', '{"paid":null}']) {
    const head = `POST /hook HTTP/1.1\r\nHost: example.com\r\nAuthorization: Bearer ${input}.${signature}\r\n\r\n`;
    await writeFile(join(folder, 'event.http'), head + body);
    const files = [join(folder, 'event.http'), '--scheme-file', join(folder, 'token.json')];
    const argv = ['verify', ...files, '--secret-env', 'KEY', '--now', '2021-04-07T00:50:44Z'];
    const { text, said: errors } = await answerOf(argv, { KEY: 'a-key' });
    said.push(text + errors.join());
  }
  expect(said[0]).toMatch(/^valid own-token, /);
  expect(said[1]).toMatch(/content-hash\/mismatch/);
});

test('its program loads the scheme', async () => {
  const [program] = blocks.filter(({ kind }) => kind === 'js');
  await writeFile(join(folder, 'program.mjs'), program?.text ?? '');
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder });
  expect(stdout).toBe('function\n');
});
