import { capturesOf, type Incident } from '@tuplescope/incident';

/** Gives the ports on which somebody listens in any listing. */
export function listeningPorts({ captures }: Incident): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const { content } of capturesOf(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      if (table.stateAt(row) !== 'LISTEN') continue;
      const port = table.portAt(row, 'local');
      if (port !== null) ports.add(port);
    }
  }
  return ports;
}
