/**
 * Mixes a tuple into 32 bits: each word by an odd factor of its own, so that the products need not
 * wait for each other, and the sum by half of MurmurHash3's finaliser.
 *
 * @param ports source port in the upper half, destination port in the lower.
 * @param scope address family and zone.
 */
export function tupleHash(src: number, dst: number, ports: number, scope: number): number {
  const sum =
    Math.imul(src ^ scope, 0x85ebca6b) + Math.imul(dst, 0xc2b2ae35) + Math.imul(ports, 0x27d4eb2f);
  const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Two ports in one word. */
export function packPorts(sport: number, dport: number): number {
  return (sport << 16) | dport;
}

/** Address family and zone in one word. */
export function packScope(family: number, zone: number): number {
  return (family << 16) | zone;
}
