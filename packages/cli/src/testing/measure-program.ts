import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { peakOfProcess } from './peak-of-process.ts';

/** What a program took from its start to its end. */
export interface Measured {
  /** CPU seconds, of the user and of the system. */
  readonly seconds: number;
  /** Most bytes that it had in memory; 0 where there is no /proc to ask. */
  readonly peak: number;
}

/** Milliseconds between two looks at a program's memory. */
const PAUSE = 20;

/** Says whether a program can be run by its name. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
}

/** Runs a program, its output thrown away; throws an Error where it does not succeed. */
export async function measureProgram(command: readonly string[]): Promise<Measured> {
  const script = '"$@" > /dev/null 2>&1 || exit; times';
  const shell = spawn('sh', ['-c', script, 'sh', ...command], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOfChild(shell.pid));
  }, PAUSE);
  const [times, [status]] = await Promise.all([text(shell.stdout), once(shell, 'close')]);
  clearInterval(timer);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with status ${status}`);
  return { seconds: secondsOfChildren(times), peak };
}

/** Reads what POSIX's `times` prints: a line of the shell itself, then one of its children. */
function secondsOfChildren(times: string): number {
  let seconds = 0;
  const [, line = ''] = times.split('\n');
  for (const [, minutes, rest] of line.matchAll(/(\d+)m([\d.]+)s/g)) {
    seconds += Number(minutes) * 60 + Number(rest);
  }
  return seconds;
}

/** The only child of a process is the program that it runs. */
function peakOfChild(pid: number | undefined): number {
  try {
    return peakOfProcess(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
  } catch {
    // It has ended, or this system has no /proc.
    return 0;
  }
}
