import { readUnsigned } from '@tuplescope/scan';

const MINUS = 0x2d;

/**
 * Reads the length of a queue, or gives -1. `ss` prints no leading zero, and lengths from 2^31 on
 * as negative numbers.
 */
export function readQueue(bytes: Uint8Array, at: number, stop: number): number {
  if (bytes[at] === 0x30) return stop === at + 1 ? 0 : -1;
  if (bytes[at] === MINUS) {
    const magnitude = readUnsigned(bytes, at + 1, stop);
    return magnitude > 0 && magnitude <= 0x80000000 ? 0x100000000 - magnitude : -1;
  }
  const length = readUnsigned(bytes, at, stop);
  return length <= 0xffffffff ? length : -1;
}
