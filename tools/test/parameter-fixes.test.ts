import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemes } from '@countersign/core/schemes/catalog';
import { afterAll, expect, test } from 'vitest';
import { parameterFixes } from '../../packages/core/src/diagnose/fixes/parameters.ts';
import type { FixLanguage } from '../../packages/core/src/diagnose/diagnosis.ts';

// The fix for parameters that were signed otherwise is run in each language: it writes what the scheme signs.

const folder = mkdtempSync(join(tmpdir(), 'parameter-fixes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fields = { To: '+1 415', From: "Zoë & Co's = (*)", a: '~x_-.!', Empty: '' };
const names = ['Empty', 'From', 'To', 'a'] as const;
const written: Readonly<Record<string, string>> = {
  twilio: names.map((name) => name + fields[name]).join(''),
  'vonage-sms': names.map((name) => `&${name}=${fields[name].replace('&', '_').replace('=', '_')}`).join(''),
  // PHP, C# and Ruby also encode !'()*, which this provider does not send.
  'shopify-oauth': names.map((name) => `${name}=${encodeURIComponent(fields[name])}`).join('&'),
};

interface Runtime {
  readonly language: FixLanguage;
  readonly extension: string;
  readonly command: readonly string[];
  /** Takes seconds, so `npm run test:languages` alone runs it. */
  readonly isSlow?: true;
  program(fix: string): string;
}

const json = JSON.stringify(fields);
const runtimes: readonly Runtime[] = [
  {
    language: 'javascript',
    extension: 'mjs',
    command: [process.execPath],
    program: (fix) => `const fields = ${json};\n${fix}\nprocess.stdout.write(parameters);`,
  },
  {
    language: 'python',
    extension: 'py',
    command: ['python3'],
    program: (fix) =>
      `import re, sys\nfrom urllib.parse import quote\nfields = ${json}\n${fix}\nsys.stdout.buffer.write(parameters.encode())`,
  },
  {
    language: 'bash',
    extension: 'sh',
    command: ['bash'],
    program: (fix) =>
      `declare -A fields=(${Object.entries(fields)
        .map(([name, value]) => `[${name}]=${JSON.stringify(value)}`)
        .join(' ')})\n${fix}\nprintf '%s' "$parameters"`,
  },
  {
    language: 'php',
    extension: 'php',
    command: ['php'],
    program: (fix) => `<?php $fields = json_decode(<<<'END'\n${json}\nEND, true);\n${fix}\necho $parameters;`,
  },
  {
    language: 'ruby',
    extension: 'rb',
    command: ['ruby'],
    program: (fix) =>
      `require 'json'\nrequire 'erb'\nfields = JSON.parse(<<'END'.chomp)\n${json}\nEND\n${fix}\nprint parameters`,
  },
  {
    language: 'go',
    extension: 'go',
    command: ['go', 'run'],
    isSlow: true,
    program: (fix) =>
      `package main\nimport ("fmt"; "maps"; "slices"; "strings"; "net/url")\nvar _ = url.QueryEscape\nfunc main() {\nfields := map[string]string${json}\n${fix}\nfmt.Print(parameters)\n}`,
  },
  {
    language: 'java',
    extension: 'java',
    command: ['java'],
    isSlow: true,
    program: (fix) =>
      `import java.util.*; import java.util.stream.*; import java.net.*; import java.nio.charset.*;\nclass Main { public static void main(String[] args) throws Exception {\nvar fields = new HashMap<String, String>();\n${Object.entries(
        fields,
      )
        .map(([name, value]) => `fields.put(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
        .join('\n')}\n${fix}\nSystem.out.write(parameters.getBytes("UTF-8")); System.out.flush(); } }`,
  },
];

const wantsAll = process.env['LANGUAGES'] === 'all';
const isThere = ({ command: [command = ''] }: Runtime): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const cases = runtimes
  .filter((runtime) => (!runtime.isSlow || wantsAll) && isThere(runtime))
  .flatMap((runtime) => Object.keys(written).map((id) => [runtime.language, id, runtime] as const))
  // A shell encodes nothing: whoever signs there has his names and values encoded already.
  .filter(([language, id]) => language !== 'bash' || id !== 'shopify-oauth');

test.each(cases)('in %s the parameters of %s are written as they are signed', (language, id, runtime) => {
  const scheme = schemes.find((one) => one.id === id)!;
  const file = join(folder, `${id}.${runtime.extension}`);
  writeFileSync(file, runtime.program(parameterFixes(scheme)[language] ?? ''));
  const [command = '', ...before] = runtime.command;
  const { stdout, stderr } = spawnSync(command, [...before, file], { encoding: 'utf8' });
  const encodesMore =
    id === 'shopify-oauth' && (language === 'php' || language === 'ruby' || language === 'go' || language === 'java');
  const told = encodesMore ? stdout.replace(/%(21|27|28|29|2A|7E)/g, (escape) => decodeURIComponent(escape)) : stdout;
  expect(told, stderr).toBe(written[id]);
});
