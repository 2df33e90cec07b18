/**
 * @typedef {object} Import
 * @property {string} specifier what is imported, as written
 * @property {number} line
 * @property {boolean} typeOnly whether nothing of it is left when the program runs
 */

/**
 * What a TypeScript file imports: `import`, `export … from` and `import()` with a fixed name.
 *
 * Reads formatted code, where a statement begins its line; examples inside comments do not count.
 *
 * @param {string} text
 * @returns {Import[]}
 */
export function findImports(text) {
  /** @type {Import[]} */
  const imports = [];
  let opening = '';
  text.split('\n').forEach((code, index) => {
    if (/^\s*(\*|\/[/*])/.test(code)) return;
    // `import {` on one line and `} from 'x'` on a later one are a single statement.
    if (/^(import|export)\b/.test(code)) opening = code;
    const named = /^(?:import\s|export\s+(?:type\s+)?[{*]|\}).*?\bfrom\s*['"]([^'"]+)['"]/.exec(
      code,
    );
    const bare = /^import\s*['"]([^'"]+)['"]/.exec(code);
    const called = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
    for (const match of [named, bare, ...called]) {
      if (match?.[1] === undefined) continue;
      const typeOnly = match === named && /^(import|export)\s+type\b/.test(opening);
      imports.push({ specifier: match[1], line: index + 1, typeOnly });
    }
  });
  return imports;
}

/**
 * The name of the package that a specifier reaches into, or `undefined` for a file of its own.
 *
 * @param {string} specifier
 * @example
 * packageOf('@tuplescope/scan/testing'); // '@tuplescope/scan'
 */
export function packageOf(specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const [scope, name] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope;
}
