import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packagesWithoutChangeset } from './check-changesets.mjs';
import { run } from './run.mjs';

let folder = '';

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function git(...parameters: string[]): Promise<void> {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  const { ok, output } = await run('git', [...who, ...parameters], folder);
  expect(ok, output).toBe(true);
}

async function commit(): Promise<void> {
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Work');
}

/** The packages `net` and `scan`, both at one version. */
function check(version: string, where = folder): Promise<string[]> {
  const packages = ['net', 'scan'].map((name) => ({ folder: name, manifest: { name, version } }));
  return packagesWithoutChangeset(`${where}/`, packages);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tuplescope-changesets-'));
  await git('init', '--quiet');
  await write('.changeset/README.md', '');
  await write('packages/net/src/index.ts', 'export {};');
  await write('packages/scan/src/index.ts', 'export {};');
  await commit();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('asks for a changeset for every package before the first release', async () => {
  await write('.changeset/scan.md', '---\n"scan": minor\n---\n\nAdd the scanner.\n');
  expect(await check('0.0.0')).toEqual(['net']);
});

it('asks for a changeset for what changed since the tag of the release', async () => {
  await git('tag', 'net@1.0.0');
  expect(await check('1.0.0')).toEqual([]);
  await write('packages/net/src/index.ts', 'export const changed = true;');
  expect(await check('1.0.0')).toEqual(['net']);
  await write('.changeset/any-name.md', "---\n'net': patch\n---\n\nFix it.\n");
  expect(await check('1.0.0')).toEqual([]);
});

it('asks for none when only tests changed', async () => {
  await git('tag', 'net@1.0.0');
  await write('packages/net/src/index.test.ts', 'expect(1).toBe(1);');
  await write('packages/net/src/testing/index.ts', 'export {};');
  await commit();
  expect(await check('1.0.0')).toEqual([]);
});

it('finds the release by the changelogs where the clone has no tags', async () => {
  await write('packages/net/CHANGELOG.md', '## 1.0.0\n');
  await commit();
  await write('packages/scan/src/index.ts', 'export const changed = true;');
  await commit();
  expect(await check('1.0.0')).toEqual(['scan']);
});

it('says what helps where the clone does not reach back to the release', async () => {
  await write('packages/net/CHANGELOG.md', '## 1.0.0\n');
  await commit();
  const shallow = `${folder}/shallow`;
  await git('clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
  await expect(check('1.0.0', shallow)).rejects.toThrow('git fetch --unshallow --tags');
});
