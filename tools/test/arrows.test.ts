import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const oxlint = join(root, 'node_modules/.bin/oxlint');

/** The rooms of diagnose, each with the rooms that it may import. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  text: [],
  reading: ['text'],
  fixes: [],
  search: ['text', 'reading'],
  placeholders: ['text', 'reading', 'search'],
  report: ['text', 'reading', 'search'],
  mistakes: ['text', 'reading', 'search', 'placeholders', 'report', 'fixes'],
};
const inDiagnose = 'packages/core/src/diagnose';

/** One planted violation per pair of rooms that has no arrow, and what stands above all of them, for each. */
const plantedInRooms = Object.entries(rooms).flatMap(([room, allowed]): [file: string, specifier: string][] => [
  ...Object.keys(rooms)
    .filter((other) => other !== room && !allowed.includes(other))
    .map((other): [string, string] => [`${inDiagnose}/${room}/planted-${other}.ts`, `../${other}/some-file.ts`]),
  [`${inDiagnose}/${room}/planted-catalog.ts`, '../catalog.ts'],
  [`${inDiagnose}/${room}/planted-diagnose.ts`, '../diagnose.ts'],
  [`${inDiagnose}/${room}/planted-scheme.ts`, '../../schemes/acs-hmac.ts'],
  [`${inDiagnose}/${room}/planted-sign.ts`, '../../sign.ts'],
  [`${inDiagnose}/${room}/planted-package.ts`, 'node:fs'],
]);

/** One planted violation per arrow of the house: the file it stands in, and the import that must be refused. */
const planted: readonly [file: string, specifier: string][] = [
  ['packages/core/src/digest/planted.ts', '../scheme.ts'],
  ['packages/core/src/digest/planted-node.ts', 'node:fs'],
  ['packages/core/src/canonical/planted.ts', '../schemes/acs-hmac.ts'],
  ['packages/core/src/canonical/planted-up.ts', '../sign.ts'],
  ['packages/core/src/canonical/planted-scheme.ts', '../scheme.ts'],
  ['packages/core/src/places/planted.ts', '../scheme.ts'],
  ['packages/core/src/places/planted-parts.ts', '../parts/sources.ts'],
  ['packages/core/src/places/planted-verify.ts', '../verify.ts'],
  ['packages/core/src/parts/planted.ts', '../scheme.ts'],
  ['packages/core/src/parts/planted-sign.ts', '../sign.ts'],
  ['packages/core/src/parts/planted-diagnose.ts', '../diagnose/evidence.ts'],
  ['packages/core/src/schemes/planted.ts', '../verify.ts'],
  ['packages/core/src/planted.ts', './schemes/acs-hmac.ts'],
  ['packages/core/src/planted-node.ts', 'node:crypto'],
  ['packages/core/src/planted-diagnose.ts', './diagnose/diagnose.ts'],
  ['packages/core/src/deviations/planted.ts', '../verify.ts'],
  ['packages/core/src/providers/planted.ts', '../schemes/acs-hmac.ts'],
  ['packages/core/src/redaction/planted.ts', '../message.ts'],
  ['packages/core/src/diagnose/planted.ts', '../schemes/acs-hmac.ts'],
  ['packages/core/src/diagnose/diagnosis.ts', './search/candidates.ts'],
  ['packages/core/src/diagnose/mistakes/planted.ts', '../report/explain.ts'],
  ...plantedInRooms,
  ['packages/core/src/diagnose/planted-server.ts', '@countersign/server'],
  ['packages/server/src/engine/planted.ts', '../http/http-server.ts'],
  ['packages/server/src/engine/planted-package.ts', 'fastify'],
  ['packages/server/src/json-schema/planted.ts', '../http/http-error.ts'],
  ['packages/server/src/outbound/planted.ts', '../callbacks/callback.ts'],
  ['packages/server/src/outbound/planted-package.ts', 'ws'],
  ['packages/server/src/bounded/planted.ts', '../engine/call.ts'],
  ['packages/server/src/threads/planted.ts', '../speech/engine.ts'],
  ['packages/server/src/providers/acs/planted.ts', '../sinch/state.ts'],
  ['packages/server/src/providers/sinch/operations/planted.ts', '../../acs/state.ts'],
  ['packages/server/src/providers/acs/planted-root.ts', '../../server.ts'],
  ['packages/server/src/callbacks/planted.ts', '../providers/acs/state.ts'],
  ['packages/server/src/switchboard/planted.ts', '../server.ts'],
  ['packages/server/src/control/planted.ts', 'countersign'],
  ['packages/cli/src/commands/planted.ts', '@countersign/server'],
  ['packages/console/src/planted.ts', '@countersign/server'],
];

describe('the arrows of the house', () => {
  let house: string;

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'countersign-arrows-'));
    copyFileSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
    execFileSync('git', ['init', '-q'], { cwd: house });
    for (const [file, specifier] of planted) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), `import { thing } from '${specifier}';\nconsole.log(thing);\n`);
    }
  });

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('are enforced by the linter, each shown by a planted violation', () => {
    const { stdout } = spawnSync(oxlint, ['--format', 'json'], { cwd: house, encoding: 'utf8' });
    const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    const refused = new Set(
      report.diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
    );
    expect([...refused].toSorted()).toEqual(planted.map(([file]) => file).toSorted());
  });

  it('leave no room for cycles and barrels', () => {
    const folder = join(house, 'packages/core/src/cycle');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.ts'), "import { b } from './b.ts';\nexport const a = (): unknown => b;\n");
    writeFileSync(join(folder, 'b.ts'), "import { a } from './a.ts';\nexport const b = (): unknown => a;\n");
    writeFileSync(join(folder, 'barrel.ts'), "export * from './a.ts';\n");
    const { stdout } = spawnSync(oxlint, ['--format', 'json', 'packages/core/src/cycle'], {
      cwd: house,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    const codes = diagnostics.map(({ code }) => code);
    expect(codes.some((code) => code.includes('no-cycle'))).toBe(true);
    expect(codes.some((code) => code.includes('no-barrel-file'))).toBe(true);
  });
});
