import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, run } from './run.mjs';
import { readApps, readPackages, readPublicPackages } from './workspace.mjs';

const read = (path: string): string => readFileSync(root + path, 'utf8');
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

it('the README lists every package and application with its own description', () => {
  const rows = read('README.md').match(/^\| \[.*$/gm) ?? [];
  const packages = readPublicPackages().map(
    ({ folder, manifest }) =>
      `| [${manifest.name}](packages/${folder}) | ${manifest.description} |`,
  );
  // An extension's own words are translated, so they stand in a file of their own.
  const apps = readApps().map(({ folder, manifest }) => {
    const { description } = JSON.parse(read(`apps/${folder}/package.nls.json`));
    return `| [${manifest.name}](apps/${folder}) | ${description} |`;
  });
  const expected = [...packages, ...apps];
  expect([...rows].sort()).toEqual(expected.sort());
});

const documents = [
  'README.md',
  ...readApps().map(({ folder }) => `apps/${folder}/README.md`),
  ...readdirSync(`${root}.github`).map((name) => `.github/${name}`),
  ...readPackages().map(({ folder }) => `packages/${folder}/README.md`),
].filter((path) => existsSync(root + path));

it.each(documents)('%s links only to what is there', (path) => {
  const text = read(path).replaceAll(/```.*?```/gs, '');
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
  const local = targets.filter((target) => !/^[a-z]+:/.test(target));
  const broken = local.filter((target) => !existsSync(join(root, dirname(path), target)));
  expect(broken).toEqual([]);
});

it('CONTRIBUTING names no script that is not there, and leaves none out', () => {
  const named = [...read('.github/CONTRIBUTING.md').matchAll(/^\| `(?:npm|pnpm) ([\w:]+)`/gm)];
  const hidden = ['all:start', 'all:test'];
  const own = Object.keys(scripts).filter((name) => !hidden.includes(name));
  expect(named.map((match) => match[1]).sort()).toEqual(own.sort());
});

describe('the editor', () => {
  const { tasks } = JSON.parse(read('.vscode/tasks.json'));
  const { configurations } = JSON.parse(read('.vscode/launch.json'));

  it.each<{ label: string; command: string; dependsOn?: string }>(tasks)('runs $label', (task) => {
    const script = /(?:npm|run) (\w+)$/.exec(task.command)?.[1] ?? '';
    if (task.label !== 'install') expect(Object.keys(scripts)).toContain(script);
    const { dependsOn = 'install' } = task;
    expect(tasks.map(({ label }: { label: string }) => label)).toContain(dependsOn);
  });

  it.each<{ name: string; cwd: string; program: string; args: string[]; preLaunchTask: string }>(
    // The editor itself runs an extension; its own tests do that.
    configurations.filter(({ type }: { type: string }) => type === 'node'),
  )('starts $name on F5', async ({ cwd, program, args, preLaunchTask }) => {
    expect(tasks.map(({ label }: { label: string }) => label)).toContain(preLaunchTask);
    const place = (text: string) =>
      text
        .replace(/^\$\{workspaceFolder\}/, root)
        .replace(/^\$\{relativeFile\}$/, '.config/pins.test.ts');
    const { ok, output } = await run('node', [program, ...args].map(place), place(cwd));
    expect(ok, output).toBe(true);
  });
});
