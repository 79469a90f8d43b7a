import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { drawing } from '../arrows/drawing.js';
import { arrows, listedFiles } from '../arrows/table.js';
import { arrowViolations, refusedImports } from '../check-arrows.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = Object.keys(arrows);
const roomsOf = (folder: string): string[] => Object.keys(arrows[folder] ?? {});
const arrowsOf = (folder: string, room: string): readonly string[] => arrows[folder]?.[room] ?? [];
const withoutStrength = (arrow: string): string => arrow.replace(/^(?:lazy|type) /, '');

/** A file of a room: one that the table lists, else one that nobody has written. */
const fileIn = (folder: string, room: string): string =>
  `packages/${folder}/src/${listedFiles[folder]?.[room]?.[0] ?? `${room}/planted.ts`}`;

/** What the table's packages offer to the others, as their manifests say it; a pattern by one file of each folder. */
const publicSpecifiers: Readonly<Record<string, string>> = {
  '@countersign/core/message': 'core:shapes',
  '@countersign/core/errors': 'core:shapes',
  '@countersign/core/scheme': 'core:scheme',
  '@countersign/core/secret': 'core:secret',
  '@countersign/core/sign': 'core:signing',
  '@countersign/core/fetch': 'core:signing',
  '@countersign/core/verify': 'core:verifying',
  '@countersign/core/claims': 'core:verifying',
  '@countersign/core/receiver': 'core:verifying',
  '@countersign/core/receive': 'core:receiving',
  '@countersign/core/content-hasher': 'core:receiving',
  '@countersign/core/acs-event-token': 'core:event-token',
  '@countersign/core/redaction': 'core:redaction',
  '@countersign/core/development-account': 'core:development-account',
  '@countersign/core/deviations': 'core:deviations',
  '@countersign/core/trace': 'core:trace',
  '@countersign/core/sha512': 'core:digest',
  '@countersign/core/diagnose': 'core:diagnose',
  '@countersign/core/schemes/planted': 'core:schemes',
  '@countersign/core/providers/planted': 'core:providers',
  '@countersign/core/requests/planted': 'core:requests',
  '@countersign/gateway/replay-guard': 'gateway:replay',
  '@countersign/gateway/guard': 'gateway:guard',
  '@countersign/gateway/log': 'gateway:log',
  '@countersign/gateway/config': 'gateway:config',
  '@countersign/gateway/stores/planted': 'gateway:stores',
  '@countersign/server': 'server:server',
  '@countersign/server/development-token': 'server:providers/acs/authentication',
  '@countersign/server/control/planted': 'server:control',
  '@countersign/server/control/views/planted': 'server:control/views',
};

/** What no room may import: doors that are not the room's, other packages' insides, Node without its prefix. */
const neverAllowed = [
  '#digest/node',
  '#anything',
  '@countersign/core',
  '@countersign/core/src/sign.ts',
  '@countersign/core/dist/sign.js',
  '@countersign/console',
  'countersign',
  'left-pad',
  'node:child_process',
  'vm',
  'data:text/javascript,1',
  '/absolute.ts',
  '../../../../package.json',
];

/** Node's modules and foreign packages that some room of the house imports. */
const foreign = [...new Set(folders.flatMap((folder) => roomsOf(folder).flatMap((room) => arrowsOf(folder, room))))]
  .map(withoutStrength)
  .filter((target) => /^(?:node:|npm:|#)/.test(target))
  .map((target) => [target.replace('npm:', ''), target] as const);

/** Every specifier that a file of the room could write, each with where it leads in the words of the table. */
function specifiersFrom(folder: string, room: string): [specifier: string, target: string][] {
  const from = dirname(fileIn(folder, room));
  const path = (to: string): string => relative(from, to).replace(/^(?!\.)/, './');
  const others = roomsOf(folder).filter((other) => other !== room);
  const published = Object.entries(publicSpecifiers).map(([specifier, target]): [string, string] => [
    specifier,
    target.replace(new RegExp(`^${folder}:`), ''),
  ]);
  return [
    ...others.map((other): [string, string] => [path(fileIn(folder, other)), other]),
    ...folders
      .filter((other) => other !== folder)
      .map((other): [string, string] => [path(fileIn(other, roomsOf(other)[0] ?? '')), 'another package’s inside']),
    ...published.filter(([, target]) => target !== room),
    ...foreign.map(([specifier, target]): [string, string] => [specifier, target]),
    ...neverAllowed.map((specifier): [string, string] => [specifier, specifier]),
  ];
}

const pairs = folders.flatMap((folder) => roomsOf(folder).map((room) => [folder, room] as const));

describe.each(pairs)('the room %s/%s', (folder, room) => {
  const file = fileIn(folder, room);
  const allowed = new Map(
    arrowsOf(folder, room).map((arrow) => [
      withoutStrength(arrow),
      arrow.split(' ').length > 1 ? arrow.split(' ')[0] : 'static',
    ]),
  );
  const specifiers = specifiersFrom(folder, room);
  const refusedOf = (statements: readonly [specifier: string, statement: string][]): string[] => {
    const refused = refusedImports(file, statements.map(([, statement]) => statement).join('\n'));
    return refused.map((line) => line.slice(file.length + 2).split(': ')[0] ?? '');
  };

  it('is refused whatever it has no arrow to', () => {
    const absent = specifiers.filter(([, target]) => !allowed.has(target)).map(([specifier]) => specifier);
    expect(refusedOf(absent.map((specifier) => [specifier, `import type { A } from '${specifier}';`]))).toEqual(absent);
  });

  it('is let through what it has an arrow to, as weakly as the arrow says', () => {
    for (const [strength, statement] of [
      ['static', (specifier: string) => `import '${specifier}';`],
      ['lazy', (specifier: string) => `void import('${specifier}');`],
      ['type', (specifier: string) => `import type { A } from '${specifier}';`],
    ] as const) {
      const strengths = ['type', 'lazy', 'static'];
      const present = specifiers.filter(([, target]) => allowed.has(target));
      const tooStrong = present.filter(
        ([, target]) => strengths.indexOf(strength) > strengths.indexOf(allowed.get(target) ?? ''),
      );
      const refused = refusedOf(present.map(([specifier]) => [specifier, statement(specifier)]));
      expect(refused).toEqual(tooStrong.map(([specifier]) => specifier));
    }
  });
});

describe('the arrows of the house', () => {
  test.each([
    ["import { a } from '../http/a.ts';"],
    ["import '../http/a.ts';"],
    ["import a, * as b from '../http/a.ts';"],
    ["import type { A } from '../http/a.ts';"],
    ["import { type A } from '../http/a.ts';"],
    ["export { a } from '../http/a.ts';"],
    ["export type { A } from '../http/a.ts';"],
    ["export * from '../http/a.ts';"],
    ["export * as a from '../http/a.ts';"],
    ["import a = require('../http/a.ts');"],
    ["type A = import('../http/a.ts').A;"],
    ["let a: typeof import('../http/a.ts');"],
    ["const { a } = await import('../http/a.ts');"],
    ['await import(`../http/${name}.ts`);'],
    ['await import(name);'],
    ["require('../http/a.ts');"],
    ["require.resolve('../http/a.ts');"],
    ["createRequire(import.meta.url)('../http/a.ts');"],
    ["createRequire(import.meta.url).resolve('../http/a.ts');"],
    ["const load = createRequire(import.meta.url); load('../http/a.ts');"],
    ["const load = module.createRequire(import.meta.url); load.resolve('../http/a.ts');"],
    ["process.getBuiltinModule('node:http');"],
    ["declare module '../http/a.ts' {}"],
    ["import.meta.glob('../http/*.ts');"],
    ["import.meta.resolve('../http/a.ts');"],
    ["new Worker(new URL('../http/a.js', import.meta.url));"],
    ["builtWorker('../http/a.js', import.meta.url);"],
    ["import '../engine/../http/a.ts';"],
    ["import '../http/a.ts?worker';"],
    ["import '../../../server/src/http/a.ts';"],
    ["import '@countersign/server/control/a';"],
  ])('see %s', (statement) => {
    expect(refusedImports('packages/server/src/engine/planted.ts', statement)).toHaveLength(1);
  });

  it('see no import in a comment, a string or what is only a path', () => {
    const text = `// import '../http/a.ts'
      const a = "import '../http/a.ts'";
      const b = new URL('../../package.json', import.meta.url);
      list.resolve('../http/a.ts');
      declare module '*.css';
      export { a, b };`;
    expect(refusedImports('packages/server/src/engine/planted.ts', text)).toEqual([]);
  });

  it('say which room has no arrow to which', () => {
    expect(refusedImports('packages/core/src/sign.ts', "import './verify.ts';")).toEqual([
      'packages/core/src/sign.ts: ./verify.ts: core/signing has no arrow to verifying (tools/arrows/table.js)',
    ]);
    expect(refusedImports('packages/cli/src/commands/serve.ts', "import '@countersign/server';")).toEqual([
      'packages/cli/src/commands/serve.ts: @countersign/server: cli/commands has no arrow to server:server, only `lazy server:server` (tools/arrows/table.js)',
    ]);
  });

  it('are asked of every file: one that no row has is refused', () => {
    for (const file of ['core/src/anything.ts', 'server/src/new-room/a.ts', 'core/src/digest/deeper/a.ts'])
      expect(refusedImports(`packages/${file}`, '')).toHaveLength(1);
  });

  it('are needed: an arrow that no import uses any more is named', () => {
    const named = arrowViolations(['packages/server/src/engine/a.ts'], () => "import '../bounded/a.ts';");
    expect(named).not.toContain('tools/arrows/table.js: nothing needs server/engine ─▶ bounded');
    expect(named).toContain('tools/arrows/table.js: nothing needs core/bytes ─▶ algorithms');
  });

  it('lead down from layer to layer', () => {
    for (const [folder, room] of pairs) {
      const layers = roomsOf(folder);
      const climbs = (arrow: string): boolean => layers.indexOf(withoutStrength(arrow)) > layers.indexOf(room);
      expect(arrows[folder]?.[room]?.filter(climbs)).toEqual([]);
    }
  });

  it('lead from package to package as ARCHITECTURE.md draws them first', () => {
    const between = pairs.flatMap(([folder, room]) =>
      arrowsOf(folder, room).flatMap((arrow) => {
        const to = /^(?:\w+ )?(core|server|gateway|cli|console):/.exec(arrow)?.[1];
        return to === undefined ? [] : [`${folder} ─▶ ${to}`];
      }),
    );
    expect(new Set(between)).toEqual(
      new Set([
        'server ─▶ core',
        'gateway ─▶ core',
        'cli ─▶ core',
        'cli ─▶ gateway',
        'cli ─▶ server',
        'console ─▶ core',
        'console ─▶ server',
      ]),
    );
    const toServer = (folder: string): string[] =>
      roomsOf(folder).flatMap((room) => arrowsOf(folder, room).filter((arrow) => arrow.includes('server:')));
    expect(toServer('cli').filter((arrow) => !/^(?:lazy|type) /.test(arrow))).toEqual([]);
    expect(toServer('console').filter((arrow) => !arrow.startsWith('type '))).toEqual([]);
  });

  test.each(folders)('are drawn in ARCHITECTURE.md, those of %s', (folder) => {
    const drawn = drawing(folder).replace(/^/gm, '    ');
    const isDrawn = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').includes(`\n\n${drawn}\n\n`);
    expect(isDrawn, `node tools/arrows/drawing.js ${folder}`).toBe(true);
  });

  it('leave no room for cycles and barrels', () => {
    const house = mkdtempSync(join(tmpdir(), 'countersign-arrows-'));
    try {
      copyFileSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
      const folder = join(house, 'packages/core/src/cycle');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'a.ts'), "import { b } from './b.ts';\nexport const a = (): unknown => b;\n");
      writeFileSync(join(folder, 'b.ts'), "import { a } from './a.ts';\nexport const b = (): unknown => a;\n");
      writeFileSync(join(folder, 'barrel.ts'), "export * from './a.ts';\n");
      const oxlint = join(root, 'node_modules/.bin/oxlint');
      const { stdout } = spawnSync(oxlint, ['--format', 'json'], { cwd: house, encoding: 'utf8' });
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
      const codes = diagnostics.map(({ code }) => code);
      expect(codes.some((code) => code.includes('no-cycle'))).toBe(true);
      expect(codes.some((code) => code.includes('no-barrel-file'))).toBe(true);
    } finally {
      rmSync(house, { recursive: true, force: true });
    }
  });
});
