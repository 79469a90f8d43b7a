import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

interface Schema {
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const published = JSON.parse(read('packages/server/schema/config.schema.json')) as Schema;
const validates = new Ajv({ strict: false }).compile(published);

/** Every member, by its path: `accounts[].keys.primary`. Those of scripts have a page of their own. */
function members(schema: Schema, path = '', found = new Map<string, Schema[]>()): Map<string, Schema[]> {
  for (const one of schema.anyOf ?? []) members(one, path, found);
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`;
    found.set(at, [...(found.get(at) ?? []), member]);
    members(member, at, found);
  }
  if (schema.items) members(schema.items, `${path}[]`, found);
  return found;
}

/** The rows of a page's tables, by the names in their first cells. */
function rows(page: string, heads: RegExp): Map<string, string> {
  const tables = page.match(/^\|.*\n(?:^\|.*\n?)+/gm) ?? [];
  return new Map(
    tables
      .filter((table) => heads.test(table))
      .flatMap((table) => table.trim().split('\n').slice(2))
      .flatMap((row) => {
        const [, first = ''] = row.split('|');
        return [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, row] as const);
      }),
  );
}

/** The names that a row has in one of its cells, from 0. */
function named(row: string | undefined, cell: number): string[] {
  return [...(row?.split('|')[cell + 1]?.matchAll(/`([\w-]+)`/g) ?? [])].map(([, name = '']) => name);
}

/** The blocks of a page in a language. */
function blocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

describe('the page on the configuration file', () => {
  const page = read('docs/configuration.md');
  const documented = rows(page, /^\| member/);
  const all = members(published);

  test('lists every member of the JSON Schema, and no other', () => {
    expect([...documented.keys()].toSorted()).toEqual([...all.keys()].toSorted());
  });

  test('says what each can be that is one of a few', () => {
    const choices = [...all].map(([path, schemas]) => [
      path,
      schemas.flatMap((schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const])),
    ]);
    const untold = choices.map(([path, names]) => {
      const row = documented.get(path as string) ?? '';
      return [path, (names as string[]).filter((name) => !row.includes(`\`${name}\``))];
    });
    expect(untold.filter(([, names]) => names?.length)).toEqual([]);
  });

  test('says which are required, and how large the limits are that nobody has set', () => {
    const told = [...documented].filter(([, row]) => row.includes('; required ')).map(([path]) => path);
    expect(told.toSorted()).toEqual(required(published).toSorted());
    for (const [path, [schema]] of all) {
      const unlessSet = path.startsWith('limits.') ? /[\d ]+(?:MiB)?(?=\.$)/.exec(schema?.description ?? '')?.[0] : '';
      expect(documented.get(path)).toContain(unlessSet?.trim());
    }
  });

  test('has examples that are valid', () => {
    const examples = blocks(page, 'json');
    expect(examples).not.toHaveLength(0);
    for (const example of examples) expect([validates(JSON.parse(example)), validates.errors]).toEqual([true, null]);
  });
});

/** The paths of members that an object cannot be without. A secret is in a variable or in a file, so neither is one. */
function required(schema: Schema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const isRequired = schema.required?.includes(name) && name !== 'env' && name !== 'file';
    return [...(isRequired ? [at] : []), ...required(member, at)];
  });
  const alternatives = (schema.anyOf ?? []).flatMap((one) => required(one, path));
  return [...new Set([...own, ...alternatives, ...(schema.items ? required(schema.items, `${path}[]`) : [])])];
}

describe('the page on phone scripts', () => {
  const page = read('docs/phone-scripts.md');
  const [script] = Object.values(published.properties?.['phones']?.patternProperties ?? {});
  const pickUps = script?.anyOf ?? [];
  const steps = pickUps.find(({ properties }) => properties?.['steps'])?.properties?.['steps']?.items?.anyOf ?? [];

  test.each([
    ['pickUp', pickUps],
    ['do', steps],
  ])('lists each %s with the members that it takes, and no other', (key, variants) => {
    const documented = rows(page, new RegExp(`^\\| \`${key}\``));
    const wanted = variants.map(({ properties = {} }) => [
      properties[key]?.const,
      Object.keys(properties).filter((name) => name !== key),
    ]);
    expect(wanted).not.toHaveLength(0);
    expect([...documented].map(([name, row]) => [name, named(row, 1)])).toEqual(wanted);
  });

  test('has examples that are valid', () => {
    const examples = blocks(page, 'json').map((text) => JSON.parse(text) as object);
    const [, code = ''] = /\.script\((\{.*?\})\);/s.exec(blocks(page, 'js').join('')) ?? [];
    examples.push(new Function(`return ${code}`)() as object);
    expect(examples).toHaveLength(3);
    for (const example of examples) {
      const config = 'phones' in example ? example : { phones: { '+14255550123': example } };
      expect([validates(config), validates.errors]).toEqual([true, null]);
    }
  });
});
