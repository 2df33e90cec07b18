import type { Capture } from '@tuplescope/incident';
import { type Endpoint, isSameAddress, normalizeAddress } from '@tuplescope/net';
import { ofKind } from './captures.ts';

/**
 * Finds the ports of a range that a connect to an endpoint cannot have: somebody listens there, or has
 * them to the same endpoint already.
 */
export function portsInUse(
  captures: readonly Capture[],
  [low, high]: readonly [low: number, high: number],
  to: Endpoint,
): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { content } of ofKind(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'local');
      if (port === null || port < low || port > high || used.has(port)) continue;
      const isListening = table.stateAt(row) === 'LISTEN';
      if (isListening || table.portAt(row, 'peer') !== to.port) {
        if (isListening) used.add(port);
        continue;
      }
      if (table.stateAt(row) === 'SYN-SENT') continue;
      if (isSameAddress(normalizeAddress(table.addressAt(row, 'peer')), to.address)) used.add(port);
    }
  }
  return used;
}

/**
 * Reads ip_local_reserved_ports: `8080,9000-9010`. Ranges that are none are left out.
 *
 * @example
 * reservedPorts('8080,9000-9010')(9005) // true
 */
export function reservedPorts(text: string): (port: number) => boolean {
  const ranges = text
    .split(',')
    .map((range) => /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(range))
    .filter((found) => found !== null)
    .map(([, first, last = first]) => [Number(first), Number(last)] as const);
  return (port) => ranges.some(([first, last]) => port >= first && port <= last);
}
