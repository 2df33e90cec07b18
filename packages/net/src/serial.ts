/**
 * Adds to a sequence number, modulo 2^32 (RFC 9293 section 3.4).
 *
 * @example
 * addSerial(4294967295, 2) // 1
 */
export function addSerial(a: number, n: number): number {
  return (a + n) >>> 0;
}

/**
 * Gives how far `a` lies ahead of `b` on the 2^32 circle, from -2^31 to 2^31 - 1.
 *
 * @example
 * serialDistance(1, 4294967295) // 2
 */
export function serialDistance(a: number, b: number): number {
  return (a - b) | 0;
}

/**
 * Says whether `a` comes before `b` on the 2^32 circle: the kernel's `before()`, include/net/tcp.h.
 * Numbers exactly 2^31 apart come before each other both ways, as in the kernel.
 *
 * @example
 * isBefore(4294967295, 0) // true
 */
export function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/**
 * Says whether `a` comes after `b` on the 2^32 circle: the kernel's `after()`, include/net/tcp.h.
 *
 * @example
 * isAfter(0, 4294967295) // true
 */
export function isAfter(a: number, b: number): boolean {
  return ((b - a) | 0) < 0;
}
