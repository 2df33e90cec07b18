import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';
import { isTestFile, readPublicPackages } from './workspace.mjs';

/** @typedef {{ folder: string, manifest: { name: string, version: string } }} Released */

/**
 * The published packages whose sources changed since the last release and that no changeset names.
 *
 * Before the first release every package is new, so every one needs a changeset.
 *
 * @param {string} folder the workspace, with a slash at its end
 * @param {readonly Released[]} packages
 * @returns {Promise<string[]>} their names
 * @throws if this clone does not reach back to the last release, with the command that helps
 */
export async function packagesWithoutChangeset(folder, packages) {
  const changesets = readChangesets(folder);
  const silent = packages.filter(({ manifest }) => !changesets.includes(`"${manifest.name}":`));
  if (silent.length === 0) return [];
  const released = packages.filter(({ manifest }) => manifest.version !== '0.0.0');
  const release = released.length === 0 ? undefined : await lastRelease(folder, released);
  const changed = release === undefined ? undefined : await changedSources(folder, release);
  return silent
    .filter((it) => changed === undefined || changed.some((path) => isSourceOf(it, path)))
    .map(({ manifest }) => manifest.name);
}

/** @param {string} folder */
function readChangesets(folder) {
  return readdirSync(`${folder}.changeset`)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => readFileSync(`${folder}.changeset/${file}`, 'utf8').replaceAll("'", '"'))
    .join('\n');
}

/**
 * The commit of the last release: its tag, or else the last commit that wrote a changelog.
 *
 * @param {string} folder
 * @param {readonly Released[]} released
 */
async function lastRelease(folder, released) {
  for (const { manifest } of released) {
    const tag = `${manifest.name}@${manifest.version}`;
    const found = await git(folder, ['rev-parse', '--verify', '--quiet', `${tag}^{commit}`]);
    if (found.ok) return found.output;
  }
  const shallow = await git(folder, ['rev-parse', '--is-shallow-repository']);
  const log = await git(folder, ['log', '-1', '--format=%H', '--', 'packages/*/CHANGELOG.md']);
  if (shallow.output === 'false' && log.ok && log.output !== '') return log.output;
  throw new Error(
    'this clone does not reach back to the last release; get its history with: git fetch --unshallow --tags',
  );
}

/**
 * @param {string} folder
 * @param {string} release
 */
async function changedSources(folder, release) {
  const { ok, output } = await git(folder, ['diff', '--name-only', release, '--', 'packages']);
  if (!ok) throw new Error(output);
  return output.split('\n');
}

/**
 * @param {Released} it
 * @param {string} path from the workspace
 */
function isSourceOf(it, path) {
  const folder = `packages/${it.folder}/`;
  return path.startsWith(`${folder}src/`) && !isTestFile(path.slice(folder.length));
}

/**
 * @param {string} folder
 * @param {readonly string[]} parameters
 */
function git(folder, parameters) {
  return run('git', parameters, folder);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = await packagesWithoutChangeset(root, readPublicPackages());
  for (const name of names)
    console.error(`${name}: its sources changed, and no file in .changeset names it`);
  process.exitCode = names.length === 0 ? 0 : 1;
}
