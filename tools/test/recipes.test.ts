import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

// CONTRIBUTING's recipes for a scheme, for a source of its parts and for a class of mistakes, followed once as written: in a
// copy of core, a field of the query becomes a source, a scheme signs it, and a mistake signs only its beginning.

const source = `
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The value of a field of the query, as sent. */
export interface QueryFieldSource {
  readonly from: 'query-field';
  readonly field: string;
}

provideReader<QueryFieldSource>(
  'query-field',
  ({ field }, { target }) => {
    const [, query = ''] = target.split('?');
    const pair = query.split('&').find((one) => one.startsWith(field + '='));
    return pair?.slice(field.length + 1) ?? '';
  },
  'target/malformed',
);

/** What else is to be known of it. */
export const queryField: SourceRow<QueryFieldSource> = {
  members: { field: { wanted: 'the name of a field', fits: (value) => typeof value === 'string' && value !== '' } },
  holds: () => /[^\\n\\r\\0 &#]/,
  words: ({ field }) => 'the field ' + field + ' of the query',
  signs: () => ['target'],
};
`;

const scheme = `
import '../parts/query-field.ts';
import type { Scheme } from '../scheme.ts';

/** A scheme of this test. */
export const scratchQuery: Scheme = {
  id: 'scratch-query',
  title: 'Scratch scheme that signs a field of the query',
  documentation: 'https://example.com/',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  authorization: { header: 'x-scratch', template: 'v1={signature}' },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\\n' },
    { name: 'call', source: { from: 'query-field', field: 'call' }, after: '\\n' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
`;

const mistake = `
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

interface Cut {
  readonly kind: 'cut';
  readonly kept: number;
}

/** The query's field signed up to one of its hyphens. */
export const urlFieldCut: MistakeClass<Cut> = {
  id: 'url/field-cut',
  rank: 195,
  needs: 'query',
  values: function* (slot) {
    if (slot.source.from !== 'query-field' || typeof slot.value !== 'string') return;
    for (let kept = slot.value.indexOf('-'); kept >= 0; kept = slot.value.indexOf('-', kept + 1))
      yield { detail: { kind: 'cut', kept }, cost: 1, value: slot.value.slice(0, kept) } satisfies ValueMove<Cut>;
  },
  say: ({ kept }, { yours, expected }) =>
    \`You signed the first \${kept} characters, "\${yours}"; the request was sent with "\${expected}".\`,
  fixes: {
    javascript: "const call = url.searchParams.get('call');",
    python: "call = query['call']",
    csharp: 'var call = query["call"];',
    java: 'String call = query.get("call");',
    php: "$call = $_GET['call'];",
    go: 'call := req.URL.Query().Get("call")',
    ruby: "call = URI.decode_www_form(uri.query).to_h['call']",
    bash: 'call=abc-123',
    powershell: '$call = "abc-123"',
  },
};
`;

const stringToSign = 'POST\nabc-123\n{"to":"+1"}';
const signature = createHmac('sha256', 'scratch key').update(stringToSign).digest('hex');
const vectors = {
  scheme: 'scratch-query',
  kind: 'sign',
  provenance: 'node:crypto, over the bytes that are spelled out here',
  vectors: [
    {
      id: 'scratch-01',
      title: 'a field among others',
      key: { secret: 'scratch key' },
      request: { method: 'POST', target: '/calls?x=1&call=abc-123', headers: [], body: '{"to":"+1"}' },
      stages: {
        contentHash: '',
        parts: { method: 'POST', call: 'abc-123', body: '{"to":"+1"}' },
        stringToSign,
        signature,
      },
      adds: [['x-scratch', `v1=${signature}`]],
    },
  ],
};

/** What the recipes name, with the scratch names in it: new files with their text, lists with the lines that come in. */
const files: Readonly<Record<string, string>> = {
  'packages/core/src/parts/<source>.ts': source,
  'packages/core/src/schemes/<id>.ts': scheme,
  'packages/core/src/diagnose/mistakes/<mistake>.ts': mistake,
  'vectors/<id>/': JSON.stringify(vectors),
};
const lists: Readonly<Record<string, readonly (readonly [behind: string, line: string])[]>> = {
  'packages/core/src/parts/sources.ts': [
    ['', "import { queryField } from './query-field.ts';"],
    ['export const sources = {', "  'query-field': queryField,"],
  ],
  'packages/core/src/schemes/catalog.ts': [
    ['', "import { scratchQuery } from './scratch-query.ts';"],
    ['export const schemes: readonly Scheme[] = [', '  scratchQuery,'],
  ],
  'packages/core/src/diagnose/diagnosis.ts': [['export const mistakeIds = [', "  'url/field-cut',"]],
  'packages/core/src/diagnose/mistake-titles.ts': [
    [
      'export const mistakeTitles: Readonly<Record<MistakeId, string>> = {',
      "  'url/field-cut': 'The field was signed cut at its hyphen',",
    ],
  ],
  'packages/core/src/diagnose/mistake-causes.ts': [
    [
      'export const mistakeCauses: Readonly<Record<MistakeId, string>> = {',
      "  'url/field-cut': 'A parser took the hyphen for the end of the value.',",
    ],
  ],
  'packages/core/src/diagnose/catalog.ts': [
    ['', "import { urlFieldCut } from './mistakes/url-field-cut.ts';"],
    ['export const catalog: readonly MistakeClass[] = [', '  urlFieldCut,'],
  ],
};

const [vector] = vectors.vectors;
/** Broken by hand, as `breakers.ts` does it: the field is cut at its hyphen. */
const broken = createHmac('sha256', 'scratch key').update(stringToSign.replace('-123', '')).digest('hex');

/** Uses the built copy as anybody uses core, and prints what came of it. */
const following = `
import { diagnose } from './dist/diagnose/diagnose.js';
import { defineScheme, describeSource } from './dist/scheme.js';
import { schemes } from './dist/schemes/catalog.js';
import { Secret } from './dist/secret.js';
import { sign } from './dist/sign.js';
import { verify } from './dist/verify.js';

const scheme = schemes.find(({ id }) => id === 'scratch-query');
const vector = ${JSON.stringify(vector)};
const credential = { secret: new Secret(vector.key.secret, 'utf8') };
const request = { ...vector.request, body: new TextEncoder().encode(vector.request.body) };
const text = (bytes) => new TextDecoder().decode(bytes);

const signature = sign(scheme, credential, request);
const trace = signature.trace();
const verdict = (target) => {
  const result = verify(scheme, credential, { ...request, target, headers: vector.adds });
  return result.ok ? 'accepted' : result.code;
};
const { headers } = sign(scheme, credential, { ...request, method: 'post' });
const judge = (headers) => diagnose(scheme, { secret: vector.key.secret }, { ...request, headers });
const { mistakes } = judge(headers);
const [cut] = judge([['x-scratch', 'v1=${broken}']]).mistakes;
const problem = (source) => {
  try {
    defineScheme({ ...scheme, parts: [{ name: 'x', source: { from: 'query-field', ...source }, after: '' }] });
    return 'defined';
  } catch (error) {
    return error.message;
  }
};
console.log(JSON.stringify({
  adds: signature.headers,
  stringToSign: text(trace.stringToSign),
  parts: Object.fromEntries(trace.parts.map(({ name, bytes }) => [name, text(bytes)])),
  verdicts: ['', '4', ' '].map((more) => verdict(request.target + more)),
  mistakes: mistakes.map(({ id, proven }) => [id, proven]),
  cut: [cut.id, cut.proven, cut.summary, cut.at, cut.fix.python],
  words: scheme.parts.map(({ source }) => describeSource(source, scheme)),
  problems: [{ field: 'call' }, { field: '' }, { field: 'call', feld: 'x' }, { from: 'queryfield' }].map(problem),
}));
`;

let house: string;
let outcome: Readonly<Record<string, unknown>>;
const inHouse = (path: string): string =>
  join(
    house,
    path
      .replace('<source>', 'query-field')
      .replace('<mistake>', 'url-field-cut')
      .replace('<id>/', 'scratch-query/computed.json')
      .replace('<id>', 'scratch-query'),
  );

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'countersign-recipes-'));
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
  await cp(join(root, 'tsconfig.base.json'), join(house, 'tsconfig.base.json'));
  for (const name of ['src', 'package.json', 'tsconfig.json']) {
    await cp(join(root, 'packages/core', name), join(house, 'packages/core', name), { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(inHouse(path)), { recursive: true });
    await writeFile(inHouse(path), text);
  }
  for (const [path, lines] of Object.entries(lists)) {
    let text = await readFile(inHouse(path), 'utf8');
    for (const [behind, line] of lines) {
      expect(text).toContain(behind);
      text = behind === '' ? `${line}\n${text}` : text.replace(behind, () => `${behind}\n${line}`);
    }
    await writeFile(inHouse(path), text);
  }
  await run(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(house, 'packages/core'),
  ]).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout);
  });
  const program = join(house, 'packages/core/follow.js');
  await writeFile(program, following);
  const { stdout } = await run(process.execPath, [program]);
  outcome = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}, 600_000);
afterAll(() => rm(house, { recursive: true, force: true }));

describe('CONTRIBUTING’s recipes for a scheme, a source and a mistake', () => {
  test('name the files that are written and changed, and no others of core', async () => {
    const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
    const recipes = /- \*\*a signature scheme\*\*[^]*?(?=- \*\*an operation)/.exec(text)?.[0] ?? '';
    const named = [...recipes.matchAll(/`((?:packages|vectors)\/[^`]+)`/g)].map(([, path]) => path);
    // What is only for schemes of providers whose SDKs and routes are known.
    const optional = ['packages/core/src/deviations/', 'packages/core/src/providers/'];
    // What is read, and where breaks would stand: by hand, and in every scheme.
    const beside = [
      'packages/core/src/diagnose/search/mistake-class.ts',
      'packages/core/test/diagnose/breakers.ts',
      'packages/core/test/diagnose/every-scheme/slips.ts',
    ];
    const own = [...Object.keys(files), ...Object.keys(lists)];
    expect(named.toSorted()).toEqual([...own, ...optional, ...beside].toSorted());
  });

  test('give a scheme that signs its vector, with every stage in the trace', () => {
    expect(outcome).toMatchObject({ adds: vector?.adds, parts: vector?.stages.parts, stringToSign });
  });

  test('give a scheme that is verified, and refused for another value or one that could be read in two ways', () => {
    expect(outcome['verdicts']).toEqual(['accepted', 'signature/mismatch', 'target/malformed']);
  });

  test('give a scheme that is diagnosed, and described in words', () => {
    expect(outcome['mistakes']).toEqual([['method/case', true]]);
    expect(outcome['words']).toEqual(['the method', 'the field call of the query', 'the body']);
  });

  test('give a mistake that is found first, said in its own words at its own part, and fixed by its own code', () => {
    expect(outcome['cut']).toEqual([
      'url/field-cut',
      true,
      'You signed the first 3 characters, "abc"; the request was sent with "abc-123".',
      { part: 'call', offset: 3 },
      "call = query['call']",
    ]);
  });

  test('give a source that defineScheme knows, with its members', () => {
    expect(outcome['problems']).toEqual([
      'defined',
      'scheme "scratch-query": `parts: field of x` must be the name of a field; it is other text',
      'scheme "scratch-query": the source of part "x" has the unknown member `feld`; there are from, field',
      expect.stringMatching(/`parts: source of x` must be one of .*query-field.*; it is "queryfield"$/),
    ]);
  });
});
