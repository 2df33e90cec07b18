import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP, FIXTURES, INCIDENT, type InEditor } from './in-editor.ts';
import { TEST_NAMES, type TestResult } from './in-host/test-names.ts';

/** Describes what an extension can ask of the editor, by tests that run in the extension host. */
export function describeInHost(inEditor: () => InEditor): void {
  describe('in the extension host', () => {
    let results: readonly TestResult[] = [];

    beforeAll(async () => {
      const { editor, where, parent } = inEditor();
      const folder = join(parent, 'in-host');
      mkdirSync(folder);
      cpSync(INCIDENT, folder, { recursive: true });
      cpSync(join(FIXTURES, 'captures'), folder, { recursive: true });
      cpSync(join(FIXTURES, 'istio-43301-transcript.md'), join(folder, 'transcript.md'));
      results = await editor.runInHost(folder, where, APP, join(APP, `dist/in-host/${where}.js`));
    });

    it.each(TEST_NAMES)('%s', (name) => {
      expect(results.find((result) => result.name === name)).toEqual({ name, error: null });
    });
  });
}
