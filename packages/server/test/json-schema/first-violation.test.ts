import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstViolation } from '../../src/json-schema/first-violation.ts';
import {
  array,
  boolean,
  choice,
  integer,
  literal,
  number,
  object,
  optional,
  record,
  type Schema,
  string,
  tuple,
  union,
  unknown,
} from '../../src/json-schema/schema.ts';

const closed = { additionalProperties: false } as const;

describe('a value that is not of its schema', () => {
  const person = object({ name: string({ minLength: 1 }), age: optional(integer({ minimum: 0, maximum: 150 })) });

  test.each<readonly [schema: Schema, value: unknown, pointer: string, message: string]>([
    [person, null, '', 'must be object'],
    [person, [], '', 'must be object'],
    [person, { name: '' }, '/name', 'must not have fewer than 1 characters'],
    [person, { name: 'Ada', age: 1.5 }, '/age', 'must be integer'],
    [person, { name: 'Ada', age: -1 }, '/age', 'must be >= 0'],
    [person, { name: 'Ada', age: 151 }, '/age', 'must be <= 150'],
    [object({ a: string() }, closed), { a: '', b: 1 }, '/b', 'is not known here; there are a'],
    [object({}, closed), { a: 1 }, '/a', 'is not known here; there are none'],
    [
      record(string({ pattern: '^x-' }), string(), closed),
      { y: '' },
      '/y',
      'is not known here; there are names like ^x-',
    ],
    [object({ a: object({ 'b/c~d': boolean() }) }), { a: { 'b/c~d': 0 } }, '/a/b~1c~0d', 'must be boolean'],
    [array(number(), { minItems: 2 }), [1], '', 'must not have fewer than 2 items'],
    [array(number(), { maxItems: 2 }), [1, 2, 3], '', 'must not have more than 2 items'],
    [array(number()), [1, '2'], '/1', 'must be number'],
    [tuple([string(), number()]), ['a', 1, 2], '/2', 'is one too many'],
    [string({ maxLength: 2 }), 'abc', '', 'must not have more than 2 characters'],
    [string({ pattern: '^[0-9]+$' }), '12x', '', 'must match pattern "^[0-9]+$"'],
    [choice(['pstn', 'mxp']), 'sip', '', 'must be one of pstn, mxp'],
    [literal(1), 2, '', 'must be 1'],
    [record(string({ pattern: '^x-' }), string(), closed), { 'x-a': 1 }, '/x-a', 'must be string'],
    [union([object({ a: string() }), object({ b: string() })]), { c: 1 }, '', 'must have required properties a'],
  ])('%j: %j', (schema, value, pointer, message) => {
    expect(firstViolation(schema, value)).toMatchObject({ pointer, message });
  });

  test('says which members are missing, before what is wrong with others', () => {
    expect(firstViolation(object({ a: string(), b: string(), c: string() }), { b: 1 })).toEqual({
      pointer: '',
      message: 'must have required properties a, c',
      missing: ['a', 'c'],
    });
  });
});

test('characters are code points, not the units of UTF-16', () => {
  expect(firstViolation(string({ maxLength: 2 }), '😀😀')).toBeUndefined();
  expect(firstViolation(string({ minLength: 3 }), '😀😀')).toBeDefined();
});

test('a member that is undefined counts as absent', () => {
  const schema = object({ a: string(), b: optional(string()) }, closed);
  expect(firstViolation(schema, { a: '', b: undefined, c: undefined })).toBeUndefined();
  expect(firstViolation(schema, { a: undefined })).toMatchObject({ missing: ['a'] });
});

describe('hostile JSON', () => {
  test('members named like what every object inherits are members as any other, and what is inherited is none', () => {
    const names = ['constructor', 'toString', '__proto__'];
    for (const name of names) {
      const json: unknown = JSON.parse(`{"${name}":{"polluted":true}}`);
      expect(firstViolation(object({}, closed), json)).toMatchObject({ pointer: `/${name}` });
      expect(firstViolation(object({}), json)).toBeUndefined();
      expect(firstViolation(record(string(), string(), closed), json)).toMatchObject({ pointer: `/${name}` });
    }
    expect(firstViolation(object({ constructor: string(), toString: optional(string()) }), {})).toMatchObject({
      missing: ['constructor'],
    });
    expect({}).not.toHaveProperty('polluted');
  });

  test('depth and length beyond what a schema describes cost nothing', () => {
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(200_000)}${']}'.repeat(200_000)}`);
    expect(firstViolation(object({ a: array(unknown()) }), deep)).toBeUndefined();
    expect(firstViolation(object({ a: string() }), deep)).toMatchObject({ pointer: '/a' });
    const long = Array.from({ length: 1_000_000 }, () => 1);
    expect(firstViolation(array(number(), { maxItems: 3 }), long)).toMatchObject({ pointer: '' });
  });

  test('text that is no Unicode is matched as it is', () => {
    const schema = string({ pattern: '^.$', maxLength: 1 });
    for (const text of ['\ud83d', '\ude00', '😀']) expect(firstViolation(schema, text)).toBeUndefined();
    expect(firstViolation(schema, '\ude00\ud83d')).toBeDefined();
  });
});

test('any schema and any value are judged as Ajv judges them', () => {
  const ajv = new Ajv({ strict: false, ownProperties: true });
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(schemas, fc.array(values, { minLength: 5, maxLength: 20 }), (schema, candidates) => {
      const isValid = ajv.compile(JSON.parse(JSON.stringify(schema)) as object);
      for (const value of candidates) {
        const accepts = firstViolation(schema, value) === undefined;
        expect(accepts, JSON.stringify(value)).toBe(isValid(value));
        if (accepts) accepted += 1;
        else refused += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(200);
});

const names = ['a', 'b', 'c/d', 'x-1', 'constructor'];
const scalars = ['', 'a', 'ab', '12', '😀', '😀a', -1, 0, 1, 1.5, 3, true, false, null];

const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(...scalars),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }),
  ),
}));

const openness = fc.constantFrom({}, closed);
const pattern = fc.constantFrom('^[0-9]+$', 'a', '^x-');

const { schema: schemas } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Schema>(
      unknown(),
      boolean(),
      number({ minimum: 0 }),
      integer({ maximum: 1 }),
      string({ minLength: 1, maxLength: 2 }),
      literal('a'),
      literal(1),
      choice(['a', '12', 3, true]),
    ),
    pattern.map((text) => string({ pattern: text })),
    fc
      .tuple(fc.dictionary(fc.constantFrom(...names), fc.tuple(tie('schema'), fc.boolean())), openness)
      .map(([members, options]) =>
        object(
          Object.fromEntries(
            Object.entries(members).map(([name, [schema, may]]) => [name, may ? optional(schema) : schema]),
          ),
          options,
        ),
      ),
    fc
      .tuple(pattern, tie('schema'), openness)
      .map(([text, schema, options]) => record(string({ pattern: text }), schema, options)),
    fc
      .tuple(tie('schema'), fc.constantFrom({}, { minItems: 1 }, { maxItems: 2 }))
      .map(([schema, size]) => array(schema, size)),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((items): Schema => tuple(items)),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((members) => union(members)),
  ),
}));
