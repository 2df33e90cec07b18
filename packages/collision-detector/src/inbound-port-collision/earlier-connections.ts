import { capturesOf, type Incident } from '@tuplescope/incident';
import { formatEndpoint, normalizeAddress, type Tuple, tupleKey } from '@tuplescope/net';
import { fullTuple } from '../entries.ts';
import { interceptionPorts } from '../interception-ports.ts';
import type { JoinedAttempt } from '../join-attempts.ts';

/**
 * Finds, for connects that met another connection's socket, that other connection by its entry: of
 * the same client port, to the same proxy, established, to another port of the pod.
 */
export function earlierConnections(
  incident: Incident,
  attempts: readonly JoinedAttempt[],
): (attempt: JoinedAttempt) => Tuple | null {
  const found = new Map<string, Tuple[]>();
  const wanted = new Uint8Array(65_536);
  for (const attempt of attempts) {
    wanted[attempt.port] = 1;
    found.set(keyOf(attempt.client, attempt.port), []);
  }
  if (attempts.length > 0) collect(incident, wanted, found);
  return ({ client, port, tuple }) => {
    const tuples = found.get(keyOf(client, port)) ?? [];
    const isOther = (other: Tuple): boolean =>
      tuple === null || tupleKey(other) !== tupleKey(tuple);
    return tuples.find(isOther) ?? null;
  };
}

function collect(
  incident: Incident,
  wanted: Uint8Array,
  found: ReadonlyMap<string, Tuple[]>,
): void {
  const ports = interceptionPorts(incident, 'inbound');
  for (const { content } of capturesOf(incident.captures, 'conntrack')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      const sport = table.portAt(row, 'origSrc');
      if (sport === null || wanted[sport] !== 1) continue;
      if (!ports.has(table.portAt(row, 'replySrc') ?? -1)) continue;
      // The one that met the socket was not established at that time.
      if (!table.assuredAt(row)) continue;
      const tuple = fullTuple(table.at(row).orig);
      if (tuple !== null) found.get(keyOf(tuple.src, tuple.sport))?.push(tuple);
    }
  }
}

function keyOf(address: string, port: number): string {
  return formatEndpoint({ address: normalizeAddress(address), port });
}
