import { describe, expect, test } from 'vitest';
import { filledValues } from '../../src/collections/filled-values.ts';
import { placeOfFix, withFixes, withLineBefore } from '../../src/collections/fix-in-script.ts';

const fix = 'const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());';
const script = (...lines: readonly string[]) => ({ of: 'of the request', text: lines.join('\n') });

describe('a fix belongs in the place of the line that declares what it declares', () => {
  test.each([
    ['const url = pm.request.url.toString();', 2],
    ['  let url = f("(") + g(`{`) // (', 2],
    ["var url = pm.request.url.toString().replace('{{endpoint}}', '')", 2],
  ])('%s', (line, at) => expect(placeOfFix([script('// first', line)], fix)?.line).toBe(at));

  test.each([
    ['no line declares it', [script('const target = 1;')]],
    ['two lines declare it', [script('let url = 1;'), script('let url = 2;')]],
    ['its brackets are closed later', [script('const url = f(', '1);')]],
    ['it goes on in the next line', [script('const url = a +', 'b;')]],
  ])('and nowhere when %s', (_, scripts) => expect(placeOfFix(scripts, fix)).toBeUndefined());

  test('and nowhere when it declares nothing', () => {
    expect(placeOfFix([script('const url = 1;')], 'pm.request.headers.upsert(x);')).toBeUndefined();
  });
});

test('a collection gets the fix into that script, and into nothing else', () => {
  const exec = ['const date = 1;', 'const url = 2;'];
  const other = { listen: 'prerequest', script: { exec: ['const url = 2;'] } };
  const place = placeOfFix([script(...exec)], fix);
  const item = { request: { exec }, event: [other, { listen: 'prerequest', script: { exec } }] };
  expect(withFixes({ item: [item] }, place ? [place] : [])).toEqual({
    item: [{ ...item, event: [other, { listen: 'prerequest', script: { exec: [exec[0], fix] } }] }],
  });
});

test('a line that belongs before a fix is put before the first of them', () => {
  const places = [
    placeOfFix([script('a', 'const url = 1;')], fix),
    placeOfFix([script('const key = 1;')], 'const key = 2;'),
  ];
  const found = places.filter((place) => place !== undefined);
  expect(withLineBefore(found, 'first();').map((place) => place.fix)).toEqual([fix, 'first();\nconst key = 2;']);
});

describe('what variables stood for is what stands between the pieces of their template', () => {
  test.each([
    ['{"a":"{{$guid}}","b":{{n}}}', '{"a":"x-1","b":7}', { $guid: 'x-1', n: '7' }],
    ['{{a}} and {{a}}', '1 and 1', { a: '1' }],
    ['{{a}} and {{a}}', '1 and 2', {}],
    ['{{a}}{{b}}', '12', {}],
    ['{{a}}-', '1-2-', { a: '1-2' }],
    ['no variable', 'no variable', {}],
    ['x{{a}}', 'y1', {}],
    ['{{a}}x', '1y', {}],
    ['{{a}}', '', {}],
  ])('%s and %s', (template, text, values) => expect(filledValues(template, text)).toEqual(values));
});
