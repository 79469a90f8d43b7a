import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isProviders, providerNames } from '../provider-names.js';

const root = new URL('../../', import.meta.url);
const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', 'packages'];
const sources = execFileSync('git', listing, { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(file));

describe('the names of providers', () => {
  it.each([
    ["const a = provider === 'acs';", ['acs']],
    ["import { acsHmac } from './acs-hmac.ts';", ['acs']],
    ['type A = { of: AcsAccount; at: SinchAccount };', ['Acs', 'Sinch']],
    ['const a = <p>Sinch’s numbers</p>;', ['Sinch']],
    ["env['SINCH_APPLICATION_KEY'];", ['SINCH']],
    ["const url = 'https://calling.api.sinch.com'; // and more", ['sinch']],
    ["const hash = 'HMACSHA256'; const key = env.MY_ACS_KEY;", ['ACS']],
    ["// As ACS does.\n/* Sinch, too. */ const a = 'macsome, facsimile';", []],
  ])('are found in code and not in comments: %s', (code, names) => {
    expect(providerNames('a.tsx', code)).toEqual(names);
  });

  it('stand in no file but the providers’ own', () => {
    const naming = sources.filter(
      (file) => !isProviders(file) && providerNames(file, readFileSync(new URL(file, root), 'utf8')).length > 0,
    );
    expect(sources.length).toBeGreaterThan(300);
    expect(naming).toEqual([]);
  });
});
