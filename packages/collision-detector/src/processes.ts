import type { InvolvedProcess } from './finding.ts';
import type { PlacedSocket } from './placed-socket.ts';

/**
 * Names a process as a person would, or gives the words for none.
 *
 * @example
 * nameProcess({ name: 'envoy', pid: 51435, fd: 121 }, 'the proxy') // 'envoy (pid 51435, fd 121)'
 */
export function nameProcess(
  process: Omit<InvolvedProcess, 'role'> | undefined,
  none: string,
): string {
  if (process === undefined) return none;
  const { name, pid, fd } = process;
  if (pid === null) return name;
  return fd === null ? `${name} (pid ${pid})` : `${name} (pid ${pid}, fd ${fd})`;
}

/** Gives the processes of sockets with their part in the matter, each once. */
export function involved(role: string, sockets: readonly PlacedSocket[]): InvolvedProcess[] {
  const processes = sockets.flatMap(({ socket }) => socket.process);
  // netstat names the process without the descriptor; where ss names it too, that says more.
  const withDescriptor = new Set(processes.flatMap(({ pid, fd }) => (fd === null ? [] : pid)));
  const found = new Map<string, InvolvedProcess>();
  for (const { name, pid, fd } of processes) {
    if (fd === null && withDescriptor.has(pid)) continue;
    found.set(`${pid} ${fd}`, { role, name, pid, fd });
  }
  return [...found.values()];
}
