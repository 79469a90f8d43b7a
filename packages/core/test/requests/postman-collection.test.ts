import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/requests/postman-environment.ts';
import { readRequests } from '../../src/requests/read-requests.ts';

// What Postman sends for each request is compared with Postman's runtime in packages/cli/test/collections.

const schema = (version: string): string => `https://schema.getpostman.com/json/collection/v${version}/collection.json`;
const collection = (item: readonly object[], more: object = {}, version = '2.1.0'): string =>
  JSON.stringify({ info: { name: 'Mail', schema: schema(version) }, item, ...more });
const get = (url: unknown, more: object = {}): object => ({ name: 'Get', request: { method: 'GET', url, ...more } });
const script = (text: string): object => ({ listen: 'prerequest', script: { exec: [text] } });

describe('a collection', () => {
  test('gives its requests in the order of a Runner, by the names of their folders, with the scripts that run before', async () => {
    const text = collection(
      [
        {
          name: 'A',
          item: [get('https://x.example/1'), { name: 'B', item: [get('https://x.example/2')], event: [script('b')] }],
        },
        { ...get('https://x.example/3'), event: [script('own'), { listen: 'test', script: { exec: ['t'] } }] },
      ],
      { event: [script('all'), { ...script('off'), disabled: true }] },
    );
    const found = await readRequests(text);
    expect(found.map(({ title, scripts }) => [title, scripts?.map(({ of, text: code }) => `${of}: ${code}`)])).toEqual([
      ['A / Get: GET /1', ['of the collection: all']],
      ['A / B / Get: GET /2', ['of the collection: all', 'of the folder "B": b']],
      ['Get: GET /3', ['of the collection: all', 'of the request: own']],
    ]);
  });

  test('gives its saved examples, with the clock of their answers and without scripts', async () => {
    const request = { method: 'GET', url: 'https://x.example/{{id}}', header: [{ key: 'X', value: '1' }] };
    const example = {
      name: 'refused',
      originalRequest: request,
      code: 401,
      header: [{ key: 'Date', value: 'Mon, 27 May 2024 09:08:08 GMT' }],
    };
    const text = collection([{ ...get('https://x.example/'), event: [script('x')], response: [example] }]);
    const [, found] = await readRequests(text, { variables: { id: '7' } });
    expect(found).toMatchObject({
      title: 'Get, example "refused": GET /7 → 401',
      entry: { index: 0, status: 401, url: 'https://x.example/7' },
      receivedAt: { time: new Date('2024-05-27T09:08:08Z') },
    });
    expect(found?.scripts).toBeUndefined();
  });

  test.each([
    ['2.0.0', { basic: { username: 'me', password: 'p' } }],
    [
      '2.1.0',
      {
        basic: [
          { key: 'username', value: 'me' },
          { key: 'password', value: 'p' },
        ],
      },
    ],
  ])('of version %s hands its authorization helper down to folders and requests', async (version, parameters) => {
    const none = get('https://x.example/none', { auth: { type: 'noauth' } });
    const text = collection(
      [{ name: 'A', auth: null, item: [get('https://x.example/1'), none] }],
      { auth: { type: 'basic', ...parameters } },
      version,
    );
    const values = (await readRequests(text)).map(
      ({ message }) => message.headers.find(([name]) => name === 'Authorization')?.[1],
    );
    // base64 of me:p
    expect(values).toEqual(['Basic bWU6cA==', undefined]);
  });

  test.each([
    ['form-data', { method: 'POST', body: { mode: 'formdata', formdata: [{ key: 'a', value: 'b' }] } }, 'a boundary'],
    ['a file', { method: 'POST', body: { mode: 'file', file: { src: 'x' } } }, 'a file'],
    ['a signature of a helper', { auth: { type: 'awsv4', awsv4: [] } }, '"awsv4" makes its part'],
  ])('says of %s what is known only when it is sent', async (_, more, why) => {
    const [found] = await readRequests(collection([get('https://x.example/', more)]));
    expect(found?.unknown).toEqual([expect.stringContaining(why)]);
  });

  test('names the variables that have no value, those that Postman makes anew among them', async () => {
    const text = collection([get('{{endpoint}}/{{$guid}}?a={{ spaced }}')], {
      variable: [{ key: 'spaced', value: '1' }],
    });
    const [found] = await readRequests(text, { variables: { endpoint: 'https://x.example' } });
    expect(found?.unresolved).toEqual(['{{$guid}}', '{{ spaced }}']);
  });

  test('names the variables that are empty, too: an export does not hold what was put in later', async () => {
    const text = collection([get('https://x.example/{{id}}')], { variable: [{ key: 'id', value: '' }] });
    expect((await readRequests(text))[0]?.unresolved).toEqual(['{{id}}']);
    expect((await readRequests(text, { variables: { id: '7' } }))[0]).toMatchObject({ title: 'Get: GET /7' });
  });

  test('with variables that stand for each other without end is read to an end', async () => {
    const circle = [
      { key: 'a', value: '{{b}}' },
      { key: 'b', value: '{{a}}' },
    ];
    await expect(
      readRequests(collection([get('https://x.example/{{a}}')], { variable: circle })),
    ).resolves.toMatchObject([{ unresolved: [expect.stringMatching(/\{\{[ab]\}\}/)] }]);
    const growing = [{ key: 'a', value: '{{a}}{{a}}{{a}}{{a}}'.repeat(50) }];
    await expect(
      readRequests(collection([get('https://x.example/{{a}}')], { variable: growing })),
    ).rejects.toMatchObject({
      code: 'input/collection',
      message: expect.stringContaining('more text than a request holds') as string,
    });
  });

  test('with folders as deep as the file allows is read', async () => {
    const deep = 5_000;
    const text = `{"info":{"name":"deep"},"item":[${'{"name":"f","item":['.repeat(deep)}${JSON.stringify(get('https://x.example/'))}${']}'.repeat(deep)}]}`;
    await expect(readRequests(text)).resolves.toHaveLength(1);
  });

  test("as Postman's API wraps it is unwrapped", async () => {
    const text = JSON.stringify({ collection: JSON.parse(collection([get('https://x.example/1')])) as object });
    await expect(readRequests(text)).resolves.toMatchObject([{ title: 'Get: GET /1' }]);
  });
});

describe('an environment', () => {
  test('gives its values without those that are switched off, and tells which are secret', () => {
    const values = [
      { key: 'a', value: '1', enabled: true },
      { key: 'off', value: '2', enabled: false },
      { key: 'key', value: 'k', type: 'secret' },
    ];
    const { scope, variables, secrets } = readEnvironment(JSON.stringify({ name: 'x', values }));
    expect([scope, [...variables], secrets]).toEqual([
      'environment',
      [
        ['a', '1'],
        ['key', 'k'],
      ],
      ['k'],
    ]);
  });

  test('of globals is told', () => {
    expect(readEnvironment(JSON.stringify({ values: [], _postman_variable_scope: 'globals' })).scope).toBe('globals');
  });

  test.each([
    [collection([]), /this is a collection/],
    ['{"a":1}', /JSON without a list of values/],
    ['{"values":[', /cannot be read as JSON: it ends before its last bracket/],
  ])('that is none is called by its name: %s', (text, message) => {
    expect(() => readEnvironment(text)).toThrow(message);
  });
});
