import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { root } from './run.mjs';

/**
 * @typedef {object} Manifest the fields of package.json that the checks look at
 * @property {string} name
 * @property {string} version
 * @property {string} description
 * @property {boolean} [private]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 *
 * @typedef {object} SourceFile
 * @property {string} path from the package's folder, as `src/index.ts`
 * @property {string} text
 *
 * @typedef {object} WorkspacePackage
 * @property {string} folder the name of its folder in `packages` or `apps`
 * @property {Manifest} manifest
 * @property {readonly SourceFile[]} sources every TypeScript file in `src`, tests too
 */

/**
 * Every package of the folder `packages`, read from disk, in the order of their names.
 *
 * @returns {WorkspacePackage[]}
 */
export function readPackages() {
  return readMembers('packages');
}

/**
 * Every application of the folder `apps`, likewise: what composes packages, and is not on npm.
 *
 * @returns {WorkspacePackage[]}
 */
export function readApps() {
  return readMembers('apps');
}

/**
 * Every package that is published, in the order of their names.
 */
export function readPublicPackages() {
  return readPackages().filter(({ manifest }) => manifest.private !== true);
}

/**
 * Whether a file is there for the tests alone, and no part of what is published.
 *
 * @param {string} path from the package's folder
 */
export function isTestFile(path) {
  return /\.(test|bench)\.ts$/.test(path) || path.startsWith('src/testing/');
}

/**
 * @param {'packages' | 'apps'} top
 * @returns {WorkspacePackage[]}
 */
function readMembers(top) {
  return readdirSync(`${root}${top}`)
    .filter((folder) => existsSync(`${root}${top}/${folder}/package.json`))
    .sort()
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(`${root}${top}/${folder}/package.json`, 'utf8')),
      sources: readSources(`${root}${top}/${folder}`),
    }));
}

/**
 * @param {string} folder
 * @returns {SourceFile[]}
 */
function readSources(folder) {
  if (!existsSync(`${folder}/src`)) return [];
  return readdirSync(`${folder}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({
      path: `src/${path}`,
      text: readFileSync(`${folder}/src/${path}`, 'utf8'),
    }));
}
