import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../e2e/run-program.ts';

/** Packs an extension that is started at once and does nothing, to compare with. */
export async function packEmptyExtension(folder: string, vsce: string): Promise<string> {
  mkdirSync(folder);
  const manifest = {
    name: 'empty',
    publisher: 'tuplescope',
    version: '0.0.1',
    engines: { vscode: '^1.95.0' },
    main: './extension.js',
    activationEvents: ['*'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'extension.js'), 'exports.activate = () => undefined;\n');
  const vsix = join(folder, 'empty.vsix');
  const options = ['package', '--skip-license', '--allow-missing-repository', '--out', vsix];
  const { ok, output } = await runProgram(vsce, options, folder);
  if (!ok) throw new Error(output);
  return vsix;
}
