import { isAnyAddress, isLoopback, normalizeAddress } from '@tuplescope/net';
import { type Capture, capturesOf } from './capture.ts';

/** So many connections of a listing are enough to know the pod's addresses. */
const ENOUGH = 10_000;

/** Netids of TCP: none where the listing is of TCP alone, `tcp6` of netstat. */
const TCP = new Set([null, 'tcp', 'tcp6']);

/**
 * Finds the pod's own addresses: the local addresses of its TCP sockets that are neither loopback
 * nor any, the most used first.
 *
 * @example
 * findPodAddresses(captures) // ['172.29.73.7']
 */
export function findPodAddresses(captures: readonly Capture[]): string[] {
  const counts = new Map<string, number>();
  for (const { content } of capturesOf(captures, 'ss')) {
    const { table } = content;
    let counted = 0;
    for (let row = 0; row < table.length && counted < ENOUGH; row++) {
      const isConnection = table.portAt(row, 'local') !== null && table.stateAt(row) !== 'LISTEN';
      if (!isConnection || !TCP.has(table.netidAt(row))) continue;
      counted++;
      const address = normalizeAddress(table.addressAt(row, 'local'));
      if (!/^[\da-f.:]+$/.test(address) || isLoopback(address) || isAnyAddress(address)) continue;
      counts.set(address, (counts.get(address) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([address]) => address);
}
