// Why: a provider is a plug when it is one folder and its place in `plugs.ts`, and nothing else. `npm run test:plugs` adds a
// toy provider to a copy of the house, and takes away each provider from another: the house compiles, keeps to its arrows
// and works, and the tests of the providers that are left pass.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copyOfTheHouse } from './plugs/house-copy.js';

const server = 'packages/server';

function run(copy, command, ...args) {
  try {
    return execFileSync(command, args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error;
    throw new Error(`${message}\n${stdout}${stderr}`.slice(-4000), { cause: error });
  }
}

function edit(file, change) {
  const text = readFileSync(file, 'utf8');
  const edited = change(text);
  if (edited === text) throw new Error(`nothing to change in ${file}`);
  writeFileSync(file, edited);
}

/** Has the table's rows changed, those of every package: their arrows, and the files that they list. */
async function editArrows(copy, change) {
  const file = join(copy, 'tools/arrows/table.js');
  const { arrows, listedFiles } = await import(pathToFileURL(file));
  for (const folder of ['server', 'cli']) for (const rows of [arrows, listedFiles]) change(rows[folder] ?? {});
  const parts = Object.entries({ arrows, listedFiles });
  writeFileSync(file, parts.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join(''));
}

/** Compiles the packages, and refuses an import that no arrow allows; one that is not needed any more is no matter. */
function check(copy) {
  run(copy, 'npx', 'tsc', '-b');
  run(copy, 'git', 'add', '-A');
  try {
    run(copy, 'node', 'tools/check-arrows.js');
  } catch (error) {
    const refused = error.message.split('\n').filter((line) => line.startsWith('packages/'));
    if (refused.length > 0) throw new Error(refused.join('\n'), { cause: error });
  }
}

async function addToy(copy) {
  const folder = join(copy, server, 'src/providers/toy');
  mkdirSync(folder);
  copyFileSync(new URL('plugs/toy-plug.txt', import.meta.url), join(folder, 'plug.ts'));
  edit(join(copy, server, 'src/plugs.ts'), (text) =>
    text
      .replace(/^import/, "import { toy } from './providers/toy/plug.ts';\nimport")
      .replace('] as const', ', toy] as const'),
  );
  await editArrows(copy, (rows) => {
    if (!rows.contract) return;
    rows['providers/toy'] = ['json-schema', 'contract', 'providers', 'core:secret'];
    rows.plugs.push('providers/toy');
  });
  check(copy);
  const call = join(copy, 'call-toy.mjs');
  copyFileSync(new URL('plugs/call-toy.js', import.meta.url), call);
  return run(copy, 'node', call);
}

/** Takes a provider away from server and command line. */
async function takeAway(copy, name) {
  for (const part of [`${server}/src`, `${server}/test`, 'packages/cli/src'])
    rmSync(join(copy, part, 'providers', name), { recursive: true });
  for (const folder of [server, 'packages/cli']) {
    edit(join(copy, folder, 'src/plugs.ts'), (text) =>
      text
        .replace(new RegExp(`^import .*providers/${name}/.*\\n`, 'm'), '')
        .replace(new RegExp(`(\\[)${name}, |, ${name}\\b`), '$1'),
    );
  }
  const isIts = (room) => new RegExp(`(?:^|[: ])providers/${name}(?:/|$)`).test(room);
  await editArrows(copy, (rows) => {
    for (const room of Object.keys(rows)) {
      if (isIts(room)) delete rows[room];
      else rows[room] = rows[room].filter((entry) => !isIts(entry));
    }
  });
  check(copy);
}

async function inCopy(what, action) {
  const began = Date.now();
  const copy = copyOfTheHouse();
  try {
    await action(copy);
    console.log(`${what}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

await inCopy('a toy provider is one folder and its place in plugs.ts', addToy);
const providers = readdirSync(join(server, 'src/providers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
  .map(({ name }) => name);
for (const name of providers) {
  const others = providers.filter((other) => other !== name);
  await inCopy(`without ${name} all else compiles, and the tests of ${others.join(', ')} pass`, async (copy) => {
    await takeAway(copy, name);
    run(copy, 'npx', 'vitest', 'run', ...others.map((other) => join(server, 'test/providers', other)));
  });
}
