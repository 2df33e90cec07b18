import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layerViolations } from './check-layers.mjs';
import { findImports } from './imports.mjs';
import { root, run, runTool, turbo } from './run.mjs';

/** A package that keeps to its layer, but for what a test changes. */
function packageWith(
  folder: string,
  code: string,
  { dependencies = {}, path = 'src/index.ts' }: { dependencies?: object; path?: string } = {},
) {
  const manifest = { name: folder, version: '0.0.0', description: '' };
  return {
    folder,
    manifest: { ...manifest, dependencies: dependencies as Record<string, string> },
    sources: [{ path, text: code }],
  };
}

const net = { '@tuplescope/net': 'workspace:^' };
const incident = { '@tuplescope/incident': 'workspace:^' };

describe('the table of layers', () => {
  it('lets a parser import the foundation', () => {
    const code = "import { parseIpv4 } from '@tuplescope/net';";
    expect(layerViolations(packageWith('ss-parser', code, { dependencies: net }))).toEqual([]);
  });

  it('lets a test import what it likes of other people', () => {
    const code = "import { readFileSync } from 'node:fs';\nimport { it } from 'vitest';";
    const path = 'src/parse-ss.test.ts';
    expect(layerViolations(packageWith('ss-parser', code, { path }))).toEqual([]);
  });

  it.each([
    [
      'a package above it',
      'net',
      "import { LineScanner } from '@tuplescope/scan';",
      'not allow it',
    ],
    ['a sibling', 'ss-parser', "import '@tuplescope/nstat-parser';", 'not allow it'],
    ['the command', 'report', "export * from 'tuplescope';", 'not allow it'],
    ['the editor', 'ss-parser', "import * as vscode from 'vscode';", 'no library'],
    ['the types of the editor', 'ss-parser', "import type { Uri } from 'vscode';", 'no library'],
    ['a library', 'kernel-model', "const it = await import('lodash');", 'no library'],
    ['a library it does not declare', 'report', "import wrap from 'wrap-ansi';", 'not in depend'],
    ['its ground undeclared', 'ss-parser', "import '@tuplescope/net';", 'not in dependencies'],
  ])('rejects %s', (_, folder, code, why) => {
    const [violation, ...more] = layerViolations(packageWith(folder, code));
    expect(violation).toContain(`packages/${folder}/src/index.ts:1`);
    expect(violation).toContain(why);
    expect(more).toEqual([]);
  });

  it('rejects values where only types are shared', () => {
    const values = "import {\n  loadIncident,\n} from '@tuplescope/incident';";
    const types = "import type {\n  Incident,\n} from '@tuplescope/incident';";
    const options = { dependencies: incident };
    expect(layerViolations(packageWith('simulation', types, options))).toEqual([]);
    expect(layerViolations(packageWith('simulation', values, options))).toEqual([
      'packages/simulation/src/index.ts:3 imports @tuplescope/incident: only its types may be imported',
    ]);
  });

  it('rejects a way into a package that is not published', () => {
    const code = "import { describeParserContract } from '@tuplescope/scan/testing';";
    const dependencies = { '@tuplescope/scan': 'workspace:^' };
    expect(layerViolations(packageWith('ss-parser', code, { dependencies }))).toEqual([
      'packages/ss-parser/src/index.ts:1 imports @tuplescope/scan/testing: only the front door of a package is published',
    ]);
  });

  it('rejects a dependency that the table forbids, and one that nothing imports', () => {
    const dependencies = { ...net, '@tuplescope/report': 'workspace:^', lodash: '4' };
    expect(layerViolations(packageWith('ss-parser', '', { dependencies }))).toEqual([
      'packages/ss-parser/package.json names @tuplescope/net: no source imports it',
      'packages/ss-parser/package.json names @tuplescope/report: .config/layers.mjs does not allow it',
      'packages/ss-parser/package.json names lodash: .config/layers.mjs does not allow it',
    ]);
  });

  it('rejects a package without a row', () => {
    expect(layerViolations(packageWith('attic', ''))).toEqual([
      'packages/attic has no row in .config/layers.mjs',
    ]);
  });
});

describe('imports', () => {
  it('are found in each form, with their lines', () => {
    const code = [
      "import { a } from './a.ts';",
      'export {',
      '  b,',
      "} from 'b';",
      "export type * from 'c';",
      "import 'd';",
      "const e = import('e');",
    ].join('\n');
    expect(findImports(code)).toEqual([
      { specifier: './a.ts', line: 1, typeOnly: false },
      { specifier: 'b', line: 4, typeOnly: false },
      { specifier: 'c', line: 5, typeOnly: true },
      { specifier: 'd', line: 6, typeOnly: false },
      { specifier: 'e', line: 7, typeOnly: false },
    ]);
  });

  it('are not found in comments and in text', () => {
    const code = [
      '/**',
      " * import { a } from 'a';",
      ' */',
      "// import 'b';",
      `export const c = "made from 'd'";`,
    ].join('\n');
    expect(findImports(code)).toEqual([]);
  });
});

describe('the tools around the table', () => {
  let copy = '';
  const write = (path: string, text: string) => writeFile(join(copy, path), text);

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'tuplescope-layers-'));
    const shared = ['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', 'turbo.json'];
    const own = ['net', 'scan'].map((folder) => `packages/${folder}`);
    for (const path of [...shared, '.biome.json', 'pnpm-lock.yaml', ...own]) {
      await cp(root + path, join(copy, path), {
        recursive: true,
        filter: (source) => !/node_modules|dist|\.turbo/.test(source),
      });
    }
    await run('git', ['init', '--quiet'], copy);
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  it('reject a package above, an undeclared dependency and a way out of the package: turbo', async () => {
    await write('packages/net/src/undeclared.ts', "import '@tuplescope/scan';\n");
    await write('packages/net/src/outside.ts', "import '../../scan/src/index.ts';\n");
    await mkdir(join(copy, 'packages/upper'));
    await write('packages/upper/turbo.json', '{ "extends": ["//"], "tags": ["app"] }\n');
    await write('packages/upper/package.json', '{ "name": "upper", "version": "0.0.0" }\n');
    const manifest = { name: 'lower', version: '0.0.0', dependencies: { upper: 'workspace:^' } };
    await mkdir(join(copy, 'packages/lower'));
    await write('packages/lower/turbo.json', '{ "extends": ["//"], "tags": ["parser"] }\n');
    await write('packages/lower/package.json', JSON.stringify(manifest));
    const { ok, output } = await turbo(['boundaries'], copy);
    expect(output).toContain('cannot import package `@tuplescope/scan`');
    expect(output).toContain('import `../../scan/src/index.ts` leaves the package');
    expect(output).toContain('`upper` found without any tag listed in allowlist for `lower`');
    expect(ok).toBe(false);
  });

  it("reject Node's modules in a core package: Biome", async () => {
    await write('packages/net/src/node.ts', "import { readFileSync } from 'node:fs';\n");
    const { ok, output } = await runTool('biome', ['lint', 'packages/net/src/node.ts'], copy);
    expect(output).toContain('noNodejsModules');
    expect(ok).toBe(false);
  });

  it('reject Node, the DOM, the network and the editor in a core package: the compiler', async () => {
    const probe = 'packages/probe';
    await mkdir(join(copy, probe, 'src'), { recursive: true });
    await cp(`${root}packages/net/tsconfig.build.json`, join(copy, probe, 'tsconfig.build.json'));
    await write(`${probe}/src/dom.ts`, 'export const title: string = document.title;\n');
    await write(`${probe}/src/module.ts`, "export { sep } from 'node:path';\n");
    await write(`${probe}/src/global.ts`, 'export const home: unknown = process.env;\n');
    await write(`${probe}/src/network.ts`, "export const page: unknown = fetch('');\n");
    await write(`${probe}/src/editor.ts`, "export { Uri } from 'vscode';\n");
    const { ok, output } = await runTool('tsc', ['-p', `${probe}/tsconfig.build.json`], copy);
    expect(output).toMatch(/src\/dom\.ts.*'document'/);
    expect(output).toMatch(/src\/module\.ts.*'node:path'/);
    expect(output).toMatch(/src\/global\.ts.*'process'/);
    expect(output).toMatch(/src\/network\.ts.*'fetch'/);
    expect(output).toMatch(/src\/editor\.ts.*'vscode'/);
    expect(ok).toBe(false);
  });
});
