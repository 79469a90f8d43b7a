import { expect, expectTypeOf, test } from 'vitest';
import {
  array,
  choice,
  integer,
  literal,
  object,
  optional,
  record,
  type Schema,
  type Static,
  string,
  tuple,
  typed,
  union,
} from '../../src/json-schema/schema.ts';

const phone = object(
  {
    number: string({ pattern: '^[0-9]+$', description: 'Digits.' }),
    state: choice(['idle', 'ringing']),
    lines: optional(array(integer({ minimum: 1 }), { maxItems: 2 })),
    who: union([literal('me'), object({ name: string() })]),
    headers: optional(record(string(), string())),
    pair: tuple([string(), integer()]),
    since: typed<Date>(string()),
  },
  { additionalProperties: false, description: 'A phone.' },
);

test('a schema is plain JSON Schema', () => {
  expect(JSON.parse(JSON.stringify(phone))).toEqual({
    type: 'object',
    required: ['number', 'state', 'who', 'pair', 'since'],
    properties: {
      number: { type: 'string', pattern: '^[0-9]+$', description: 'Digits.' },
      state: { enum: ['idle', 'ringing'] },
      lines: { type: 'array', items: { type: 'integer', minimum: 1 }, maxItems: 2 },
      who: {
        anyOf: [
          { type: 'string', const: 'me' },
          { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        ],
      },
      headers: { type: 'object', patternProperties: { '^.*$': { type: 'string' } } },
      pair: { type: 'array', items: [{ type: 'string' }, { type: 'integer' }], additionalItems: false, minItems: 2 },
      since: { type: 'string' },
    },
    additionalProperties: false,
    description: 'A phone.',
  });
});

test('a schema knows the type of its values', () => {
  expectTypeOf<Static<typeof phone>>().toEqualTypeOf<{
    number: string;
    state: 'idle' | 'ringing';
    lines?: number[];
    who: 'me' | { name: string };
    headers?: Record<string, string>;
    pair: [string, number];
    since: Date;
  }>();
});

test('what does not fit a schema does not compile', () => {
  type Phone = Static<typeof phone>;
  const valid: Phone = { number: '1', state: 'idle', who: 'me', pair: ['a', 1], since: new Date() };
  // @ts-expect-error a required member is missing
  const withoutNumber: Phone = { state: 'idle', who: 'me', pair: ['a', 1], since: new Date() };
  // @ts-expect-error a member that the schema does not have
  const withMore: Phone = { ...valid, color: 'red' };
  // @ts-expect-error none of the choices
  const otherState: Phone = { ...valid, state: 'broken' };
  // @ts-expect-error one item too many
  const longer: Phone = { ...valid, pair: ['a', 1, 2] };
  // @ts-expect-error a schema of other values
  const other: Schema<number> = string();
  expect([withoutNumber, withMore, otherState, longer, other]).toHaveLength(5);
});

test('a keyword that is not checked cannot be written', () => {
  const refused = [
    // @ts-expect-error a range is for numbers
    string({ minimum: 1 }),
    // @ts-expect-error a length is for text
    integer({ maxLength: 1 }),
    // @ts-expect-error nothing checks multiples
    integer({ multipleOf: 2 }),
    // @ts-expect-error members that are not named may be let through or refused, but have no schema
    object({}, { additionalProperties: string() }),
    // @ts-expect-error a member has a schema, not an example
    object({ name: 'Ada' }),
    // @ts-expect-error choices are compared by identity
    choice([{}]),
    // @ts-expect-error the names of a record are text
    record(integer(), string()),
  ];
  expect(refused).toHaveLength(7);
});
