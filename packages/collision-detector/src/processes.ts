import type { InvolvedProcess } from './finding.ts';
import type { PlacedSocket } from './stale-sockets.ts';

/** Names a process as a person would, or gives the words for none. */
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
  const seen = new Map<string, InvolvedProcess>();
  for (const { socket } of sockets) {
    for (const { name, pid, fd } of socket.process) {
      seen.set(`${pid} ${fd}`, { role, name, pid, fd });
    }
  }
  // netstat names the process without the descriptor; where ss names it too, that says more.
  const list = [...seen.values()];
  return list.filter(
    ({ pid, fd }) => fd !== null || !list.some((other) => other.pid === pid && other.fd !== null),
  );
}
