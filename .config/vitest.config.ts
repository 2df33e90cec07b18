import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const conditions = ['@tuplescope/source'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Tests import workspace packages from source, so no build has to run first.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The machine does nothing else meanwhile.
    maxWorkers: '100%',
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
          globalSetup: ['./apps/vscode/e2e/prepare.ts'],
          testTimeout: 150_000,
          hookTimeout: 300_000,
          // After all others: a real editor waits for much, and needs the machine for itself.
          sequence: { groupOrder: 1 },
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
