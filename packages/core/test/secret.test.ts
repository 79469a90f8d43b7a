import { Secret } from '@countersign/core/secret';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { thrownBy } from './requests.ts';

const text = 'JViE5vDor0Sw3WllZka15Q==';
const secret = new Secret(text, 'base64');

describe('a secret is never printed', () => {
  test.each([
    ['String', String(secret)],
    ['a template', `${secret}`],
    ['concatenation', 'x' + (secret as unknown as string)],
    ['JSON', JSON.stringify({ secret })],
    ['an error message', new Error(`bad key ${secret}`).message],
    ['console', inspect({ nested: [secret] }, { showHidden: true, depth: 9 })],
    ['console, with getters', inspect(secret, { showHidden: true, getters: true, customInspect: false })],
    ['its keys', JSON.stringify(Object.entries(secret))],
    ['a spread copy', JSON.stringify({ ...secret })],
    ['a structured clone', inspect(structuredClone(new Map([[1, { ...secret }]])))],
  ])('by %s', (_, printed) => {
    for (const form of [text, 'JViE5v', '255884e6', '%X', '37,88,132', '37, 88, 132'])
      expect(printed).not.toContain(form);
  });

  test('and says so', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[secret]', '"[secret]"', '[secret]']);
  });
});

describe('a secret that cannot be decoded', () => {
  test.each([
    ['no padding', 'JViE5vDor0Sw3WllZka15Q', 'base64', /is not base64: 22 characters$/],
    ['a newline at the end', `${text}\n`, 'base64', /white space at an end/],
    ['quotes', `"${text}"`, 'base64', /quotes/],
    ['the url-safe alphabet', 'app-secret12', 'base64', /characters of base64url/],
    ['odd hex', 'abc', 'hex', /the secret is not hex: 3 characters/],
  ] as const)('with %s is refused, and the message does not show it', (_, wrong, encoding, said) => {
    const thrown = thrownBy(() => new Secret(wrong, encoding));
    expect(thrown).toMatchObject({
      name: 'CountersignError',
      code: 'secret/undecodable',
      message: expect.stringMatching(said),
    });
    expect(inspect(thrown)).not.toContain(wrong.trim().slice(0, 6));
  });
});

test('stands for the bytes that its encoding says', () => {
  expect([...new Secret('pw==', 'base64').expose().bytes]).toEqual([0xa7]);
  expect([...new Secret('A7', 'hex').expose().bytes]).toEqual([0xa7]);
  expect([...new Secret('§', 'utf8').expose().bytes]).toEqual([0xc2, 0xa7]);
});

test('prepares an HMAC once for each algorithm', () => {
  expect(secret.mac('sha256')).toBe(secret.mac('sha256'));
  expect(secret.mac('sha256')).not.toBe(secret.mac('sha1'));
});
