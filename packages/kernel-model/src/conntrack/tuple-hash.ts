/**
 * Mixes a tuple into 32 bits. The rounds are those of MurmurHash3's 32-bit finaliser, after each
 * word.
 *
 * @param ports source port in the upper half, destination port in the lower.
 * @param scope address family and zone.
 */
export function tupleHash(src: number, dst: number, ports: number, scope: number): number {
  let h = Math.imul(src ^ scope, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h ^ dst, 0xc2b2ae35);
  h ^= h >>> 13;
  h = Math.imul(h ^ ports, 0x27d4eb2f);
  h ^= h >>> 16;
  return h;
}

/** Two ports in one word. */
export function packPorts(sport: number, dport: number): number {
  return (sport << 16) | dport;
}

/** Address family and zone in one word. */
export function packScope(family: number, zone: number): number {
  return (family << 16) | zone;
}
