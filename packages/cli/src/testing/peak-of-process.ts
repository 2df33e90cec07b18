import { readFileSync } from 'node:fs';

/**
 * Gives the most bytes that a process had in memory so far; 0 where it has ended, or where there is
 * no /proc. Unlike getrusage(2) it does not count what its parent had when it was forked.
 */
export function peakOfProcess(pid: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
