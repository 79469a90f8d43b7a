import { schemeFromJson } from '@countersign/core/scheme-json';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sources } from '../src/parts/sources.ts';

const schema = JSON.parse(readFileSync(new URL('../schema/scheme.schema.json', import.meta.url), 'utf8')) as {
  $defs: { source: { anyOf: { properties: { from: { const: string } } }[] } };
};
const isValid = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
const plain = schemes.map((scheme): Scheme => {
  const { deviations: _, ...rest } = scheme;
  return JSON.parse(JSON.stringify(rest)) as Scheme;
});

type Json = Record<string, unknown>;
/** What `defineScheme` says of a value's members, where it says anything; not what is wrong between several of them. */
function memberProblem(value: unknown): string | undefined {
  try {
    defineScheme(value as Scheme);
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof TypeError)) throw error;
    return message;
  }
  return undefined;
}

/** Every place of a JSON value, by its path. */
function pathsOf(value: unknown, before: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [before];
  return [before, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...before, name]))];
}

function changed(scheme: unknown, path: readonly string[], change: (holder: Json, name: string) => void): unknown {
  const copy = structuredClone({ scheme }) as Json;
  const whole = ['scheme', ...path];
  const name = whole.pop() as string;
  change(
    whole.reduce((held, next) => held[next] as Json, copy),
    name,
  );
  return copy['scheme'];
}

/** A scheme that has every rule and every source, so that each of their members is changed once. */
const everything = {
  ...plain[0],
  key: { encoding: 'utf8' },
  mac: {
    algorithm: 'sha256',
    encoding: 'hex',
    anyCase: true,
    choices: { other: { algorithm: 'sha1', encoding: 'hex', anyCase: false } },
  },
  provider: {
    routes: [],
    hosts: [],
    queryParameters: [],
    fields: [],
    requestObjects: [],
    signsCallbacks: true,
    queryValues: {},
    alsoTakes: {},
    otherApis: [],
    documentedPaths: [],
  },
} as unknown as Scheme;

const others: readonly unknown[] = [0, true, '', ' ', 'no such word', null, [], {}, ['X Y'], [0]];

describe('the JSON Schema of schemes', () => {
  test.each(plain.map((scheme) => [scheme.id, scheme]))('takes %s, which is read back as it was', (_, scheme) => {
    expect([isValid(scheme), isValid.errors]).toEqual([true, null]);
    expect(JSON.parse(JSON.stringify(schemeFromJson(JSON.stringify(scheme))))).toEqual(scheme);
  });

  test('knows every source of parts', () => {
    const known = schema.$defs.source.anyOf.map(({ properties }) => properties.from.const);
    expect(known.toSorted()).toEqual(Object.keys(sources).toSorted());
  });

  test('says the same as defineScheme of a member that is missing, unknown or of another kind', () => {
    const disagreements: string[] = [];
    let tried = 0;
    const compare = (value: unknown, what: string): void => {
      tried += 1;
      const problem = memberProblem(value);
      // What is wrong only between several members, no JSON Schema says.
      const isOfMember = problem !== undefined && /` must be |unknown member|an id is/.test(problem);
      const valid = isValid(value);
      if (isOfMember === valid && !(valid && /`authorization\.(?:keyHeader\.)?header` must be/.test(problem ?? '')))
        disagreements.push(`${what}: ${valid ? 'taken' : 'refused'} by the schema; ${problem}`);
      if (problem === undefined && !valid) disagreements.push(`${what}: defineScheme takes it, the schema does not`);
    };
    const seen = new Set<string>();
    for (const scheme of [everything, ...plain]) {
      for (const path of pathsOf(scheme)) {
        // A rule of the same shape is the same rule.
        const shape = path.join('.').replace(/\d+/g, '#');
        const held = path.reduce<unknown>((value, name) => (value as Json)[name], scheme);
        const kind =
          shape +
          ((held as { from?: string } | undefined)?.from ?? (path.includes('source') ? JSON.stringify(held) : ''));
        if (seen.has(kind) || shape.startsWith('provider.')) continue;
        seen.add(kind);
        if (path.length > 0) {
          compare(
            changed(scheme, path, (holder, name) => delete holder[name]),
            `${scheme.id} without ${shape}`,
          );
          for (const other of others) {
            compare(
              changed(scheme, path, (holder, name) => (holder[name] = other)),
              `${shape} = ${JSON.stringify(other)}`,
            );
          }
        }
        if (typeof held === 'object' && held !== null && !Array.isArray(held) && !shape.endsWith('choices'))
          compare(
            changed(scheme, path, (holder, name) => ((holder[name] as Json)['nonsense'] = 1)),
            `${shape}.nonsense`,
          );
      }
    }
    expect(disagreements).toEqual([]);
    expect(tried).toBeGreaterThan(500);
  });

  test('names each member that a rule has, no fewer and no more', () => {
    const [scheme] = plain;
    const namesIn = (path: string[]): string[] => {
      const problem = memberProblem(
        changed(everything, path, (holder, name) => ((holder[name] as Json)['nonsense'] = 1)),
      );
      return (/there are (.*)$/.exec(problem ?? '')?.[1] ?? '').split(', ');
    };
    const { properties } = schema as unknown as { properties: Record<string, { properties: Json }> };
    for (const rule of ['key', 'mac', 'contentHash', 'date', 'signedHeaders', 'authorization', 'provider']) {
      if ((scheme as unknown as Json)[rule] === undefined && !(rule in everything)) continue;
      expect(Object.keys(properties[rule]?.properties ?? {}).toSorted(), rule).toEqual(namesIn([rule]).toSorted());
    }
    const own = Object.keys(properties).filter((name) => name !== '$schema');
    expect([...own, 'deviations'].toSorted()).toEqual(namesIn([]).toSorted());
  });
});

describe('a scheme from JSON', () => {
  const text = JSON.stringify(plain.find(({ id }) => id === 'github'));

  test('may name its schema, and begin with a byte order mark', () => {
    expect(schemeFromJson(`\uFEFF${text.replace('{', '{"$schema":"scheme.schema.json",')}`).id).toBe('github');
  });

  test.each([
    ['{\n  "id": "a",\n  "title" "b"\n}', 'the mistake is in line 3, column 11'],
    ['', 'it is no JSON'],
    ['"text"', 'it must be an object'],
    ['[]', 'it must be an object'],
    ['null', 'it must be an object'],
    ['{"id":"A"}', 'an id is lower-case letters, digits and hyphens'],
    [
      text.replace('"sha256","', '"sha3","'),
      '`mac.algorithm` must be one of md5, sha1, sha256, sha384, sha512, md5-suffix; it is "sha3"',
    ],
    [text.replace('"mac":', '"macs":'), 'it has the unknown member `macs`; there are id, title,'],
    [text.replace('"after"', '"afther"'), 'has the unknown member `afther`'],
    [text.replace('{signature}', '{sig}'), 'the authorization template has an unknown field {sig}'],
    [text.replace('"id"', '"deviations":[],"id"'), '`deviations` are functions'],
    [text.replace('"id"', '"__proto__":{"nonce":"x"},"id"'), 'unknown member `__proto__`'],
  ])('says what is wrong, where, and what was expected: %#', (wrong, why) => {
    expect(() => schemeFromJson(wrong)).toThrow(
      expect.objectContaining({ code: 'scheme/malformed', message: expect.stringContaining(why) }),
    );
  });

  test('is refused where it is nested deeper than anything can follow', () => {
    const deep = `{"id":${'['.repeat(12_000)}${']'.repeat(12_000)}}`;
    expect(() => schemeFromJson(deep)).toThrow(/^the scheme is nested deeper than 32 levels/);
  });

  test('shows nothing of a text that is no JSON, because a secret may stand in it', () => {
    for (const wrong of ['SECRET1', '{"secretKey":SECRET1}', '{"secretKey":"SECRET1']) {
      expect(() => schemeFromJson(wrong)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('SECRET') }),
      );
    }
  });
});
