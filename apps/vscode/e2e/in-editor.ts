import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Editor, type ExtensionHost, startEditor } from './start-editor.ts';
import { type Workbench, workbenchOf } from './workbench.ts';

/** The extension's own folder. */
export const APP: string = fileURLToPath(new URL('..', import.meta.url));

const PACKAGES = join(APP, '../../packages');

/** The incident that the command line and the extension bring. */
export const INCIDENT: string = join(PACKAGES, 'cli/incidents/istio-43301');

/** Files that only tests have. */
export const FIXTURES: string = join(PACKAGES, 'collision-detector/fixtures');

/** A real VS Code with the packaged extension. */
export interface InEditor {
  readonly editor: Editor;
  readonly where: ExtensionHost;
  /** A folder for what the tests make. */
  readonly parent: string;
}

/** One window of it. */
export interface InWindow extends InEditor {
  /** The folder that is open, in `parent`. */
  readonly folder: string;
  readonly window: Workbench;
}

const { host, vsix, problem } = inject('prepared');
const reason = 'reason' in host ? ` (skipped: ${host.reason})` : '';

/** Describes what is seen in a real VS Code, which is started before and stopped after. */
export function describeInEditor(
  where: ExtensionHost,
  describeThis: (inEditor: () => InEditor) => void,
): void {
  it.runIf(process.env.TUPLESCOPE_EDITOR === 'required')('the editor is installed', () => {
    expect(reason).toBe('');
  });

  describe.skipIf('reason' in host)(`in the ${where} host of a real VS Code${reason}`, () => {
    let started: InEditor | null = null;

    beforeAll(async () => {
      expect(problem).toBe('');
      if ('reason' in host) return;
      const parent = mkdtempSync(join(tmpdir(), 'tuplescope-workspace-'));
      started = { editor: await startEditor(host, vsix), where, parent };
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

/**
 * Describes what is seen in a window on a folder of its own.
 *
 * @param fill puts files into the folder.
 */
export function describeInWindow(
  name: string,
  inEditor: () => InEditor,
  fill: (folder: string) => void,
  describeThis: (inWindow: () => InWindow) => void,
): void {
  describe(name, () => {
    let opened: InWindow | null = null;

    beforeAll(async () => {
      const { editor, where, parent } = inEditor();
      const folder = join(parent, name.replaceAll(' ', '-'));
      mkdirSync(folder);
      fill(folder);
      const window = workbenchOf(await editor.open(folder, where));
      opened = { ...inEditor(), folder, window };
    });

    afterAll(() => opened?.window.page.close());

    describeThis(() => {
      if (opened === null) throw new Error('the window did not open');
      return opened;
    });
  });
}
