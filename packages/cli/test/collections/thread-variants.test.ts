import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, type Answer } from '../in-process.ts';
import { expectSchema } from '../schemas.ts';

// The published thread's collection with what was tried in it, one after the other; each is run as Postman runs it.

interface Judged {
  readonly verdict: string;
  readonly mistakes: readonly { readonly id: string; readonly proven: boolean; readonly summary: string }[];
  readonly notes: readonly { readonly id: string; readonly summary: string }[];
  readonly more?: readonly Judged[];
}

const thread = await readFile(new URL('fixtures/thread.postman_collection.json', import.meta.url), 'utf8');
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** The collection with one text in the place of another that has to be there. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(inJson(from))) throw new Error(`not in the collection: ${from}`);
    return text.replaceAll(inJson(from), inJson(to));
  }, thread);
}

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'countersign-thread-'))));
afterAll(() => rm(folder, { recursive: true }));

async function run(collection: string, ...options: readonly string[]): Promise<Answer & { json: Judged }> {
  const file = join(folder, 'thread.postman_collection.json');
  await writeFile(file, collection);
  const more = ['--run-scripts', '--secret-variable', 'key', '--json', ...options];
  const answer = await answerOf(['diagnose', file, ...more], {});
  await expectSchema('diagnose', answer.json);
  return answer as Answer & { json: Judged };
}
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

const authorization = 'value: "HMAC-SHA256 SignedHeaders=date;host;x-ms-content-sha256&Signature=" + signature';
const target = "const url = pm.request.url.toString().replace('{{endpoint}}','');";
const fixedTarget = 'const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());';
const id = '401f3500-1b2c-4d5e-8f90-0123456789ab';
const value = (name: string, text: string): string => `"key": "${name}",\n      "value": "${text}"`;
const key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
const withoutValue = thread.replace(value('callConnectionId', id), value('callConnectionId', ''));

describe('the collection of the published thread', { timeout: 180_000 }, () => {
  test('as it was posted: CreateCall is right, Play signed its variable, and the fix makes it right', async () => {
    const { json, exit } = await run(thread);
    expect(json).toMatchObject({ verdict: 'valid', mistakes: [] });
    const [play] = json.more ?? [];
    expect(play?.mistakes).toMatchObject([{ id: 'template/unresolved', proven: true }]);
    expect(play?.mistakes[0]?.summary).toContain('{{callConnectionId}}');
    expect(play?.notes).toContainEqual({
      id: 'run/fixed',
      summary: expect.stringContaining('line 19 of the pre-request script of the collection') as string,
    });
    expect(exit).toBe(0);
  });

  test('fixed: both are right', async () => {
    const { json } = await run(changed([target, fixedTarget]));
    expect([json.verdict, json.more?.[0]?.verdict]).toEqual(['valid', 'valid']);
  });

  test('with the id written into the URL: both are right', async () => {
    const { json } = await run(changed(['{{callConnectionId}}:play', `${id}:play`]));
    expect([json.verdict, json.more?.[0]?.verdict]).toEqual(['valid', 'valid']);
  });

  test('with the whole URL written out: it is signed whole', async () => {
    const { json } = await run(
      thread
        .replaceAll('"{{endpoint}}"', '"contoso.communication.azure.com"')
        .replaceAll('"host": [', '"protocol": "https", "host": ['),
    );
    expect(json.more?.[0]?.mistakes.map((one) => one.id).toSorted()).toEqual(['template/unresolved', 'url/absolute']);
    expect(ids(json.mistakes)).toEqual(['url/absolute']);
  });

  test('with an endpoint of http, of which the script takes off only https://', async () => {
    const { json } = await run(
      thread.replace(
        value('endpoint', 'https://contoso.communication.azure.com'),
        value('endpoint', 'http://contoso.communication.azure.com'),
      ),
    );
    expect(ids(json.mistakes)).toEqual(['url/host']);
    expect(ids(json.more?.[0]?.mistakes ?? []).toSorted()).toEqual(['template/unresolved', 'url/host']);
  });

  test("with Credential= and x-ms-date: the header is another service's", async () => {
    const { json } = await run(
      changed([
        authorization,
        'value: "HMAC-SHA256 Credential=" + pm.variables.get("credential") + "&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature',
      ]),
    );
    const { mistakes } = json;
    expect(mistakes.map((one) => one.id)).toContain('header/authorization-syntax');
    expect(mistakes.map((one) => one.summary).join()).toContain('Credential');
  });

  test('with x-ms-date declared and Date sent: the set of signed headers is wrong', async () => {
    const { json } = await run(changed(['SignedHeaders=date;', 'SignedHeaders=x-ms-date;']));
    expect(ids(json.mistakes)).toEqual(['header/signed-set']);
  });

  test('with the key as text: that is what was done', async () => {
    const { json } = await run(
      changed(["CryptoJS.enc.Base64.parse(pm.variables.get('key'))", "pm.variables.get('key')"]),
    );
    expect(ids(json.mistakes)).toEqual(['key/encoding']);
    expect(json.notes).toContainEqual({ id: 'run/fixed', summary: expect.stringContaining('line 25') as string });
  });

  test("with Postman's own variables in the body: their values are found, and what makes the request right", async () => {
    const { json } = await run(changed(['Contoso Support', 'Contoso {{$guid}} at {{$timestamp}}']));
    expect(ids(json.mistakes)).toEqual(['template/unresolved']);
    expect(json.mistakes[0]?.summary).toMatch(/\{\{\$guid\}\} and \{\{\$timestamp\}\} in the body/);
    const [fixed] = json.notes.filter((note) => note.id === 'run/fixed');
    expect(fixed?.summary).toMatch(/line 6 .*before it pm\.request\.body\.update/);
  });

  test("with Postman's own variables in the URL: likewise", async () => {
    const { json } = await run(changed(['{{callConnectionId}}:play', '{{$guid}}:play']));
    expect(ids(json.more?.[0]?.mistakes ?? [])).toEqual(['template/unresolved']);
    const [fixed] = json.more?.[0]?.notes.filter((note) => note.id === 'run/fixed') ?? [];
    expect(fixed?.summary).toMatch(/line 19 .*before it pm\.request\.url\.update/);
  });

  test('exported as version 2.0', async () => {
    const { json } = await run(changed(['collection/v2.1.0/', 'collection/v2.0.0/']));
    expect([json.verdict, ids(json.more?.[0]?.mistakes ?? [])]).toEqual(['valid', ['template/unresolved']]);
  });

  test.each(['--var', '--environment'])('with the id given by %s', async (option) => {
    const file = join(folder, 'environment.json');
    await writeFile(
      file,
      JSON.stringify({ name: 'x', values: [{ key: 'callConnectionId', value: id, enabled: true }] }),
    );
    const { json } = await run(withoutValue, option, option === '--var' ? `callConnectionId=${id}` : file);
    expect(ids(json.more?.[0]?.mistakes ?? [])).toEqual(['template/unresolved']);
    expect(json.more?.[0]?.mistakes[0]?.summary).toContain(`its value ${id}`);
  });

  test('with a saved example of CreateCall, out of which a script takes the id', async () => {
    const collection = JSON.parse(withoutValue) as { item: { item: Record<string, unknown>[] }[] };
    const [create] = collection.item[0]?.item ?? [];
    const exec = ["pm.collectionVariables.set('callConnectionId', pm.response.json().callConnectionId);"];
    Object.assign(create as object, {
      response: [{ name: 'created', code: 201, header: [], body: JSON.stringify({ callConnectionId: id }) }],
      event: [{ listen: 'test', script: { exec } }],
    });
    const { json } = await run(JSON.stringify(collection));
    expect(json.more?.[0]?.mistakes[0]?.summary).toContain(`its value ${id}`);
  });

  test.each([
    ['that is empty, as in most exports', withoutValue],
    ['that is not there', thread.replace('"callConnectionId",', '"otherName",')],
  ])('with a variable %s: another value stands in, which is said', async (_, collection) => {
    const { json, said, exit } = await run(collection);
    expect([json.verdict, ids(json.more?.[0]?.mistakes ?? [])]).toEqual(['valid', ['template/unresolved']]);
    expect(json.more?.[0]?.mistakes[0]?.summary).toContain('{{callConnectionId}}');
    expect(said.join()).toMatch(
      /\{\{callConnectionId\}\} has no value in the file.*--var callConnectionId=… gives your own/,
    );
    expect(exit).toBe(0);
  });

  test('with a test script that takes the id out of an answer that nobody saved', async () => {
    const collection = JSON.parse(withoutValue) as { item: { item: Record<string, unknown>[] }[] };
    const exec = ["pm.collectionVariables.set('callConnectionId', pm.response.json().callConnectionId);"];
    Object.assign(collection.item[0]?.item[0] as object, { event: [{ listen: 'test', script: { exec } }] });
    const { json } = await run(JSON.stringify(collection));
    expect(ids(json.more?.[0]?.mistakes ?? [])).toEqual(['template/unresolved']);
  });

  test('with one that takes something else out of it: Play is not judged, and the variable is named', async () => {
    const collection = JSON.parse(withoutValue) as { item: { item: Record<string, unknown>[] }[] };
    const exec = ["pm.collectionVariables.set('callConnectionId', pm.response.json().value?.id);"];
    Object.assign(collection.item[0]?.item[0] as object, { event: [{ listen: 'test', script: { exec } }] });
    const { json, exit } = await run(JSON.stringify(collection));
    expect(json.verdict).toBe('valid');
    expect(json.more).toMatchObject([{ verdict: 'malformed', mistakes: [], notes: [{ id: 'input/unresolved' }] }]);
    expect(json.more?.[0]?.notes[0]?.summary).toMatch(/^\{\{callConnectionId\}\} has no value.*--environment/);
    expect(exit).toBe(2);
  });

  test('without the variable of its endpoint: nothing is judged, and what its script shows is told all the same', async () => {
    const { json, exit } = await run(thread.replace('"key": "endpoint"', '"key": "base"'));
    expect(exit).toBe(2);
    const [play] = json.more ?? [];
    for (const one of [json, play]) expect(one).toMatchObject({ verdict: 'malformed', mistakes: [] });
    // CreateCall has no variable behind its endpoint, so nothing is said against it.
    expect([ids(json.notes), ids(play?.notes ?? [])]).toEqual([
      ['input/unresolved'],
      ['input/unresolved', 'code/likely'],
    ]);
    expect(play?.notes[1]?.summary).toMatch(/^template\/unresolved, by the code beside it .*\{\{callConnectionId\}\}/);
  });

  test('without its key, as exports often are: nothing is accused, and it is said how to give it', async () => {
    const env = { KEY: key };
    const file = join(folder, 'no-key.json');
    await writeFile(file, thread.replace(value('key', key), value('key', '')));
    const open = await answerOf(['diagnose', file, '--run-scripts', '--secret-env', 'KEY', '--json'], env);
    const judged = open.json as Judged;
    for (const one of [judged, ...(judged.more ?? [])]) {
      expect(one).toMatchObject({ verdict: 'malformed', mistakes: [] });
      expect(one.notes[0]?.summary).toMatch(/reads the variable "key".*--secret-variable key with --secret-env/);
    }
    // The option that is named is one that works as it stands.
    const conventional = { COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=https://x.example/;accesskey=${key}` };
    const empty = await answerOf(['diagnose', file, '--run-scripts', '--secret-variable', 'key'], conventional);
    const advised = /--secret-env (\w+) \(which is set\)/.exec(empty.said.join('\n'))?.[1] ?? '';
    const taken = ['--run-scripts', '--secret-variable', 'key', '--secret-env', advised, '--json'];
    expect((await answerOf(['diagnose', file, ...taken], conventional)).json).toMatchObject({ verdict: 'valid' });
    const given = ['--secret-env', 'KEY', '--secret-variable', 'key'];
    const { json } = await answerOf(['diagnose', file, '--run-scripts', ...given, '--json'], env);
    expect([(json as Judged).verdict, ids((json as Judged).more?.[0]?.mistakes ?? [])]).toEqual([
      'valid',
      ['template/unresolved'],
    ]);
  });

  test('with a script that throws before it signs: that is told, and the unsigned request', async () => {
    const { json, exit, said } = await run(changed(['pm.request.body.raw', 'pm.request.body.raw.nothing.there']));
    expect(json).toMatchObject({ verdict: 'malformed', mistakes: [] });
    expect(json.notes.map((one) => one.summary).join()).toMatch(
      /script failed \("TypeError: Cannot read.*Postman sends the request all the same/,
    );
    expect(said.join()).toContain('a pre-request script failed: TypeError');
    expect(exit).toBe(2);
  });
});

test.each([
  ['acs', 4],
  ['sinch', 3],
])('the example collection for %s is right, run as it stands', async (name, count) => {
  const file = fileURLToPath(new URL(`../../../../examples/postman/${name}.postman_collection.json`, import.meta.url));
  const answer = await answerOf(['diagnose', file, '--run-scripts', '--json'], {});
  const json = answer.json as Judged;
  const verdicts = [json, ...(json.more ?? [])].map(({ verdict }) => verdict);
  expect(verdicts).toEqual(Array.from({ length: count }, () => 'valid'));
});
