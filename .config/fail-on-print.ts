import { afterEach, beforeEach, expect, vi } from 'vitest';

// A test that prints hides a surprise in the noise; the run must stay quiet to be read.
const methods = ['debug', 'error', 'info', 'log', 'warn'] as const;

beforeEach(() => {
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation(() => undefined);
  }
});

afterEach(() => {
  for (const method of methods) {
    const printed = vi.mocked(console[method]).mock.calls;
    expect(printed, `the test printed with console.${method}`).toEqual([]);
  }
  vi.restoreAllMocks();
});
