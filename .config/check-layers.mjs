import { pathToFileURL } from 'node:url';
import { findImports, packageOf } from './imports.mjs';
import { layers } from './layers.mjs';
import { isTestFile, readApps, readPackages } from './workspace.mjs';

/** @typedef {import('./workspace.mjs').WorkspacePackage} WorkspacePackage */
/** @typedef {import('./imports.mjs').Import} Import */

/**
 * Where a package breaks the table of layers, in words; an empty list if it keeps to it.
 *
 * What other tools see is left to them: turbo rejects an undeclared dependency and a relative import
 * out of the package, Biome rejects Node's modules, and the compiler knows neither Node nor the DOM.
 *
 * @param {WorkspacePackage} workspacePackage
 * @param {'packages' | 'apps'} [top] the folder that it is in
 * @returns {string[]}
 */
export function layerViolations({ folder, manifest, sources }, top = 'packages') {
  const layer = layers[folder];
  if (layer === undefined) return [`${top}/${folder} has no row in .config/layers.mjs`];
  const { dependencies = {}, devDependencies = {} } = manifest;
  const values = layer.imports.map(nameOf);
  const types = (layer.types ?? []).map(nameOf);
  const used = new Set();
  /** @type {string[]} */
  const violations = [];

  for (const { path, text } of sources) {
    for (const found of findImports(text)) {
      const complain = (/** @type {string} */ why) =>
        violations.push(
          `${top}/${folder}/${path}:${found.line} imports ${found.specifier}: ${why}`,
        );
      const test = isTestFile(path);
      const name = packageOf(found.specifier);
      if (name === undefined) continue;
      used.add(name);
      if (!isOurs(name)) {
        if (layer.provided?.includes(name)) continue;
        // Types alone are erased: a package of types need not be there when it runs.
        if (found.typeOnly && layer.libraries && `@types/${name}` in devDependencies) continue;
        if (!test && layer.libraries !== true) complain('this package depends on no library');
        else if (!test && !(name in dependencies)) complain('not in dependencies');
      } else if (![...values, ...types].includes(name)) {
        complain('.config/layers.mjs does not allow it');
      } else if (!test) {
        if (!values.includes(name) && !found.typeOnly) complain('only its types may be imported');
        if (!(name in dependencies)) complain('not in dependencies');
        if (found.specifier !== name) complain('only the front door of a package is published');
      }
    }
  }

  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    if (isOurs(name) ? ![...values, ...types].includes(name) : misplacedLibrary(name)) {
      violations.push(
        `${top}/${folder}/package.json names ${name}: .config/layers.mjs does not allow it`,
      );
    } else if (name in dependencies && !used.has(name)) {
      violations.push(`${top}/${folder}/package.json names ${name}: no source imports it`);
    }
  }
  return violations;

  /** @param {string} name */
  function misplacedLibrary(name) {
    return name in dependencies && layer?.libraries !== true;
  }
}

/** @param {string} folder */
function nameOf(folder) {
  return folder === 'cli' ? 'tuplescope' : `@tuplescope/${folder}`;
}

/** @param {string} name */
function isOurs(name) {
  return name.startsWith('@tuplescope/') || name === 'tuplescope';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const violations = [
    ...readPackages().flatMap((it) => layerViolations(it)),
    ...readApps().flatMap((it) => layerViolations(it, 'apps')),
  ];
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
