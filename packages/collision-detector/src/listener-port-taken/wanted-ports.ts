import { capturesOf, findSocketErrors, type Incident, placeOf } from '@tuplescope/incident';
import type { Evidence } from '../finding.ts';
import type { LocalPortRange } from '../local-port-range.ts';
import { rulePorts } from './rule-ports.ts';
import type { WantedBy, WantedPorts } from './wanted-port.ts';

/** So many records of one port are enough. */
const ENOUGH = 4;

/**
 * Finds the ports that somebody wants to listen on and that the kernel may give to a connect: by
 * programs that could not, by rules that need the listener, by the listeners of other snapshots.
 */
export function wantedPorts(
  incident: Incident,
  range: LocalPortRange,
): ReadonlyMap<number, WantedPorts> {
  const found = new Map<number, { by: WantedBy[]; evidence: Evidence[] }>();
  const add = (port: number, by: WantedBy, evidence: () => Evidence): void => {
    if (port < range.low || port > range.high) return;
    const wanted = found.get(port) ?? { by: [], evidence: [] };
    found.set(port, wanted);
    if (!wanted.by.includes(by)) wanted.by.push(by);
    if (wanted.evidence.length < ENOUGH) wanted.evidence.push(evidence());
  };
  for (const { code, wanted, port, place } of findSocketErrors(incident.captures)) {
    if (code !== 'EADDRINUSE' || wanted === 'connect' || port === null) continue;
    const says = `A program could not listen on port ${port}: EADDRINUSE.`;
    add(port, 'error', () => ({ ...place, packet: null, says }));
  }
  for (const { port, evidence } of rulePorts(incident)) add(port, 'rule', () => evidence);
  addListeners(incident, add);
  const ports = [...found].map(([port, { by, evidence }]): [number, WantedPorts] => {
    return [port, { ports: [port], by: by as [WantedBy, ...WantedBy[]], evidence }];
  });
  return new Map(ports);
}

function addListeners(
  { snapshots }: Incident,
  add: (port: number, by: WantedBy, evidence: () => Evidence) => void,
): void {
  for (const { captures } of snapshots) {
    for (const capture of capturesOf(captures, 'ss')) {
      const { table } = capture.content;
      for (let row = 0; row < table.length; row++) {
        if (table.stateAt(row) !== 'LISTEN') continue;
        const port = table.portAt(row, 'local');
        if (port === null) continue;
        const says = `In this snapshot a process listens on port ${port}.`;
        add(port, 'listener', () => {
          return { ...placeOf(capture, table.at(row).source), packet: null, says };
        });
      }
    }
  }
}
