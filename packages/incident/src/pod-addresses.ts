import { isAnyAddress, isLoopback, normalizeAddress } from '@tuplescope/net';
import { type Capture, capturesOf } from './capture.ts';

/** So many sockets of a listing are enough to know the pod's addresses. */
const ENOUGH = 10_000;

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
    const rows = Math.min(content.table.length, ENOUGH);
    for (let row = 0; row < rows; row++) {
      const { netid, local, state } = content.table.at(row);
      if (netid !== null && netid !== 'tcp' && netid !== 'tcp6') continue;
      if (state === 'LISTEN' || local.port === null || !/^[\da-fA-F.:]+$/.test(local.address))
        continue;
      if (isLoopback(local.address) || isAnyAddress(local.address)) continue;
      const address = normalizeAddress(local.address);
      counts.set(address, (counts.get(address) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([address]) => address);
}
