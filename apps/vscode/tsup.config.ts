import { cpSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

const PACKAGES = '../../packages';

// The editor loads one file for each place where the extension runs, so everything is bundled in.
const shared: Options = {
  external: ['vscode'],
  noExternal: [/^(?!vscode$)/],
  esbuildOptions: (options) => {
    options.conditions = ['@tuplescope/source'];
  },
  target: 'es2022',
  outExtension: () => ({ js: '.js' }),
  minify: true,
  treeshake: true,
};

const web: Options = {
  ...shared,
  platform: 'browser',
  outDir: 'dist/web',
};

export default defineConfig([
  {
    ...shared,
    entry: { extension: 'src/host/node/extension.ts', worker: 'src/host/node/worker.ts' },
    outDir: 'dist/node',
    // The sample incident is the command line's, with the captures of the same hour.
    onSuccess: async () => {
      const sample = { recursive: true };
      cpSync(`${PACKAGES}/cli/incidents/istio-43301`, 'dist/sample', sample);
      cpSync(`${PACKAGES}/collision-detector/fixtures/captures`, 'dist/sample', sample);
    },
    platform: 'node',
    format: 'cjs',
  },
  { ...web, entry: { extension: 'src/host/web/extension.ts' }, format: 'cjs' },
  { ...web, entry: { worker: 'src/host/web/worker.ts' }, format: 'iife' },
  { ...web, entry: { packets: 'src/webview/packets.ts' }, outDir: 'dist/webview', format: 'iife' },
]);
