import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { expectSchema } from './schemas.ts';

const page = (name: string): Promise<string> => readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const examples = [...(await page('cli-json.md')).matchAll(/<!-- schema: (\S+) -->\n\n```json\n(.*?)\n```/gs)];
const blocks = [...(await page('cli.md')).matchAll(/(<!-- not run: .*? -->\n\n)?```sh\n(.*?)\n```/gs)];
const commands = blocks.filter(([, excuse]) => excuse === undefined).flatMap(([, , block = '']) => block.split('\n'));

describe('the documentation of JSON', () => {
  test.each(examples.map(([, schema = '', json = '']) => [schema, json]))(
    'shows an example of %s that satisfies the schema',
    (schema, json) => expectSchema(schema, JSON.parse(json)),
  );

  test('leaves out no schema and no block', async () => {
    const files = await readdir(new URL('../schema/', import.meta.url));
    const schemas = files.map((file) => file.replace('.schema.json', '')).filter((name) => name !== 'shapes');
    expect(new Set(examples.map(([, name]) => name))).toEqual(new Set(schemas));
    expect(examples).toHaveLength((await page('cli-json.md')).split('```json').length - 1);
  });
});

describe('the documentation of the commands', () => {
  let cwd: string;
  beforeAll(async () => void (cwd = await mkdtemp(join(tmpdir(), 'countersign-docs-'))));
  afterAll(() => rm(cwd, { recursive: true }));

  // In order, in one folder: some read what others have written.
  test.each(commands)('%s', async (command) => {
    expect(await runCommand(command, { cwd })).toMatchObject({ exit: 0 });
  });

  test('names every command', async () => {
    const { stdout } = await runCommand('countersign --help');
    const named = [...stdout.matchAll(/^ {2}(\w+) (?:\[|<)/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'help');
    const text = await page('cli.md');
    expect(named.filter((name) => !text.includes(`\n## ${name}\n`))).toEqual([]);
    expect(named.length).toBeGreaterThanOrEqual(7);
  });
});
