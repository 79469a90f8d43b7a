import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/config-schema.ts';
import { shapeOf } from '../../src/http/json-shape.ts';
import { array, number, object, optional, record, string, tuple, unknown } from '../../src/json-schema/schema.ts';

const problemsOf = (value: unknown) => {
  const checked = shapeOf(configSchema)(value);
  return checked.ok ? [] : checked.problems.map(({ pointer, message }) => `${pointer} ${message}`);
};

test('a value of the shape is taken as it is', () => {
  expect(shapeOf(object({ a: number() }))({ a: 1 })).toEqual({ ok: true, value: { a: 1 } });
});

test('each problem names its place by JSON pointer', () => {
  expect(problemsOf({ port: 70_000, prot: 1, 'a/b~c': 2, clock: 'fast' })).toEqual(
    expect.arrayContaining([
      '/port must be <= 65535',
      expect.stringMatching(/^\/prot is not known here; expected .*port/),
      expect.stringContaining('/a~1b~0c is not known here'),
      '/clock must be one of "real", "virtual"',
    ]),
  );
});

test('of a union only the member that was meant is spoken of', () => {
  expect(
    problemsOf({
      accounts: [
        { provider: 'acs', resourceId: 'r', keys: { primary: { env: 'K' } }, numbers: ['0123'], x: 1 },
        { provider: 'sinch', applicationSecret: { env: 'S' } },
      ],
    }),
  ).toEqual([
    expect.stringMatching(/^\/accounts\/0\/numbers\/0 must match pattern .*: A telephone number in E\.164 form\.$/),
    expect.stringMatching(/^\/accounts\/0\/x is not known here; expected provider, resourceId, /),
    '/accounts/1/applicationKey is required',
  ]);
});

test('when no member of a union was meant, the choices are named', () => {
  expect(problemsOf({ accounts: [{ provider: 'twilio' }] })).toEqual([
    '/accounts/0/provider must be one of "acs", "sinch"',
  ]);
});

test('unions within unions are told apart at each level', () => {
  expect(
    problemsOf({ phones: { '+12065550199': { pickUp: 'answer', steps: [{ do: 'press', tones: 'x' }] } } }),
  ).toEqual([expect.stringMatching(/^\/phones\/\+12065550199\/steps\/0\/tones must match pattern/)]);
});

test('items that each have a schema of their own are spoken of one by one', () => {
  const check = shapeOf(object({ headers: array(tuple([string(), number()])) }));
  expect(check({ headers: [['a', 1], ['b', '2'], [3], ['d', 4, 5]] })).toEqual({
    ok: false,
    problems: [
      { pointer: '/headers/1/1', message: 'must be number' },
      { pointer: '/headers/2/0', message: 'must be string' },
      { pointer: '/headers/3/2', message: 'is one too many' },
    ],
  });
});

test('a member that is undefined is no problem beside those that are', () => {
  const check = shapeOf(object({ a: string(), b: optional(string()) }, { additionalProperties: false }));
  expect(check({ a: undefined, b: undefined, c: undefined })).toEqual({
    ok: false,
    problems: [{ pointer: '/a', message: 'is required' }],
  });
});

test('of an object only what its schema refuses is a problem', () => {
  const check = shapeOf(object({ a: number(), x: record(string({ pattern: '^x-' }), number()) }));
  expect(check({ a: '1', b: 2, x: { 'x-a': 'b', y: 'z' } })).toEqual({
    ok: false,
    problems: [
      { pointer: '/a', message: 'must be number' },
      { pointer: '/x/x-a', message: 'must be number' },
    ],
  });
});

test('a value may be nested deeper than its schema goes', () => {
  const deep: unknown = JSON.parse(`${'{"a":['.repeat(200_000)}${']}'.repeat(200_000)}`);
  const check = shapeOf(object({ list: array(unknown()), any: unknown(), number: number() }));
  expect(check({ list: [[deep]], any: deep, number: '1', other: deep })).toEqual({
    ok: false,
    problems: [{ pointer: '/number', message: 'must be number' }],
  });
});

test('of a value with thousands of problems the first twenty are told', () => {
  const value = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`member${index}`, 1]));
  const checked = shapeOf(object({}, { additionalProperties: false }))(value);
  expect(checked).toMatchObject({ ok: false, problems: { length: 20 } });
});
