import type { TcpOptions } from '@tuplescope/net';

const NOP = [1];

/**
 * Lays TCP options out as Linux does: MSS, then SACK permitted and timestamps in four-byte groups, then
 * window scale, then SACK blocks; 40 bytes at most.
 */
export function optionBytes(options: TcpOptions = {}): number[] {
  const { mss, sackOK, ts, wscale, sack } = options;
  const bytes: number[] = [];
  if (mss !== undefined) bytes.push(2, 4, ...bigEndian(mss, 2));
  if (ts !== undefined) {
    bytes.push(...(sackOK ? [4, 2] : [...NOP, ...NOP]), 8, 10);
    bytes.push(...bigEndian(ts[0], 4), ...bigEndian(ts[1], 4));
  } else if (sackOK) {
    bytes.push(...NOP, ...NOP, 4, 2);
  }
  if (wscale !== undefined) bytes.push(...NOP, 3, 3, wscale);
  if (sack !== undefined && sack.length > 0) {
    bytes.push(...NOP, ...NOP, 5, 2 + 8 * sack.length);
    for (const [left, right] of sack) bytes.push(...bigEndian(left, 4), ...bigEndian(right, 4));
  }
  return bytes;
}

function bigEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => (value >>> (8 * (length - 1 - i))) & 0xff);
}
