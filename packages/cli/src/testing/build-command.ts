import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { build } from 'tsup';
import { PACKAGES } from './files.ts';
import type { Outcome, Surroundings } from './run-command.ts';

/** Below node_modules, so that the libraries of the command are found from there. */
const BUILT = `${PACKAGES}cli/node_modules/.tuplescope-test/`;

/** Builds the command from source, as the workspace is now, and gives the file that starts it. */
export async function buildCommand(): Promise<string> {
  await mkdir(BUILT, { recursive: true });
  for (const name of ['package.json', 'schemas', 'collect']) {
    await cp(`${PACKAGES}cli/${name}`, `${BUILT}${name}`, { recursive: true });
  }
  await build({
    config: false,
    entry: [`${PACKAGES}cli/src/bin.ts`],
    outDir: `${BUILT}dist`,
    format: 'esm',
    tsconfig: `${PACKAGES}cli/tsconfig.json`,
    noExternal: [/^@tuplescope\//],
    external: ['cli-table3', 'commander', 'picocolors', 'wrap-ansi'],
    silent: true,
    esbuildOptions: (options) => {
      options.conditions = ['@tuplescope/source'];
      // A library of the archive package is CommonJS, and asks Node.js for a module.
      options.banner = {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      };
    },
  });
  return `${BUILT}dist/bin.js`;
}

/** Runs a shell command in which `$TUPLESCOPE` starts the command that was built. */
export function runShell(
  script: string,
  built: string,
  { stdin = '', env = {} }: Surroundings = {},
): Promise<Outcome> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  const TUPLESCOPE = `${process.execPath} ${built}`;
  const child = spawn('sh', ['-c', script], { env: { ...inherited, ...env, TUPLESCOPE } });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  child.stdin.on('error', () => undefined).end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...printed }));
  });
}
