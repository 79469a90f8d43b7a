import { createHash, createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { diagnose, type Fixes } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';
import { defineScheme } from '@countersign/core/scheme';
import { describe, expect, test } from 'vitest';
import { fixLanguages } from '../../packages/core/src/diagnose/diagnosis.ts';
import { receivingFixes } from '../../packages/core/src/diagnose/fixes/receiving.ts';
import { programWith, readProgram } from '../languages/program.ts';
import { frameworks, isThere, startReceivers } from '../languages/receivers.ts';

const wantsAll = process.env['LANGUAGES'] === 'all';
/** `npm test` takes Express; a step of its own of `.ci/run` takes all of them, and installs what they need. */
const listed = wantsAll ? frameworks : frameworks.slice(0, 1);

/** What a provider signs of its deliveries: all that a receiver can take from a request. */
const delivery = defineScheme({
  id: 'delivery',
  title: 'A delivery',
  documentation: 'https://delivery.example.com/',
  signer: 'provider',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'md5', encoding: 'base64', empty: 'hashed' },
  date: { headers: ['x-timestamp'], format: 'iso8601', toleranceSeconds: 300 },
  authorization: { header: 'authorization', template: 'delivery {keyId}:{signature}' },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'content-md5', source: { from: 'content-hash' }, after: '\n' },
    { name: 'content-type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
    { name: 'x-timestamp', source: { from: 'date' }, after: '\n' },
    { name: 'path', source: { from: 'target', form: 'path' }, after: '\n' },
    { name: 'target', source: { from: 'target', form: 'as-sent' }, after: '' },
  ],
});

const secret = randomBytes(32).toString('base64');
const target = '/hooks/caf%C3%A9?x=1&y=a%20b';
const body = '{"event": "ace", "name": "Grüße", "price": 1.50}';
const type = 'application/json; charset=utf-8';

/** The headers of a delivery, signed by hand. */
function signed(): Header[] {
  const date = new Date().toISOString();
  const hash = createHash('md5').update(body).digest('base64');
  const text = ['POST', hash, type, date, '/hooks/caf%C3%A9', target].join('\n');
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64');
  return [
    ['Host', 'hooks.example.com'],
    ['Content-Type', type],
    ['x-timestamp', date],
    ['Authorization', `delivery app:${signature}`],
  ];
}

const forged = (headers: readonly Header[]): Header[] =>
  headers.map(([name, value]) => [name, name === 'Authorization' ? value.replace(/:./, ':!') : value]);

interface Answer {
  readonly status: number;
  readonly text: string;
}

function deliver(port: number, headers: readonly Header[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: target,
      headers: Object.fromEntries(headers),
    });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.end(body);
  });
}

/** What Debian has no server of, and what is told beside another: read, against the documentation. */
const read = ['ASP.NET', 'Spring', 'servlet'];

test('every framework that fixes speak of is run, but for those that are read', () => {
  const none = Object.fromEntries(fixLanguages.map((language) => [language, ''])) as unknown as Fixes;
  const wanted = ['body', 'target', 'path', { header: 'content-type', variable: 'contentType' }] as const;
  const lines = wanted.flatMap((one) =>
    Object.values(receivingFixes(one, '/hooks', none))
      .join('\n')
      .split('\n'),
  );
  const names = lines.flatMap((line) => /(?:\/\/|#) ([\w./]+)/.exec(line.replace(/'[^']*'/g, ''))?.[1] ?? []);
  const run = frameworks.map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set([...run, ...read]));
});

describe.each(listed)('a receiver in $name', (framework) => {
  test.skipIf(!wantsAll && !isThere(framework))(
    'refuses what is right where it takes it otherwise than it arrived, accepts it with the fix, and never a forgery',
    { timeout: 600_000 },
    async () => {
      const program = await readProgram(new URL(`../languages/receivers/${framework.file}`, import.meta.url));
      const faults = program.faults.map((fault, at) => ({ ...fault, name: `Faulty${at}` }));
      expect(new Set(faults.map(({ step }) => step))).toEqual(new Set(['body', 'path', 'target', 'content-type']));
      const programs = faults.map((fault) => [fault.name, programWith(program, fault.name, fault)] as const);
      const env = { SIGNING_SECRET: secret };

      const fixed = new Map<string, string>();
      const faulty = await startReceivers(framework, new Map(programs), env);
      try {
        for (const { name, id, step } of faults) {
          const headers = signed();
          const { status, text } = await deliver(faulty.ports.get(name) ?? 0, headers);
          expect(status, `${name} ${text} ${faulty.errors()}`).toBe(401);
          expect((await deliver(faulty.ports.get(name) ?? 0, forged(headers))).status).toBe(401);
          const message = { method: 'POST', target, headers, body: new TextEncoder().encode(body) };
          const { verdict, yourString } = diagnose(delivery, { keyId: 'app', secret }, message, {
            yourStringToSign: text,
          });
          expect(verdict).toBe('valid');
          expect(
            yourString?.mistakes.map((mistake) => mistake.id),
            text,
          ).toEqual([id]);
          const lines = yourString?.mistakes[0]?.fix[framework.language]?.split('\n') ?? [];
          const line = lines.find((one) => one.slice(one.search(/(?:#|\/\/) [A-Z"n]/)).includes(framework.name));
          expect(line, lines.join('\n')).toBeDefined();
          fixed.set(`${name}Fixed`, programWith(program, `${name}Fixed`, { step, code: line ?? '' }));
        }
      } finally {
        await faulty.stop();
      }

      const repaired = await startReceivers(framework, fixed, env);
      try {
        for (const name of fixed.keys()) {
          const headers = signed();
          const port = repaired.ports.get(name) ?? 0;
          expect(await deliver(port, headers), `${fixed.get(name)} ${repaired.errors()}`).toMatchObject({
            status: 204,
          });
          expect((await deliver(port, forged(headers))).status).toBe(401);
        }
      } finally {
        await repaired.stop();
      }
    },
  );
});
