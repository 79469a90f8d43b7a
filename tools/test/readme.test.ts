import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
  language,
  code,
}));

/** Run by `.ci/run` itself, on a fresh clone. */
const runByCi: Readonly<Record<string, readonly string[]>> = {
  'npm ci && npm start': ['npm ci', 'tools/start-and-interrupt.sh'],
  'npm ci && npm test': ['npm ci', 'npm test'],
};

/** What a command or program of the README must print for it to have done what the text around it says. */
const proofs: readonly [begins: string, prints: RegExp, exit: number][] = [
  [
    "COMMUNICATION_SERVICES_CONNECTION_STRING='endpoint=https://contoso",
    /template\/unresolved[^]*\{\{callConnectionId\}\}/,
    0,
  ],
  ['SINCH_APPLICATION_KEY=5F5C', /aS9fG2smJx6MIhPJDSNiaDQ1D3\+e493HuL\+VVA9pqyM=/, 0],
  [
    "import { message } from '@countersign/core/message';\nimport { acsHmac",
    /x-ms-date, x-ms-content-sha256, authorization/,
    0,
  ],
  ["import { message } from '@countersign/core/message';\nimport { sinchApplication", /^accepted$/m, 0],
  ['export SINCH_APPLICATION_KEY=5F5C', /^200\n403\n401\n403\n$/, 0],
  ["import assert from 'node:assert/strict';\nimport { startServer }", /^it was heard$/m, 0],
];

describe('README.md', () => {
  it.each(Object.entries(runByCi))('has `%s`, which CI runs on a fresh clone', (command, lines) => {
    expect(blocks.map(({ code }) => code.trim())).toContain(command);
    const ci = readFileSync(new URL('../../.ci/run', import.meta.url), 'utf8');
    for (const line of lines) expect(ci).toContain(line);
  });

  const others = blocks.filter(({ code }) => !(code.trim() in runByCi));

  it('has no command or program that is not run', () => {
    for (const { code } of others) expect(proofs.filter(([begins]) => code.startsWith(begins))).toHaveLength(1);
    expect(others).toHaveLength(proofs.length);
  });

  it('calls the command by a spelling that reaches it, not npm', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../packages/cli/package.json', import.meta.url), 'utf8'),
    ) as {
      version: string;
    };
    const { stdout } = spawnSync('npx', ['--no', '--', 'countersign', '--version'], { cwd: root, encoding: 'utf8' });
    expect(stdout).toBe(`${version}\n`);
  });

  it.each(proofs)('does what it says: %s', async (begins, prints, exit) => {
    const block = others.find(({ code }) => code.startsWith(begins));
    if (!block) throw new Error(`README.md has no block that begins with ${begins}`);
    const [command, ...args] = block.language === 'js' ? ['node', '--input-type=module', '-e'] : ['bash', '-c'];
    // Ports that somebody else may have.
    const [one, other] = [await freePort(), await freePort()];
    const code = block.code.replaceAll(/8080|3000/g, (port) => String(port === '8080' ? one : other));
    const { stdout, stderr, status } = spawnSync(command ?? '', [...args, code], { cwd: root, encoding: 'utf8' });
    expect(stdout, stderr).toMatch(prints);
    expect(status).toBe(exit);
    // What it started has ended with it.
    for (const port of [one, other]) {
      const ask = () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          () => 'answers',
          () => 'gone',
        );
      await expect.poll(ask).toBe('gone');
    }
  });
});
