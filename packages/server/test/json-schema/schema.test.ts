import { expect, expectTypeOf, test } from 'vitest';
import {
  array,
  choice,
  integer,
  literal,
  object,
  optional,
  record,
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
