import { BLANK, hexDigit, skipBlanks } from '@tuplescope/scan';
import type { BytePool } from './byte-pool.ts';
import { type Cursor, takeHex, takeText } from './cursor.ts';

/** The line is no line of a hex dump; the cursor stays. */
export const NO_HEX = -1;
/** The line's offset does not follow the lines above. */
export const MISPLACED = -2;

/**
 * Adds the bytes of one line of `-x`, `-X`, `-xx` or `-XX` to a pool and gives how many there were,
 * or NO_HEX or MISPLACED. `before` is how many bytes the lines above have.
 *
 *     0x0010:  7f00 0001 ad7a 3a99 03ef 1eba 0000 0000  .....z:.........
 */
export function takeHexLine(cursor: Cursor, pool: BytePool, before: number): number {
  const { bytes, at: start, end } = cursor;
  const offset = takeText(cursor, '0x') ? takeHex(cursor) : -1;
  if (offset < 0 || cursor.at - start < 6) {
    cursor.at = start;
    return NO_HEX;
  }
  takeText(cursor, ':');
  let at = skipBlanks(bytes, cursor.at, end);
  cursor.at = end;
  if (offset !== before) return MISPLACED;
  let count = 0;
  while (at + 1 < end && count < 16) {
    const high = hexDigit(bytes[at] as number);
    const low = hexDigit(bytes[at + 1] as number);
    if (high < 0 || low < 0) break;
    pool.addByte(high * 16 + low);
    count++;
    at += 2;
    // One blank separates pairs of bytes, two the bytes from the text beside them.
    if (bytes[at] === BLANK && count % 2 === 0) at++;
    if (bytes[at] === BLANK) break;
  }
  return count;
}

const HEX_DIGITS = '0123456789abcdef';

/** Writes bytes in hex. */
export function formatHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += `${HEX_DIGITS[byte >> 4]}${HEX_DIGITS[byte & 15]}`;
  return hex;
}

/** Lengths of the link headers that may precede the IP header: none, Ethernet, cooked, VLAN, cooked v2. */
const LINK_LENGTHS = [0, 14, 16, 18, 20, 22];

/**
 * Gives the sequence and acknowledgement numbers of the TCP header in a packet's bytes, or null
 * where there is none between these ports.
 */
export function readTcpNumbers(
  packet: Uint8Array,
  sport: number,
  dport: number,
): { seq: number; ack: number } | null {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  for (const ip of LINK_LENGTHS) {
    if (ip + 40 > packet.length) return null;
    const first = view.getUint8(ip);
    const isIpv4 = first >> 4 === 4 && view.getUint8(ip + 9) === 6;
    const isIpv6 = first >> 4 === 6 && view.getUint8(ip + 6) === 6;
    if (!isIpv4 && !isIpv6) continue;
    const tcp = ip + (isIpv4 ? (first & 15) * 4 : 40);
    if (tcp + 12 > packet.length) continue;
    if (view.getUint16(tcp) !== sport || view.getUint16(tcp + 2) !== dport) continue;
    return { seq: view.getUint32(tcp + 4), ack: view.getUint32(tcp + 8) };
  }
  return null;
}
