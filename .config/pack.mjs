import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pnpm } from './run.mjs';

/**
 * Packs packages as they would be published. They must be built.
 *
 * @param {readonly string[]} names as in their package.json; `name...` takes what it depends on along
 * @param {string} folder where the tarballs go; made if not there
 * @returns {Promise<string[]>} the paths of the tarballs, in the order of their names
 */
export async function pack(names, folder) {
  mkdirSync(folder, { recursive: true });
  const filters = names.map((name) => `--filter=${name}`);
  const { ok, output } = await pnpm([...filters, 'pack', '--pack-destination', folder]);
  if (!ok) throw new Error(`pnpm pack failed:\n${output}`);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .sort()
    .map((file) => join(folder, file));
}
