import type { Random } from './random.ts';

/** Ports tried from one starting point. */
const ATTEMPTS = 128;
/** Fewer are not worth another starting point. */
const LEAST_ATTEMPTS = 16;
/** The last attempts of a round, in which a closing entry may be evicted. */
const EVICTING_ATTEMPTS = 32;

/** Asks whether a port would clash; `evict` allows to throw a closing entry out for it. */
export type IsTaken = (port: number, evict: boolean) => boolean;

/**
 * Searches a free port: up to 128 in a row from a random start, then half as many from another
 * start, and so on. A wide range is not searched to its end.
 *
 * @param fromStart begin at the first port (dst-port-from-start, destination NAT).
 * @returns the port; where every attempt met a taken one, the last that was tried: the connection will
 * clash when it is confirmed.
 */
export function choosePort(
  [first, last]: readonly [number, number],
  fromStart: boolean,
  random: Random,
  isTaken: IsTaken,
): number {
  const range = last - first + 1;
  let offset = fromStart ? 0 : random();
  let port = first;
  for (let attempts = Math.min(range, ATTEMPTS); ; attempts >>= 1, offset = random()) {
    for (let i = 0; i < attempts; i++) {
      port = first + ((offset + i) % range);
      if (!isTaken(port, attempts - i <= EVICTING_ATTEMPTS)) return port;
    }
    if (attempts >= range || attempts < LEAST_ATTEMPTS) return port;
  }
}

/**
 * The ports that may stand in for a source port: below 512 stays below 512, below 1024 stays
 * below 1024, all others are 1024 or above (iptables-extensions(8), SNAT).
 */
export function portsLike(port: number): readonly [number, number] {
  if (port < 512) return [1, 511];
  return port < 1024 ? [600, 1023] : [1024, 65_535];
}
