import { expect, test } from 'vitest';
import { perform } from '../src/playground/perform.ts';
import type { Result, Task } from '../src/playground/work.ts';

const task: Omit<Task, 'text'> = {
  kind: 'diagnose',
  scheme: '',
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
  keyId: '',
};
const host = 'contoso.communication.azure.com';
// The signature was computed with Python's hmac.
const headers = [
  `Host: ${host}`,
  'x-ms-date: Mon, 27 May 2024 09:08:07 GMT',
  'x-ms-content-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=OJYN7OFwYJEM2EU8vaOTDe7jON5l3/AJgMJ+MJLxcdQ=',
];
const line = 'GET /emails/1?api-version=2023-03-31 HTTP/1.1';
const raw = [line, ...headers, '', ''].join('\n');
const webhook = 'POST /hook HTTP/1.1\nHost: a.example\nX-Hub-Signature-256: sha256=';

test.each<[string, string, Partial<Task>, string]>([
  ['an old request', raw, {}, '2024-05-27T09:08:07.000Z in the field “Clock”'],
  [
    'a request with its answer',
    [
      ...[line, ...headers, ''].map((text) => `> ${text}`),
      '< HTTP/1.1 401',
      '< Date: Mon, 27 May 2024 09:08:09 GMT',
      '< ',
    ].join('\n'),
    {},
    'the field “Clock” gives another',
  ],
  [
    'a file whose variables are open',
    `### x\nGET https://${host}/emails/{{id}}?api-version=2023-03-31\n${headers.slice(1).join('\n')}\n`,
    {},
    'the field “Variables”',
  ],
  [
    'an environment of Postman',
    '{"name":"dev","values":[{"key":"a","value":"b"}],"_postman_variable_scope":"environment"}',
    {},
    'the field “Variables”',
  ],
  ['a string to sign', 'POST\n/a?b=c\nTue, 10 Mar 2026 08:15:30 GMT;h;x', {}, 'the field “Your string to sign”'],
  [
    // The signature that GitHub's documentation has of this body and this secret.
    'a right webhook',
    `${webhook}757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\n\nHello, World!`,
    { scheme: 'github', secret: "It's a Secret to Everybody" },
    'the field “Your signature”',
  ],
])('of %s the page names its own fields, and no option of a command line', async (_, text, given, words) => {
  const said = JSON.stringify(await perform({ ...task, ...given, text }));
  expect(said).toContain(words);
  expect(said).not.toMatch(/ --[a-z]|\(--/);
});

test('a variable that stands in a request is named, and its value put in its place', async () => {
  const text = raw.replace('/emails/1', '/emails/{{id}}');
  const now = { nowMs: Date.parse('2024-05-27T09:08:10Z') };
  const open = await perform({ ...task, kind: 'read', text });
  expect(open.requests[0]?.open).toEqual(['id']);
  const filled = await perform({ ...task, ...now, text, variables: { id: '1' } });
  expect(filled.outcome).toMatchObject({ diagnosis: { verdict: 'valid' } });
});

test('of the requests of a HAR the first that is signed and was refused is the one that is asked about', async () => {
  const signed = headers.slice(1).map((text) => {
    const [name, value] = text.split(/: (.*)/);
    return { name, value };
  });
  const entry = (status: number, own: readonly object[]) => ({
    request: { method: 'GET', url: `https://${host}/emails/1?api-version=2023-03-31`, headers: own },
    response: { status, headers: [], content: {} },
  });
  const log = { entries: [entry(200, []), entry(200, signed), entry(401, signed)] };
  const result: Result = await perform({ ...task, kind: 'read', text: JSON.stringify({ log }) });
  expect(result).toMatchObject({ chosen: 2, recognized: { id: 'acs-hmac' }, outcome: { kind: 'read' } });
});

test('of a request that looks like those of several schemes, a diagnosis says which it was taken for', async () => {
  // Signed with the method in lower case, by Python's hmac.
  const text = raw
    .replaceAll(host, 'localhost')
    .replace(/Signature=.*/, 'Signature=6ukQ2E8SmGD+/OViR8GTZbQm1eXrDCSIIwpiQzffxS4=');
  const { outcome } = await perform({ ...task, text, nowMs: Date.parse('2024-05-27T09:08:10Z') });
  expect(outcome).toMatchObject({ diagnosis: { mistakes: [{ id: 'method/case' }] } });
  expect(JSON.stringify(outcome)).toContain('Vipps MobilePay webhook would fit as well: the field “Scheme” chooses.');
});

test('a request to the local server needs no secret: the key of its development account is public', async () => {
  const text =
    "curl 'http://localhost:7509/calling/v1/callouts' -H 'Content-Type: application/json' --data-binary '{}'";
  const nowMs = Date.parse('2024-05-27T09:08:07Z');
  const { outcome } = await perform({ ...task, kind: 'sign', text, secret: '', nowMs });
  // As openssl makes it: `sections/playground.ts` has the command.
  const authorization = 'application c0157e51-0000-4000-8000-000000000002:2H9U8XQivuSz1TfXn62CU4cnEoeiSm8PwfZ0F5Nk3+k=';
  expect(outcome).toMatchObject({ kind: 'signed' });
  expect(JSON.stringify(outcome)).toContain(authorization);
  expect(JSON.stringify(outcome)).toContain('No secret was given');
  const elsewhere = await perform({
    ...task,
    kind: 'sign',
    text: text.replace('localhost:7509', 'example.com'),
    secret: '',
    nowMs,
  });
  expect(elsewhere.outcome).toMatchObject({ kind: 'failed', message: 'Give the secret; it stays in this page.' });
});

test('of a request at another host than the public URL’s, that host is named once', async () => {
  const { outcome } = await perform({ ...task, text: raw, publicUrl: 'HTTPS://Other.Example/hook' });
  expect(JSON.stringify(outcome).match(/other\.example/gi)).toHaveLength(1);
});
