import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FixLanguage } from '@countersign/core/diagnose';
import { message, type Header } from '@countersign/core/message';
import { signingProgram } from '@countersign/core/programs';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplesOf, type ProgramSample } from '../languages/program-samples.ts';
import { runLanguages, runPrograms } from '../languages/run-programs.ts';

const wantsAll = process.env['LANGUAGES'] === 'all';
/** Text that is a key in each encoding in which a scheme reads one. */
const key = { id: 'Key-7f', secret: '00e1f2a3b4c5d6e7f8090a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f' };

/** What a server that verifies said of each request, by its header `x-case`. */
const judged = new Map<string, string>();
let url: string;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { rawHeaders, method = '', url: target = '' } = request;
    const headers = rawHeaders.flatMap((name, at): Header[] => (at % 2 ? [] : [[name, rawHeaders[at + 1] ?? '']]));
    const scheme = schemes.find(({ id }) => id === target.split(/[/?]/)[2]);
    const received = { origin: url, method, target, headers, body: new Uint8Array(Buffer.concat(chunks)) };
    const credential = { keyId: key.id, secret: new Secret(key.secret, scheme?.key.encoding ?? 'utf8') };
    const verification = scheme && verify(scheme, credential, received);
    const sent = new TextDecoder().decode(received.body);
    const verdict = verification?.ok ? `accepted ${method} ${sent}` : `${verification?.code}: ${verification?.summary}`;
    judged.set(String(request.headers['x-case']), verdict);
    response.writeHead(verification?.ok ? 200 : 401).end('done');
  });
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function programFor(language: FixLanguage, scheme: Scheme, sample: ProgramSample, name: string): string {
  const { method, target, headers, body } = sample;
  const request = message({ method, url: url + target, headers: [...headers, ['x-case', name]], body });
  return signingProgram(language, scheme, {
    url: url + target,
    message: { ...request, body: request.body as Uint8Array },
  });
}

/** Schemes whose programs are tried with every body: between them they have each way in which a body is signed. */
const varied = ['acs-hmac', 'sinch-application', 'jambonz', 'bird', 'signalwire', 'sinch-webhook'];

/** These sign tokens, message signatures or with derived keys: the error says so, and a library of each language makes them. */
const unwritten = ['vonage-webhook', 'messagebird-jwt', 'livekit', 'genesys-audiohook', 'rfc9421', 'aws-sigv4'];
const written = schemes.filter(({ id }) => !unwritten.includes(id));
const chosen = wantsAll ? written : written.slice(0, 2);

test.each([
  ['javascript', 'get', /fetch sends get as GET; write the method in capitals/],
  ['javascript', 'Post', /fetch sends Post as POST/],
  ['csharp', 'patch', /HttpClient sends patch as PATCH/],
  ['powershell', 'delete', /HttpClient sends delete as DELETE/],
] as const)('no program in %s signs the method %s, which another one would be sent for', (language, method, said) => {
  const sample = { name: 'Case', method, target: '/', headers: [], body: '' };
  expect(() => programFor(language, schemes[0] as Scheme, sample, 'x')).toThrow(said);
  expect(programFor('python', schemes[0] as Scheme, sample, 'x')).toContain(`method = '${method}'`);
});

test.each([
  ["/p?$filter='a'", /Postman rewrites the ' of the URL/],
  ['/{a}', /Postman rewrites the { of the URL/],
  ['/a\\b', /Postman rewrites the \\ of the URL/],
  ['/p?', /leaves out the last \?/],
])('no Postman script signs %s, which Postman sends otherwise', (target, said) => {
  const sample = { name: 'Stray', method: 'GET', target, headers: [], body: '' };
  expect(() => programFor('postman', schemes[0] as Scheme, sample, 'x')).toThrow(said);
  expect(programFor('postman', schemes[0] as Scheme, { ...sample, target: '/{{id}}:play?a=1' }, 'x')).toContain('pm.');
});

test.each(unwritten)('%s is told to be no scheme for a short program', (id) => {
  const scheme = schemes.find((one) => one.id === id) as Scheme;
  const sample = { name: 'Json', method: 'POST', target: '/', headers: [], body: '{}' };
  expect(() => programFor('python', scheme, sample, 'x')).toThrow(/no short program/);
});

/** Requests to URLs as people write them; clients send them percent-encoded, refuse them, or leave something out. */
function strayCharacters({ id }: Scheme, language: FixLanguage): ProgramSample[] {
  const headers = [['Content-Type', 'application/json']] as const;
  const targets = {
    BeyondAscii: `/as/${id}/größe?stück=1`,
    Stray: `/as/${id}/a"b|c\\d^e\`f/{g}[h]?$i='j'&k[]={l}&m=<n>`,
    NothingAsked: `/as/${id}?`,
  };
  if (id !== chosen[0]?.id) return [];
  // Postman rewrites the others after the script has run, so there is no script for them.
  const tried = language === 'postman' ? { BeyondAscii: targets.BeyondAscii } : targets;
  return Object.entries(tried).map(([name, target]) => ({ name, method: 'POST', target, headers, body: '{}' }));
}

const fast = ['javascript', 'python', 'bash'] as const;

describe.each(wantsAll ? runLanguages : fast)('a generated program in %s', (language) => {
  test('signs its request so that it is accepted, whatever is in its body', { timeout: 1_800_000 }, async () => {
    const cases = chosen.flatMap((scheme) =>
      [...samplesOf(scheme, wantsAll && varied.includes(scheme.id)), ...strayCharacters(scheme, language)].map(
        (sample) => {
          const name = `${scheme.id.replaceAll('-', '')}${sample.name}${language}`;
          const { method, target, headers, body } = sample;
          const request = { method, url: url + target, headers: [...headers, ['x-case', name] as const], body };
          return { name, sample, request, text: programFor(language, scheme, sample, name) };
        },
      ),
    );
    const said = await runPrograms(language, cases, { SIGNING_SECRET: key.secret, SIGNING_KEY_ID: key.id });
    const wrong = cases.filter(({ name, sample }) => {
      const verdict = judged.get(name) ?? '';
      // The answer to HEAD has no body.
      const isAnswered = sample.method === 'HEAD' ? said.has(name) : said.get(name)?.includes('done');
      // What signing adds to a form stands behind it.
      return !verdict.startsWith(`accepted ${sample.method} ${sample.body}`) || !isAnswered;
    });
    if (wrong.length > 0)
      expect.fail(
        `${wrong.length} of ${cases.length}\n` +
          wrong
            .map(({ name, text }) => `${name}: ${judged.get(name)}\n${said.get(name)}\n${text}`)
            .join('\n')
            .slice(0, 9000),
      );
    for (const { text } of cases) expect(text).not.toContain(key.secret);
  });
});
