import { capturesOf, type Incident } from '@tuplescope/incident';

/** So many sockets of each kind are looked at for a process. */
const ENOUGH = 1000;

/** Looked for once, however many findings an incident has. */
const pids = new WeakMap<Incident, number | string>();

/**
 * Gives what writes a command for this pod's network namespace: by the pid of a process in it, the
 * proxy's where a listing names it.
 *
 * @example
 * podCommand(incident)('conntrack -L') // 'nsenter -t 112 -n conntrack -L'
 */
export function podCommand(incident: Incident): (command: string) => string {
  const pid = pids.get(incident) ?? pidInPod(incident) ?? '<pid of the proxy>';
  pids.set(incident, pid);
  return (command) => `nsenter -t ${pid} -n ${command}`;
}

/**
 * Of the last listing that names processes: who listens on an interception port, else who listens on
 * another, else whoever has a connection.
 */
function pidInPod({ snapshots, interception }: Incident): number | null {
  const ports = new Set(interception.map(({ port }) => port));
  for (const { captures } of snapshots.toReversed()) {
    let other: number | null = null;
    let connected: number | null = null;
    for (const { content } of capturesOf(captures, 'ss')) {
      const { table } = content;
      let [listeners, connections] = [0, 0];
      for (let row = 0; row < table.length; row++) {
        const isListener = table.stateAt(row) === 'LISTEN';
        if (isListener ? ++listeners > ENOUGH : ++connections > ENOUGH) continue;
        const port = table.portAt(row, 'local');
        const pid = port === null ? null : (table.at(row).process[0]?.pid ?? null);
        if (isListener && pid !== null && ports.has(port ?? -1)) return pid;
        if (isListener) other ??= pid;
        else connected ??= pid;
      }
    }
    const found = other ?? connected;
    if (found !== null) return found;
  }
  return null;
}
