import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showProgress } from './progress.ts';
import type { TerminalOptions } from './terminal.ts';
import { collectText } from './testing/run-command.ts';

/** Runs 4096 records, a millisecond each, and gives what stands on standard error. */
function watch(options: TerminalOptions, { toTerminal = false, fromTerminal = true } = {}): string {
  const stderr = collectText(fromTerminal);
  const stdout = collectText(toTerminal).stream;
  const terminal = { stdin: Readable.from([]), stdout, stderr: stderr.stream, env: {} };
  let time = 0;
  const progress = showProgress(terminal, options, () => time);
  for (let count = 1; count <= 4096; count++) {
    time++;
    progress.tell(count);
  }
  progress.clear();
  return stderr.text();
}

describe('showProgress', () => {
  it('counts on a terminal after the first second, and leaves nothing behind', () => {
    expect(watch({})).toBe(
      '\r\u001b[K1,024 records\r\u001b[K2,048 records\r\u001b[K3,072 records\r\u001b[K4,096 records\r\u001b[K',
    );
  });

  it('is silent where nobody watches, or the records pass by themselves', () => {
    expect(watch({}, { fromTerminal: false })).toBe('');
    expect(watch({}, { toTerminal: true })).toBe('');
  });

  it('does what it is told', () => {
    expect(watch({ progress: true }, { fromTerminal: false })).toContain('4,096 records');
    expect(watch({ progress: false })).toBe('');
    expect(watch({ progress: true, quiet: true })).toBe('');
  });
});
