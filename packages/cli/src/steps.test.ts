import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showSteps } from './steps.ts';
import type { TerminalOptions } from './terminal.ts';
import { collectText } from './testing/run-command.ts';

/** Reads two files, a second each, and gives what stands on standard error. */
function watch(options: TerminalOptions, isTerminal = true): string {
  const stderr = collectText(isTerminal);
  const stdout = collectText(true).stream;
  const terminal = { stdin: Readable.from([]), stdout, stderr: stderr.stream, env: {} };
  let time = 0;
  const steps = showSteps(terminal, options, () => time);
  const files = [{ path: 'ss.txt' }, { path: 'lo\u001b[2J.pcap' }];
  for (const _ of steps.eachFile(files)) time += 1000;
  steps.say('looking for collisions');
  steps.clear();
  steps.clear();
  return stderr.text();
}

describe('showSteps', () => {
  it('names files and steps on a terminal after the first second, and leaves nothing behind', () => {
    expect(watch({})).toBe(
      ['reading 2 of 2: lo\\x1b[2J.pcap …', 'looking for collisions …', '']
        .map((line) => `\r\u001b[K${line}`)
        .join(''),
    );
  });

  it('is silent where nobody watches, and does what it is told', () => {
    expect(watch({}, false)).toBe('');
    expect(watch({ progress: true }, false)).toContain('looking for collisions');
    expect(watch({ progress: false })).toBe('');
    expect(watch({ progress: true, quiet: true })).toBe('');
  });
});
