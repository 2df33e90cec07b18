import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

/** The folder of all packages, with a slash at its end. */
export const PACKAGES: string = fileURLToPath(new URL('../../../', import.meta.url));

/** The path of a file of the incident that is bundled with the command. */
export function bundled(name: string): string {
  return `${PACKAGES}cli/incidents/istio-43301/${name}`;
}

/** The paths of all recordings of a package, in the order of their names. */
export function recordingsOf(folder: string): string[] {
  return readdirSync(`${PACKAGES}${folder}/fixtures`, { recursive: true, withFileTypes: true })
    .filter((member) => member.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** A folder that is there while the tests of a file run. */
export interface TemporaryFolder {
  /** Writes a file into it and gives its path. */
  add(name: string, content: string | Uint8Array): string;
  /** Gives a path in it. */
  path(name: string): string;
}

/** Makes an empty folder before the tests of a file, and removes it after them. */
export function useTemporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tuplescope-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    add: (name, content) => {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}
