import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { schemes } from '@countersign/core/schemes/catalog';
import { describe, expect, test } from 'vitest';
import { isInstalled } from '../languages/languages.ts';

const folder = fileURLToPath(new URL('../../vectors/', import.meta.url));
const files = (await readdir(folder, { recursive: true }))
  .filter((path) => path.endsWith('.json') && path.includes('/'))
  .toSorted();

interface VectorFile {
  readonly scheme: string;
  readonly kind: string;
  readonly mac?: { readonly algorithm: string; readonly encoding: string; readonly choices?: object };
  readonly keyEncoding?: string;
  readonly vectors: readonly { readonly id: string; readonly stages?: { readonly signature: string } }[];
}

async function read(path: string): Promise<VectorFile> {
  return JSON.parse(await readFile(join(folder, path), 'utf8')) as VectorFile;
}

const ajv = new Ajv2020({ strict: true, strictRequired: false, formats: {} });
const schema = JSON.parse(await readFile(join(folder, 'vectors.schema.json'), 'utf8')) as object;
const isValid = ajv.compile(schema);

test.each(files)('%s is of the form that the JSON Schema describes, and names no vector twice', async (path) => {
  const file = await read(path);
  expect(isValid(file), JSON.stringify(isValid.errors)).toBe(true);
  const ids = file.vectors.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the JSON Schema refuses a member that there is not, a vector without provenance, and a file of no kind', async () => {
  const file = await read('stripe/computed.json');
  const [vector = { id: '' }] = file.vectors;
  expect(isValid({ ...file, other: 1 })).toBe(false);
  expect(isValid({ ...file, vectors: [{ ...vector, provenance: undefined }] })).toBe(false);
  expect(isValid({ ...file, kind: 'signed' })).toBe(false);
});

test('every file of a shared secret says what the scheme signs with', async () => {
  const byId = new Map(schemes.map((scheme) => [scheme.id, scheme]));
  for (const path of files) {
    const { scheme: id, mac, keyEncoding } = await read(path);
    const scheme = byId.get(id);
    if (!mac || !scheme) continue;
    expect(scheme.mac, path).toMatchObject(mac);
    expect(Object.keys(mac.choices ?? {}), path).toEqual(Object.keys(scheme.mac.choices ?? {}));
    expect(keyEncoding, path).toBe(scheme.key.encoding);
  }
});

const wantsAll = process.env['LANGUAGES'] === 'all';
const runners = [
  { command: 'node', before: [], file: 'run.mjs' },
  { command: 'python3', before: [], file: 'run.py' },
  { command: 'go', before: ['run'], file: 'run.go', isSlow: true },
];

async function run({ command, before, file }: (typeof runners)[number], on: string): Promise<string> {
  const path = join(folder, 'runners', file);
  const program = command === 'node' ? process.execPath : command;
  const { stdout } = await promisify(execFile)(program, [...before, path, on]).catch((error: unknown) => {
    const { stdout: printed, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return { stdout: `${printed}${stderr}` };
  });
  return stdout.trim();
}

const listed = runners.filter(({ isSlow }) => !isSlow || wantsAll || process.env['SKIPS_FAIL'] !== '1');
const isRun = ({ command, isSlow }: (typeof runners)[number]): boolean =>
  isInstalled({ commands: command === 'node' ? [] : [command] }) && (!isSlow || wantsAll);

describe.each(listed)('$file', (runner) => {
  test.skipIf(!isRun(runner))('finds every signature right, and names the one that is not', async () => {
    const all = await Promise.all(files.map(read));
    const count = all
      .filter(({ kind, mac }) => kind === 'sign' && mac)
      .reduce((sum, { vectors }) => sum + vectors.length, 0);
    expect(await run(runner, folder)).toBe(`${count} vectors, 0 wrong`);

    const broken = await mkdtemp(join(tmpdir(), 'vectors-'));
    try {
      const text = await readFile(join(folder, 'stripe/computed.json'), 'utf8');
      await mkdir(join(broken, 'stripe'));
      await writeFile(join(broken, 'stripe/computed.json'), text.replace('"b517a628', '"c517a628'));
      expect(await run(runner, broken)).toContain('1 vectors, 1 wrong');
    } finally {
      await rm(broken, { recursive: true });
    }
  });
});
