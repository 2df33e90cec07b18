import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pack } from './pack.mjs';
import { run, runTool } from './run.mjs';

// What a user gets: the tarballs, installed together into an empty project far from this workspace.
// The packages come as they were built last; `npm test` builds before it tests.

const uses = [
  {
    name: '@tuplescope/conntrack-parser',
    code: `
      import { type ConntrackEntry, parseConntrack } from '@tuplescope/conntrack-parser';
      const table = parseConntrack(
        'tcp 6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 ' +
          '[UNREPLIED] src=10.0.0.2 dst=10.0.0.1 sport=80 dport=44410 mark=0 use=1',
      );
      const entries: ConntrackEntry[] = [...table];
      console.log(entries.map(({ state, orig }) => [state, orig.sport].join(' ')).join());`,
    prints: 'SYN_SENT 44410',
  },
  {
    name: '@tuplescope/kernel-model',
    code: `
      import { type Profile, profileFor } from '@tuplescope/kernel-model';
      const profile: Profile | null = profileFor('5.14.21-150400.24.21-default').profile;
      console.log(profile?.id);`,
    prints: 'sles-15-sp4',
  },
];

const compilerOptions = {
  strict: true,
  skipLibCheck: false,
  target: 'es2022',
  module: 'nodenext',
  types: [],
};

const MODEL = 'node_modules/@tuplescope/kernel-model';

/** The version that the workspace itself tests with. */
const VITEST = createRequire(import.meta.url)('vitest/package.json').version;

let project = '';

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'tuplescope-user-'));
  const names = ['tuplescope', ...uses.map(({ name }) => name)];
  const tarballs = await pack(
    names.map((name) => `${name}...`),
    join(project, 'tarballs'),
  );
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const { ok, output } = await run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs],
    project,
  );
  expect(ok, output).toBe(true);
}, 180_000);

afterAll(() => rm(project, { recursive: true, force: true }));

it.each(uses)(
  '$name works as an ES module, and its types are those of a strict project',
  async ({ code, prints }) => {
    await writeFile(join(project, 'use.mts'), code);
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    expect(await runTool('tsc', ['-p', '.'], project)).toEqual({ ok: true, output: '' });
    expect(await run('node', ['use.mjs'], project)).toEqual({ ok: true, output: prints });
  },
);

it('tuplescope works as a command, on the incident that comes with it', async () => {
  const incident = join(project, 'node_modules/tuplescope/incidents/istio-43301');
  const parameters = ['analyze', incident, '--format', 'json', '--fail-on', 'never'];
  const report = ['--output', join(project, 'report.json')];
  const command = join(project, 'node_modules/.bin/tuplescope');
  const { ok, output } = await run(command, [...parameters, ...report], project);
  expect(ok, output).toBe(true);
  const { findings } = JSON.parse(await readFile(join(project, 'report.json'), 'utf8'));
  expect(findings.map(({ family }: { family: string }) => family)).toContain(
    'outbound-port-collision',
  );
});

it('the model works in a project that has only vitest: the test of its README', async () => {
  const readme = await readFile(join(project, `${MODEL}/README.md`), 'utf8');
  const example = /^### In a test\n+```ts\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? '';
  expect(example).toContain("toBe('timed-out')");
  const user = await mkdtemp(join(tmpdir(), 'tuplescope-tester-'));
  try {
    await writeFile(join(user, 'package.json'), '{ "private": true, "type": "module" }');
    await writeFile(join(user, 'istio.test.ts'), example);
    const tarballs = readdirSync(join(project, 'tarballs'))
      .filter((name) => /^tuplescope-(net|kernel-model)-/.test(name))
      .map((name) => join(project, 'tarballs', name));
    const parameters = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
    const installed = await run('npm', [...parameters, ...tarballs, `vitest@${VITEST}`], user);
    expect(installed.ok, installed.output).toBe(true);
    const { ok, output } = await run('npx', ['vitest', 'run', '--reporter=json'], user);
    expect(ok, output).toBe(true);
    expect(output).toContain('"numPassedTests":2');
  } finally {
    await rm(user, { recursive: true, force: true });
  }
});

it('nothing of the tests is published', () => {
  const modules = join(project, 'node_modules');
  const files = ['tuplescope', '@tuplescope'].flatMap((name) =>
    readdirSync(join(modules, name), { recursive: true, encoding: 'utf8' }),
  );
  expect(files).toContain('net/dist/index.d.ts');
  expect(files.filter((file) => /\.(test|bench)\.|\/(testing|fixtures)\//.test(file))).toEqual([]);
});
