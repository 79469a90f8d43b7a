import { describe, expect, test } from 'vitest';
import { placeOfFix, withFixes } from '../../src/collections/fix-in-script.ts';

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
