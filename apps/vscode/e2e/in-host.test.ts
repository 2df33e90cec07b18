import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP, describeInEditor, FIXTURES, fillWithIncident } from './in-editor.ts';
import { TEST_NAMES, type TestResult } from './in-host/test-names.ts';
import { runProgram } from './run-program.ts';

function fill(folder: string): void {
  fillWithIncident(folder);
  cpSync(join(FIXTURES, 'istio-43301-transcript.md'), join(folder, 'transcript.md'));
}

describeInEditor('in the extension host of a real VS Code', fill, (inEditor) => {
  beforeAll(async () => {
    const built = await runProgram('npm', ['run', 'build:in-host'], APP);
    expect(built.ok, built.output).toBe(true);
  });

  describe.each(['node', 'web'] as const)('in %s', (where) => {
    let results: readonly TestResult[] = [];

    beforeAll(async () => {
      const { editor, folder } = inEditor();
      results = await editor.runInHost(folder, where, APP, join(APP, `dist/in-host/${where}.js`));
    });

    it.each(TEST_NAMES)('%s', (name) => {
      expect(results.find((result) => result.name === name)).toEqual({ name, error: null });
    });
  });
});
