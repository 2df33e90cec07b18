import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pack } from './pack.mjs';
import { pnpm, runTool } from './run.mjs';
import { readPublicPackages } from './workspace.mjs';

// Every promise of the workspace that is not a test, one line each. A check gives back what is
// wrong, in words; nothing, if nothing is.

/** @type {readonly [name: string, check: () => Promise<string>][]} */
const checks = [
  ['types: tsc', () => script('types')],
  ['lint and format: biome', () => script('lint')],
  ['layers: turbo boundaries and .config/layers.mjs', () => script('layers')],
  ['build: turbo, tsup and tsc', () => script('build')],
  ['published packages: publint', () => eachTarball('publint', ['--strict'])],
  ['published packages: are the types wrong', () => eachTarball('attw', ['--profile', 'esm-only'])],
  ['changesets: one for each package whose sources changed', () => script('changed')],
];

const packed = await mkdtemp(join(tmpdir(), 'tuplescope-check-'));
/** @type {string[] | undefined} */
let tarballs;
let failed = 0;
for (const [name, check] of checks) {
  const output = await check().catch((error) => String(error.message));
  console.log(`${output === '' ? '✓' : '✗'} ${name}`);
  if (output === '') continue;
  failed += 1;
  console.log(output.replaceAll(/^/gm, '    '));
}
await rm(packed, { recursive: true, force: true });
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} name of a script in package.json */
function script(name) {
  return wrong(pnpm(['run', '--silent', name]));
}

/**
 * @param {string} tool
 * @param {readonly string[]} parameters
 */
async function eachTarball(tool, parameters) {
  const names = readPublicPackages().map(({ manifest }) => manifest.name);
  tarballs ??= await pack(names, packed);
  const complaints = [];
  for (const tarball of tarballs) {
    const complaint = await wrong(runTool(tool, [...parameters, tarball]));
    if (complaint !== '') complaints.push(basename(tarball), complaint);
  }
  return complaints.join('\n');
}

/** @param {Promise<{ ok: boolean, output: string }>} work */
async function wrong(work) {
  const { ok, output } = await work;
  return ok ? '' : output || 'it failed without a word';
}
