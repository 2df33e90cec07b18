import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installHost } from './install-host.ts';
import { runProgram } from './run-program.ts';
import { type Editor, type ExtensionHost, type Look, startEditor } from './start-editor.ts';
import { type Workbench, workbenchOf } from './workbench.ts';

/** The extension's own folder. */
export const APP: string = fileURLToPath(new URL('..', import.meta.url));

const PACKAGES = join(APP, '../../packages');

/** The incident that the command line and the extension bring. */
export const INCIDENT: string = join(PACKAGES, 'cli/incidents/istio-43301');

/** Files that only tests have. */
export const FIXTURES: string = join(PACKAGES, 'collision-detector/fixtures');

const VSIX = join(APP, 'dist/tuplescope-vscode.vsix');

/** A real VS Code with the packaged extension, and a folder to open in it. */
export interface InEditor {
  readonly editor: Editor;
  /** The folder that is opened. */
  readonly folder: string;
  /** The folder around it, which is the test's own. */
  readonly parent: string;
}

/** One window of it. */
export interface InWindow extends InEditor {
  readonly where: ExtensionHost;
  readonly window: Workbench;
}

const host = await installHost();
const reason = 'reason' in host ? ` (skipped: ${host.reason})` : '';

/**
 * Describes what is seen in a real VS Code, which is started before and stopped after.
 *
 * @param fill puts files into the folder that is opened.
 */
export function describeInEditor(
  name: string,
  fill: (folder: string) => void,
  describeThis: (inEditor: () => InEditor) => void,
): void {
  it.runIf(['required', 'all'].includes(process.env.TUPLESCOPE_EDITOR ?? ''))(
    'the editor is installed',
    () => {
      expect(reason).toBe('');
    },
  );

  describe.skipIf('reason' in host)(`${name}${reason}`, () => {
    let started: InEditor | null = null;

    beforeAll(async () => {
      if ('reason' in host) return;
      const packed = await runProgram('npm', ['run', 'package'], APP);
      expect(packed.ok && existsSync(VSIX), packed.output).toBe(true);
      const parent = mkdtempSync(join(tmpdir(), 'tuplescope-workspace-'));
      const folder = join(parent, 'incident');
      mkdirSync(folder);
      fill(folder);
      started = { editor: await startEditor(host, VSIX), parent, folder };
    });

    afterAll(async () => {
      await started?.editor.close();
      if (started !== null) rmSync(started.parent, { recursive: true, force: true });
    });

    describeThis(() => {
      if (started === null) throw new Error('the editor did not start');
      return started;
    });
  });
}

/** Describes what is seen in a window for each place where the extension runs. */
export function describeInWindows(
  name: string,
  fill: (folder: string) => void,
  describeThis: (inWindow: () => InWindow) => void,
  look?: Look,
): void {
  describeInEditor(name, fill, (inEditor) => {
    describe.each(['node', 'web'] as const)('with the extension in the %s host', (where) => {
      let window: Workbench | null = null;

      beforeAll(async () => {
        const { editor, folder } = inEditor();
        window = workbenchOf(await editor.open(folder, where, look));
      });

      afterAll(() => window?.page.context().close());

      describeThis(() => {
        if (window === null) throw new Error('the window did not open');
        return { ...inEditor(), where, window };
      });
    });
  });
}

/** Puts the incident into a folder, and its captures beside its texts. */
export function fillWithIncident(folder: string): void {
  cpSync(INCIDENT, folder, { recursive: true });
  for (const name of ['lo.pcap', 'eth0.pcap']) {
    cpSync(join(FIXTURES, 'captures', name), join(folder, name));
  }
}
