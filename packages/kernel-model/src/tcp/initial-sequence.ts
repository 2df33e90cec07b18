import { type Tuple, tupleKey } from '@tuplescope/net';

/** The clock of initial sequence numbers ticks once in 64 ns (RFC 9293 section 3.4.1). */
const TICKS_A_SECOND = 15_625_000;

/**
 * Gives the initial sequence number of a connection: a hash of its tuple plus a clock that goes round
 * in 274.88 s. So two SYNs of one tuple lie as far apart as their times.
 *
 * @param tuple before NAT.
 * @param at seconds.
 * @param secret stands for the kernel's own random key.
 */
export function initialSequence(tuple: Tuple, at: number, secret = 0): number {
  let hash = 0x811c9dc5 ^ secret;
  for (const character of tupleKey(tuple)) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return (hash + Math.floor(at * TICKS_A_SECOND)) >>> 0;
}
