import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const conditions = ['@tuplescope/source'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Tests import workspace packages from source, so no build has to run first.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    reporters: ['default', './.config/tally-reporter.ts'],
    setupFiles: ['./.config/fail-on-print.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          isolate: false,
          // A machine that does much besides is slow, not wrong.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'editor',
          include: ['apps/*/e2e/*.test.ts'],
          // Minutes of a real editor, more than a run of all tests may take: TUPLESCOPE_EDITOR=all.
          exclude: process.env.TUPLESCOPE_EDITOR === 'all' ? [] : ['**/*.long.test.ts'],
          testTimeout: 150_000,
          hookTimeout: 300_000,
          // Each starts an editor of its own, and one is enough for a small machine.
          fileParallelism: false,
          // A real editor answers late where the machine is busy.
          retry: 2,
        },
      },
      {
        extends: true,
        test: { name: 'house', include: ['.config/*.test.ts'], testTimeout: 180_000 },
      },
    ],
  },
});
