import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const folder = new URL('../schema/', import.meta.url);

/** Expects a value to satisfy `schema/NAME.schema.json`. */
export async function expectSchema(name: string, value: unknown): Promise<void> {
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
  ajv.addSchema(await readSchema('shapes'));
  const validate = ajv.compile(await readSchema(name));
  validate(value);
  expect(validate.errors, `${name}.schema.json`).toBeNull();
}

async function readSchema(name: string): Promise<object> {
  return JSON.parse(await readFile(new URL(`${name}.schema.json`, folder), 'utf8')) as object;
}
