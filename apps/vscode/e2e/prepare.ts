import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { type Host, installHost, type NoHost } from './install-host.ts';
import { runProgram } from './run-program.ts';

/** What the tests in an editor share. */
export interface Prepared {
  readonly host: Host | NoHost;
  /** The packaged extension. */
  readonly vsix: string;
  /** What a script printed that failed; empty where none did. */
  readonly problem: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly prepared: Prepared;
  }
}

const APP = fileURLToPath(new URL('..', import.meta.url));

/** Installs the editor and packages the extension, once before all tests in an editor. */
export async function setup(project: TestProject): Promise<void> {
  const host = await installHost();
  const problems: string[] = [];
  if (!('reason' in host)) {
    for (const script of ['package', 'build:in-host']) {
      const { ok, output } = await runProgram('npm', ['run', script], APP);
      if (!ok) problems.push(output);
    }
  }
  const vsix = join(APP, 'dist/tuplescope-vscode.vsix');
  project.provide('prepared', { host, vsix, problem: problems.join('\n') });
}
