import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The workspace's own folder, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The package manager that package.json pins, as `name@version`. */
export const pinnedPnpm = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).packageManager;

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {string} [folder] where it runs; the workspace if not given
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is standard output and error, as they came
 */
export function run(program, parameters, folder = root) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { cwd: folder, env });
    /** @type {string[]} */
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => printed.push(text));
    }
    const end = (/** @type {boolean} */ ok) => resolve({ ok, output: printed.join('').trim() });
    child.on('error', (error) => {
      printed.push(`${program}: ${error.message}\n`);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/**
 * Runs a program that the workspace itself depends on, such as `tsc`.
 *
 * @param {string} tool
 * @param {readonly string[]} parameters
 * @param {string} [folder]
 */
export function runTool(tool, parameters, folder) {
  return run(`${root}node_modules/.bin/${tool}`, parameters, folder);
}

/**
 * Runs the pinned pnpm, which npm fetches where it is not there.
 *
 * @param {readonly string[]} parameters
 * @param {string} [folder]
 */
export function pnpm(parameters, folder) {
  return run('npx', ['--yes', pinnedPnpm, ...parameters], folder);
}

/**
 * Runs turbo with the pinned pnpm on its path, where it looks for one.
 *
 * @param {readonly string[]} parameters
 * @param {string} [folder]
 */
export function turbo(parameters, folder) {
  const program = `${root}node_modules/.bin/turbo`;
  return run('npx', ['--yes', '--package', pinnedPnpm, '--', program, ...parameters], folder);
}

// Colours would hide words from the tests that look for them, and turbo would report home.
const { FORCE_COLOR: _, ...inherited } = process.env;
const env = { ...inherited, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1' };
