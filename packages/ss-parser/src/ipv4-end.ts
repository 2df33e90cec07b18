import type { AddressColumn } from '@tuplescope/net';
import { BLANK, TAB, toBytes } from '@tuplescope/scan';
import { PORT } from './socket-columns.ts';

const STAR = 0x2a;
const DOT = 0x2e;
const COLON = 0x3a;
const CLOSE = 0x5d;

const MAPPED = toBytes('[::ffff:');

/**
 * Reads `172.29.73.7:44410`, `0.0.0.0:*` or `[::ffff:10.0.0.1]:443` in one pass into a row and gives
 * the offset after it, or -1 where anything else stands: most ends of most listings.
 */
export function readIpv4End(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  addresses: AddressColumn,
  ports: Uint32Array,
  kinds: Uint8Array,
): number {
  const isMapped = bytes[start] === MAPPED[0];
  let at = start;
  if (isMapped) {
    for (let i = 1; i < MAPPED.length; i++) if (bytes[start + i] !== MAPPED[i]) return -1;
    at += MAPPED.length;
  }
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      // The pool's readIpv4 refuses a leading zero too: octal to some tools.
      if (digits > 0 && part === 0) return -1;
      part = part * 10 + digit;
      digits++;
    } else {
      if (digits === 0 || part > 255) return -1;
      address = address * 256 + part;
      if (byte !== DOT) break;
      if (++dots > 3) return -1;
      part = 0;
      digits = 0;
    }
  }
  if (dots !== 3) return -1;
  if (isMapped) {
    if (bytes[at] !== CLOSE) return -1;
    at++;
  }
  if (at >= end || bytes[at] !== COLON) return -1;
  at++;
  if (bytes[at] === STAR) {
    at++;
    if (at < end && bytes[at] !== BLANK && bytes[at] !== TAB) return -1;
    kinds[row] = PORT.none;
  } else {
    const first = at;
    let port = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      port = port * 10 + digit;
    }
    if (at === first || at - first > 5 || port > 0xffff) return -1;
    if (at < end && bytes[at] !== BLANK && bytes[at] !== TAB) return -1;
    ports[row] = port;
    kinds[row] = PORT.number;
  }
  if (isMapped) addresses.setMappedIpv4(row, address);
  else addresses.setIpv4(row, address);
  return at;
}
