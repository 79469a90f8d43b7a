/** Why: whether a provider is really a plug shows only where one is added or taken away, which is done to a copy. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Copies the house, its built files included, into a folder of its own, and returns the folder. */
export function copyOfTheHouse() {
  const copy = mkdtempSync(join(tmpdir(), 'countersign-plugs-'));
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  for (const file of execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    for (const built of ['dist', 'tsconfig.tsbuildinfo']) {
      const path = join('packages', name, built);
      if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    linkModules(join('packages', name, 'node_modules'), copy);
  }
  linkModules('node_modules', copy);
  execFileSync('git', ['init', '-q'], { cwd: copy });
  return copy;
}

/** The packages of others are the house's own; its own packages are the copy's. */
function linkModules(folder, copy) {
  if (!existsSync(join(root, folder))) return;
  mkdirSync(join(copy, folder));
  for (const name of readdirSync(join(root, folder))) {
    if (name === '.cache') continue;
    if (name === '@countersign')
      cpSync(join(root, folder, name), join(copy, folder, name), { recursive: true, verbatimSymlinks: true });
    else if (name !== 'countersign') symlinkSync(join(root, folder, name), join(copy, folder, name));
  }
}
