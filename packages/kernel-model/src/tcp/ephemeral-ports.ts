import type { SocketBehaviour } from '../behaviour.ts';
import { TrackerError } from '../tracker-error.ts';

/** What a search for an ephemeral port starts from. */
export interface PortSearch {
  /** ip_local_port_range, or the socket's own IP_LOCAL_PORT_RANGE. */
  readonly range: readonly [low: number, high: number];
  /** `range` is the socket's own. */
  readonly ownRange?: boolean;
  /** The kernel's hash of source, destination and destination port: 32 bits. */
  readonly hash: number;
  /** The host's counter, or the table's slot, before this connect. */
  readonly hint: number;
}

/**
 * Gives the ports that connect() tries, in order (__inet_hash_connect): those with the parity of the
 * range's first, from a start that hash and hint choose, then the others. So listeners that take any
 * port and connects keep out of each other's way.
 *
 * @throws {TrackerError} `bad-socket` for a range that ends before it begins.
 * @example
 * [...ephemeralPorts(behaviour, { range: [10, 15], hash: 0, hint: 2 })] // [12, 14, 10, 13, 15, 11]
 */
export function* ephemeralPorts(
  behaviour: SocketBehaviour,
  { range, ownRange = false, hash, hint }: PortSearch,
): Generator<number, void, undefined> {
  const { low, count } = span(range);
  const start = (hint + (hash >>> 0)) % count;
  // port-range-step-one: a range of the socket's own may be small, so no port is left for later.
  if (ownRange && behaviour.portRangeStepOne) {
    for (let i = 0; i < count; i++) yield low + ((start + i) % count);
    return;
  }
  const even = start - (start % 2);
  for (const parity of count > 1 ? [0, 1] : [0]) {
    for (let i = 0; i < count; i += 2) {
      const port = low + even + parity + i;
      yield port > range[1] ? port - count : port;
    }
  }
}

/**
 * Gives what counter or slot is after a connect.
 *
 * @param scanned how far the port that was taken lies from the first that was tried.
 * @param random 32 bits, of which the table adds three (perturbed-ports).
 */
export function nextHint(
  behaviour: SocketBehaviour,
  hint: number,
  scanned: number,
  random: number,
): number {
  const step = behaviour.portStart === 'table' ? Math.max(scanned, 2 * (random & 7)) : scanned;
  return (hint + step + 2) >>> 0;
}

/**
 * Gives the probability that a connect whose start nobody knows takes a given port: the start is even
 * in the range and all are alike, and each taken port hands its share to the next free one.
 *
 * Of a range of odd size the last port is reached from a taken one before it only.
 *
 * @param isTaken whether a port cannot be used for this destination.
 * @example
 * portProbability([32768, 60999], 44410, () => false) // 1 / 14116
 */
export function portProbability(
  range: readonly [low: number, high: number],
  port: number,
  isTaken: (port: number) => boolean,
): number {
  const { low, count } = span(range);
  const offset = port - low;
  if (offset < 0 || port > range[1] || isTaken(port)) return 0;
  if (count === 1) return 1;
  const starts = count / 2;
  const parity = offset % 2;
  if (parity === 1) {
    // Tried only when every port of the first parity is taken.
    for (let i = 0; i < count; i += 2) if (!isTaken(low + i)) return 0;
  }
  return countStarts(range, count, offset, isTaken) / starts;
}

/** How many starts lead to an offset: itself, and those from which every port on the way is taken. */
function countStarts(
  [low, high]: readonly [number, number],
  count: number,
  offset: number,
  isTaken: (port: number) => boolean,
): number {
  const parity = offset % 2;
  const seen = new Set([offset]);
  let starts = 0;
  // The set grows while it is walked: each taken port that leads here adds those that lead to it.
  for (const reached of seen) {
    if (reached - parity < count) starts++;
    for (const before of [reached - 2, reached - 2 + count]) {
      const isThere = before >= 0 && low + before <= high;
      const leadsHere = before === reached - 2 || low + before + 2 > high;
      if (isThere && leadsHere && isTaken(low + before)) seen.add(before);
    }
  }
  return starts;
}

/** The range's first port, and how many it has: an even number, but for a range of one. */
function span([low, high]: readonly [number, number]): { low: number; count: number } {
  const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
  if (!isPort(low) || !isPort(high) || low > high) {
    const expected = 'two ports from 1 to 65535, the smaller first';
    throw new TrackerError('bad-socket', 'range', [low, high], expected);
  }
  const ports = high - low + 1;
  return { low, count: ports > 1 ? ports - (ports % 2) : 1 };
}
