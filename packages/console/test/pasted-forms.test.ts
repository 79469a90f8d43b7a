import { describe, expect, test } from 'vitest';
import { perform } from '../src/playground/perform.ts';
import type { Result, Task } from '../src/playground/work.ts';

const task: Omit<Task, 'text'> = {
  kind: 'diagnose',
  chosen: 0,
  scheme: 'acs-hmac',
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
  keyId: '',
};
const target = '/emails/1?api-version=2023-03-31';
const host = 'contoso.communication.azure.com';
// The signature was computed with Python's hmac.
const headers = [
  `Host: ${host}`,
  'x-ms-date: Mon, 27 May 2024 09:08:07 GMT',
  'x-ms-content-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=OJYN7OFwYJEM2EU8vaOTDe7jON5l3/AJgMJ+MJLxcdQ=',
];
const nowMs = Date.parse('2024-05-27T09:08:10Z');
const idsOf = ({ outcome }: Result): string[] =>
  outcome.kind === 'diagnosed' ? outcome.diagnosis.notes.map(({ id }) => id) : [];

test('what curl -v shows is read, and judged by the clock of the answer', async () => {
  const sent = [`GET ${target} HTTP/1.1`, ...headers].map((line) => `> ${line}`);
  const text = ['* Connected', ...sent, '> ', '< HTTP/1.1 401', '< Date: Mon, 27 May 2024 09:08:09 GMT', '< '].join(
    '\n',
  );
  const result = await perform({ ...task, text });
  expect(result.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'valid', mistakes: [] } });
  expect(idsOf(result)).toContain('input/received-at');
  expect(result.requests).toMatchObject([
    { title: `GET ${target} → 401`, notes: [expect.stringContaining('curl -v')] },
  ]);
});

const shown = [`GET ${target} HTTP/1.1`, ...headers];
const pairs = headers.slice(1).map((line) => {
  const [name = '', value = ''] = line.split(/: (.*)/);
  return { name, key: name, value };
});
test.each([
  ["what Python's http.client prints", `send: b'${shown.join('\\r\\n')}\\r\\n\\r\\n'\nreply: 'HTTP/1.1 401 x\\r\\n'\n`],
  ["the log of Java's HttpClient", `INFO: HEADERS: REQUEST HEADERS:\n${shown.join('\n')}\n\nMay 27, 2024 x\n`],
  ["Insomnia's console", [...shown.map((line) => `> ${line}`), '', '* x', '< HTTP/1.1 401 x', '< '].join('\n')],
  [
    'a report of newman',
    JSON.stringify({
      collection: { info: {}, item: [] },
      run: {
        executions: [
          { item: { name: 'x' }, request: { method: 'GET', url: `https://${host}${target}`, header: pairs } },
        ],
      },
    }),
  ],
  [
    'a HAR',
    JSON.stringify({
      log: { entries: [{ request: { method: 'GET', url: `https://${host}${target}`, headers: pairs } }] },
    }),
  ],
])('a request is read from what tools give: %s', async (_, text) => {
  const { outcome } = await perform({ ...task, text, nowMs });
  expect(outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'valid', mistakes: [] } });
});

test('of a .http file one of the requests is chosen', async () => {
  const text = `### one\nGET https://${host}/x\n\n### two\nGET https://${host}${target}\n${headers.slice(1).join('\n')}\n`;
  const result = await perform({ ...task, text, chosen: 1, nowMs: Date.parse('2024-05-27T09:08:10Z') });
  expect(result.requests.map(({ title }) => title)).toEqual(['one: GET /x', `two: GET ${target}`]);
  expect(result.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'valid' } });
});

test.each([
  ['a command without a signature', `curl https://${host}/x`, /Code → cURL leaves out headers/],
  ['a command with variables', `curl https://${host}/x -H "Authorization: $SIG"`, /would have replaced \$SIG/],
  ['a collection', '{"info":{},"item":[]}', /a Postman collection/],
])('%s is told what to bring', async (_, text, message) => {
  expect((await perform({ ...task, text })).outcome).toEqual({
    kind: 'failed',
    message: expect.stringMatching(message) as string,
  });
});

describe('a collection of Postman is read, and not run:', () => {
  const collection = (request: object, script: string[] = []): string =>
    JSON.stringify({
      info: { name: 'Mail', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      event: [{ listen: 'prerequest', script: { exec: script } }],
      variable: [
        { key: 'endpoint', value: `https://${host}` },
        { key: 'id', value: '1' },
      ],
      item: [
        { name: 'Folder', item: [{ name: 'Send', request: { method: 'POST', url: '{{endpoint}}/emails:send' } }] },
        {
          name: 'Get',
          request: { method: 'GET', url: '{{endpoint}}/emails/{{id}}?api-version=2023-03-31', ...request },
        },
      ],
    });
  const signed = headers.slice(1).map((line) => {
    const [key, value] = line.split(/: (.*)/);
    return { key, value };
  });

  test('its requests are listed with their folders, and one with a signature is judged', async () => {
    const result = await perform({ ...task, text: collection({ header: signed }), chosen: 1, nowMs });
    expect(result.requests.map(({ title }) => title)).toEqual([
      'Folder / Send: POST /emails:send',
      `Get: GET ${target}`,
    ]);
    expect(result.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'valid', mistakes: [] } });
  });

  // What is exported has no values that were put in later, and a script is read without them, and without a secret.
  test.each(['', task.secret])('an unsigned one with variables open gives what its script shows', async (secret) => {
    const script = [
      "const url = pm.request.url.toString().replace('{{endpoint}}', '');",
      'CryptoJS.HmacSHA256(url, key);',
    ];
    const text = collection({}, script).replace(`"https://${host}"`, '""').replace('"value":"1"', '"value":""');
    const { outcome } = await perform({ ...task, text, secret, chosen: 1 });
    expect(outcome).toMatchObject({
      kind: 'diagnosed',
      diagnosis: { mistakes: [{ id: 'template/unresolved', certainty: 'likely' }] },
    });
    expect(idsOf({ outcome, requests: [], chosen: 0 })).toEqual(['input/unsigned', 'code/read']);
  });

  test('a command without a signature is told what to bring, before a secret is asked for', async () => {
    const { outcome } = await perform({ ...task, text: `curl https://${host}/x`, secret: '' });
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('Console') as string });
  });

  test.each([
    ['without a signature', {}, [], /before its scripts have run.*--run-scripts/],
    [
      'with one that a script may replace',
      { header: signed },
      ['pm.request'],
      /the script of the collection runs before/,
    ],
    [
      'with a variable that has no value',
      { header: [...signed, { key: 'x', value: '{{y}}' }] },
      [],
      /\{\{y\}\} has no value/,
    ],
    [
      'with form-data',
      { method: 'POST', header: signed, body: { mode: 'formdata', formdata: [{ key: 'a' }] } },
      [],
      /boundary/,
    ],
  ])('one %s is told what to bring', async (_, request, script, message) => {
    const result = await perform({ ...task, text: collection(request, script), chosen: 1 });
    expect(result.outcome).toEqual({ kind: 'failed', message: expect.stringMatching(message) as string });
  });

  test('a request of it can be signed', async () => {
    const result = await perform({ ...task, kind: 'sign', text: collection({}), chosen: 1 });
    expect(result.outcome).toMatchObject({ kind: 'signed', warnings: [] });
  });
});

test('a command without a signature can be signed', async () => {
  expect((await perform({ ...task, kind: 'sign', text: `curl https://${host}/x` })).outcome.kind).toBe('signed');
});

test('what somebody’s own code makes of the request is told from what belongs there', async () => {
  const text = [`GET ${target} HTTP/1.1`, ...headers, '', ''].join('\n');
  const hash = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
  const yourString = `GET\n${target}\nMon, 27 May 2024 09:08:07 GMT\n${host}\n${hash}`;
  const clock = { nowMs: Date.parse('2024-05-27T09:08:10Z') };
  const { outcome } = await perform({ ...task, ...clock, text, yourString });
  const mistakes = [{ id: 'layout/separator', certainty: 'proven' }];
  expect(outcome).toMatchObject({ diagnosis: { verdict: 'valid', yourString: { equal: false, mistakes } } });
});
