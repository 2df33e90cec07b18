import { defineConfig, type Options } from 'tsup';

// Two bundles of the same tests: for the extension host in Node, and for the one in a web worker.
const shared: Options = {
  external: ['vscode'],
  noExternal: [/^(?!vscode$)/],
  outDir: 'dist/in-host',
  format: 'cjs',
  target: 'es2022',
  outExtension: () => ({ js: '.js' }),
};

export default defineConfig([
  { ...shared, entry: { node: 'e2e/in-host/node.ts' }, platform: 'node' },
  {
    ...shared,
    entry: { web: 'e2e/in-host/web.ts' },
    platform: 'browser',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"test"' },
  },
]);
