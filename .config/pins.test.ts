import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pinnedPnpm, root } from './run.mjs';

const read = (path: string): string => readFileSync(root + path, 'utf8');

it.each(['package.json', '.ci/run', '.vscode/tasks.json', '.github/CONTRIBUTING.md'])(
  '%s names the one pnpm that is pinned',
  (path) => {
    const named = read(path).match(/pnpm@\d[\w.-]*/g) ?? [];
    expect(named).not.toEqual([]);
    expect(new Set(named)).toEqual(new Set([pinnedPnpm]));
  },
);

it('locks dependencies by version and hash, wherever they are fetched from', () => {
  expect(read('pnpm-lock.yaml')).not.toMatch(/https?:|tarball:/);
  const folders = ['', ...readdirSync(`${root}packages`).map((folder) => `packages/${folder}/`)];
  expect(folders.filter((folder) => existsSync(`${root}${folder}.npmrc`))).toEqual([]);
});
