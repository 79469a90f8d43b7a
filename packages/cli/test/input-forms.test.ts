import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, type Answer } from './in-process.ts';
import { expectSchema } from './schemas.ts';

// Signatures and content hashes computed with Python's hmac and hashlib.

const key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
const host = 'contoso.communication.azure.com';
const sendTarget = '/emails:send?api-version=2023-03-31';
const getTarget = '/emails/1?api-version=2023-03-31';
const signed = (contentHash: string, signature: string): readonly string[] => [
  'x-ms-date: Mon, 27 May 2024 09:08:07 GMT',
  `x-ms-content-sha256: ${contentHash}`,
  `Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
];
const sendHeaders = signed(
  '3Bm9g/5NDjxdHxwLSa/6dUcROmtBR3iW2TUbZxWTp+0=',
  'SBKDNO/7YsLzVIrqJTVIWV8rLtgX9SWbgJiNgvLRPiQ=',
);
const getHeaders = signed(
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'OJYN7OFwYJEM2EU8vaOTDe7jON5l3/AJgMJ+MJLxcdQ=',
);
const raw = [`GET ${getTarget} HTTP/1.1`, `Host: ${host}`, ...getHeaders, '', ''].join('\n');

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'countersign-forms-'))));
afterAll(() => rm(folder, { recursive: true }));

interface Judged {
  readonly scheme: string | null;
  readonly verdict: string;
  readonly mistakes: readonly { readonly id: string }[];
  readonly notes: readonly { readonly id: string; readonly summary: string }[];
  readonly request?: object;
  readonly more?: readonly Judged[];
}

const file = async (text: string | Uint8Array): Promise<string> => {
  const path = join(folder, 'input');
  await writeFile(path, text);
  return path;
};
async function diagnose(...argv: readonly string[]): Promise<Answer & { json: Judged }> {
  const answer = await answerOf(['diagnose', ...argv, '--secret-env', 'KEY', '--json'], { KEY: key });
  await expectSchema('diagnose', answer.json);
  return answer as Answer & { json: Judged };
}
const now = ['--now', '2024-05-27T09:08:10Z'];
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

describe('a .http file', () => {
  const text = `@host = https://${host}\n
### Get it
GET {{host}}${getTarget}
${getHeaders.join('\n')}

### Unsigned
GET {{host}}/x

### Send it
POST {{host}}${sendTarget}
${sendHeaders.join('\n')}

{"to":"{{who}}"}
`;

  test('gives a diagnosis for each signed request, the first at the top', async () => {
    const { json, exit } = await diagnose(await file(text), '--var', '{{who}}=Anna', ...now);
    expect(json).toMatchObject({
      verdict: 'valid',
      request: { index: 0, url: `https://${host}${getTarget}`, name: 'Get it' },
      more: [{ verdict: 'valid', request: { index: 2, name: 'Send it' } }],
    });
    expect(exit).toBe(0);
  });

  test('whose variables are open in one request has the others judged', async () => {
    const { json, exit } = await diagnose(await file(text), ...now);
    expect(json).toMatchObject({
      verdict: 'valid',
      more: [{ scheme: null, verdict: 'malformed', mistakes: [], request: { index: 2 } }],
    });
    expect(json.more?.[0]?.notes).toEqual([
      {
        id: 'input/unresolved',
        summary: expect.stringMatching(/leaves \{\{who\}\} to the editor.*--var NAME=VALUE/) as string,
      },
    ]);
    expect(exit).toBe(2);
  });

  test('is told request by request in words, too', async () => {
    const { text: report } = await answerOf(['diagnose', await file(text), '--secret-env', 'KEY', ...now], {
      KEY: key,
    });
    expect(report).toMatch(
      /^entry 0 {2}Get it https:\/\/contoso\.communication\.azure\.com\/emails\/1.*\nthe signature is valid/,
    );
    expect(report).toMatch(/\nentry 2 {2}Send it .*\nmalformed: .* {2}POST \/emails:send/);
  });
});

describe('the clock is that of the answer where no other is given:', () => {
  const answered = (date: string): string => `\nHTTP/1.1 401 Unauthorized\nDate: ${date}\n\n`;
  const har = (startedDateTime: string, headers: object[] = []): string =>
    JSON.stringify({
      log: {
        entries: [
          {
            startedDateTime,
            request: {
              method: 'GET',
              url: `https://${host}${getTarget}`,
              headers: getHeaders.map((line) => {
                const [name, value] = line.split(/: (.*)/);
                return { name, value };
              }),
            },
            response: { status: 401, headers },
          },
        ],
      },
    });
  const dateHeader = { name: 'Date', value: 'Mon, 27 May 2024 12:08:07 GMT' };
  const curlOutput = [`> GET ${getTarget} HTTP/1.1`, `> Host: ${host}`, ...getHeaders.map((line) => `> ${line}`), '> '];

  test.each([
    ['curl -v', [...curlOutput, '< HTTP/1.1 401 x', '< Date: Mon, 27 May 2024 09:08:09 GMT', '< '].join('\n')],
    ['a HAR', har('2024-05-27T09:08:08.000Z')],
  ])('a fresh request of %s is valid', async (_, text) => {
    const { json } = await diagnose(await file(text));
    expect(json).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(ids(json.notes)).toContain('input/received-at');
  });

  test('one whose clock was wrong is told so, as the answer shows it', async () => {
    const { json } = await diagnose(await file(har('2024-05-27T09:08:08.000Z', [dateHeader])));
    expect(ids(json.mistakes)).toEqual(['date/clock-skew']);
  });

  test('--now counts more', async () => {
    const { json } = await diagnose(await file(har('2024-05-27T09:08:08.000Z', [dateHeader])), ...now);
    expect(json).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(ids(json.notes)).not.toContain('input/received-at');
  });

  test('an answer that was pasted after the request tells it', async () => {
    const { json } = await diagnose(await file(raw + answered('Mon, 27 May 2024 09:08:09 GMT')));
    expect(json.notes).toContainEqual({
      id: 'input/received-at',
      summary: expect.stringContaining('the Date header of its answer: 2024-05-27T09:08:09.000Z') as string,
    });
    expect(ids(json.mistakes)).not.toContain('date/clock-skew');
  });
});

describe('what has no signature says what to bring, and accuses of nothing', () => {
  const url = `https://${host}${getTarget}`;
  test.each([
    [
      'a curl command',
      `curl '${url}' -H 'Content-Type: application/json'`,
      "Postman's Code → cURL leaves out headers that a script sets: use Console → raw log.",
    ],
    ['a curl command to an unknown host', 'curl https://example.com/', "Postman's Code → cURL"],
    [
      'a HAR',
      JSON.stringify({
        log: { entries: [{ request: { method: 'GET', url, headers: [] }, response: { status: 401 } }] },
      }),
      '"Allow to generate HAR with sensitive data"',
    ],
    ['a HAR without entries', '{"log":{"entries":[]}}', 'None of the 0 requests'],
    ['a .http file', `### x\nGET ${url}\n`, 'what a script adds is not in a .http file'],
    ['HTTP/2 headers', `:method: GET\n:path: ${getTarget}\n:authority: ${host}`, 'Provisional headers are shown'],
    [
      "Postman's console",
      `GET ${url}: {"Request Headers": {"host": "${host}"}}`,
      'a script that was to set it did not run',
    ],
    ['curl -v', `> GET ${getTarget} HTTP/1.1\n> Host: ${host}\n>\n< HTTP/1.1 401\n`, 'None of the lines with ">"'],
  ])('%s', async (_, text, summary) => {
    const { json, exit } = await diagnose(await file(text), ...now);
    expect(json).toMatchObject({ scheme: null, verdict: 'malformed', mistakes: [] });
    expect(json.notes).toEqual([{ id: 'input/unsigned', summary: expect.stringContaining(summary) as string }]);
    expect(exit).toBe(2);
  });

  test('a raw request is told what else it lacks, too', async () => {
    const { json } = await diagnose(await file(`GET ${getTarget} HTTP/1.1\nHost: ${host}\n\n`), ...now);
    expect(json).toMatchObject({ scheme: 'acs-hmac', verdict: 'malformed' });
    expect(ids(json.notes)).toContain('input/unsigned');
  });
});

test('a command with variables of the shell is not judged, and they are named', async () => {
  const { json } = await diagnose('--curl', `curl "https://${host}/x" -H "Authorization: $AUTH" -d "$(cat body)"`);
  expect(json).toMatchObject({ verdict: 'malformed', mistakes: [] });
  expect(json.notes[0]?.summary).toMatch(/replaced \$AUTH, \$\(cat body\).*run it with -v/);
});

test.each(['[REDACTED]', '***', 'xxxxxxxx', '[authorization redacted]', '<removed>'])(
  'an Authorization that was crossed out as %s is no mistake of the sender',
  async (value) => {
    const { json } = await diagnose(await file(raw.replace(/(?<=Authorization: ).*/, value)), ...now);
    expect(json).toMatchObject({ verdict: 'malformed', mistakes: [], notes: [{ id: 'input/crossed-out' }] });
  },
);

test.each(['a=b=c', '{{a}}=b=c', '{{ a }}=b=c'])('--var takes %s', async (variable) => {
  const text = `### x\nGET https://${host}/{{a}}\nAuthorization: x\n`;
  const { json } = await diagnose(await file(text), '--scheme', 'acs-hmac', '--var', variable, ...now);
  expect(json.request).toMatchObject({ url: `https://${host}/b=c` });
});

test.each(['', '=b', '{{}}=b', 'a'])('--var refuses %j', async (variable) => {
  const { said } = await answerOf(['diagnose', 'x', '--var', variable], {});
  expect(said.join()).toContain('is not name=value');
});

test.each([
  ['an indented request', raw.replaceAll(/^(?=.)/gm, '    ')],
  ['a curl command', `curl https://${host}${getTarget}`],
])('verify stays with raw requests, byte for byte: %s is refused', async (_, text) => {
  const { exit } = await answerOf(['verify', await file(text), '--secret-env', 'KEY', ...now], { KEY: key });
  expect(exit).toBe(2);
});
