import { capturesOf, type Incident } from '@tuplescope/incident';

/** So many listening sockets are looked at for a process. */
const ENOUGH = 1000;

/**
 * Gives what writes a command for this pod's network namespace: by the pid of a process in it, the
 * proxy's where a listing names it.
 *
 * @example
 * podCommand(incident)('conntrack -L') // 'nsenter -t 112 -n conntrack -L'
 */
export function podCommand(incident: Incident): (command: string) => string {
  const pid = pidInPod(incident) ?? '<pid of the proxy>';
  return (command) => `nsenter -t ${pid} -n ${command}`;
}

/** Of the last listing that names processes: who listens on an interception port, else who listens. */
function pidInPod({ snapshots, interception }: Incident): number | null {
  const ports = new Set(interception.map(({ port }) => port));
  for (const { captures } of snapshots.toReversed()) {
    let other: number | null = null;
    for (const { content } of capturesOf(captures, 'ss')) {
      const { table } = content;
      let seen = 0;
      for (let row = 0; row < table.length && seen < ENOUGH; row++) {
        if (table.stateAt(row) !== 'LISTEN') continue;
        seen++;
        const pid = table.at(row).process[0]?.pid ?? null;
        if (pid !== null && ports.has(table.portAt(row, 'local') ?? -1)) return pid;
        other ??= pid;
      }
    }
    if (other !== null) return other;
  }
  return null;
}
