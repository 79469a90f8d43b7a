import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nicknames, spellings } from '../../src/diagnose/placeholders/name-grammar.ts';
import { namelessPlaceholders, rareSyntaxes, syntaxes } from '../../src/diagnose/placeholders/placeholders.ts';
import { namesByValue } from '../../src/diagnose/placeholders/value-names.ts';

const text = readFileSync(new URL('../../../../docs/placeholders.md', import.meta.url), 'utf8');
const quoted = (line: string): string[] => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
const row = (first: string): string[] =>
  quoted(
    text
      .split('\n')
      .find((line) => line.startsWith(`| ${first}`))
      ?.replace(/;.*/, '') ?? '',
  );

test('names that the documentation lists are made of the parameter’s', () => {
  const made = [...spellings('callConnectionId'), ...nicknames('callConnectionId')];
  for (const rule of ['all words or some', 'one cut short', 'any letter case']) {
    expect(row(rule).length).toBeGreaterThan(1);
    expect(made).toEqual(expect.arrayContaining(row(rule)));
  }
});

test.each([
  ['a number', '+12065550123'],
  ['a URL', 'https://example.com/events'],
  ['an address', 'someone@example.com'],
  ['an identifier', '8:acs:c0157e51-0000-4000-8000-000000000001'],
  ['a text', 'Hello, press pound'],
  ['locale', 'en-US'],
])('and those of %s by its value', (kind, value) => {
  expect(row(kind).length).toBeGreaterThan(1);
  expect(namesByValue(value)).toEqual(expect.arrayContaining(row(kind)));
});

test('marks that it lists are tried', () => {
  const [, marks = ''] = text.split('## Marks');
  const listed = quoted(marks.split('## ')[0] ?? '');
  const tried = [...syntaxes.map(({ write }) => write), ...rareSyntaxes].map((write) => write('name'));
  expect(listed.length).toBeGreaterThan(20);
  expect([...tried, ...namelessPlaceholders]).toEqual(expect.arrayContaining(listed));
});
