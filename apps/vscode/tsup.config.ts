import { defineConfig, type Options } from 'tsup';

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
    platform: 'node',
    format: 'cjs',
  },
  { ...web, entry: { extension: 'src/host/web/extension.ts' }, format: 'cjs' },
  { ...web, entry: { worker: 'src/host/web/worker.ts' }, format: 'iife' },
  { ...web, entry: { packets: 'src/webview/packets.ts' }, outDir: 'dist/webview', format: 'iife' },
]);
