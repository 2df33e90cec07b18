import { indexOfByte, isBlank, isDigit, skipBlanks, startsWithAt, wordEnd } from '@tuplescope/scan';
import type { LineStamp } from './line-stamp.ts';

/** Names of severities, 0 to 7, as dmesg and OpenWrt's logread print them. */
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

/**
 * Reads what says how much a message matters: `<4>` (`dmesg -r`, syslog: RFC 5424 section 6.2.1),
 * `kern  :warn  : ` (`dmesg -x`), or `4,1234,874407272,-;` (/dev/kmsg, which has the uptime in
 * microseconds too). Gives the offset after it, or `at` where there is none.
 */
export function readPriority(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): number {
  const first = bytes[at];
  if (first === 0x3c) return readBracketed(bytes, at, end, stamp);
  if (first === 0x6b && startsWithAt(bytes, at, end, 'kern')) {
    return readDecoded(bytes, at, end, stamp);
  }
  return isDigit(first) ? readKmsg(bytes, at, end, stamp) : at;
}

/** Reads `kern.warn` into the stamp, as OpenWrt's logread prints it; false where it is none. */
export function readFacilityAndLevel(
  bytes: Uint8Array,
  start: number,
  end: number,
  stamp: LineStamp,
): boolean {
  if (!startsWithAt(bytes, start, end, 'kern.')) return false;
  return readLevel(bytes, start + 5, end, stamp);
}

function readBracketed(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): number {
  const close = indexOfByte(bytes, 0x3e, at, Math.min(end, at + 5));
  if (close < at + 2 || !setPriority(bytes, at + 1, close, stamp)) return at;
  return close + 1;
}

function setPriority(bytes: Uint8Array, start: number, end: number, stamp: LineStamp): boolean {
  let value = 0;
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i])) return false;
    value = value * 10 + (bytes[i] as number) - 48;
  }
  // Facilities go to 23: 23 * 8 + 7 (RFC 5424 section 6.2.1).
  if (start === end || value > 191) return false;
  stamp.facility = value >> 3;
  stamp.level = value & 7;
  return true;
}

function readDecoded(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): number {
  const colon = skipBlanks(bytes, at + 4, end);
  if (bytes[colon] !== 0x3a) return at;
  const levelEnd = indexOfByte(bytes, 0x3a, colon + 1, Math.min(end, colon + 10));
  if (levelEnd < 0 || !readLevel(bytes, colon + 1, levelEnd, stamp)) return at;
  return isBlank(bytes[levelEnd + 1]) ? levelEnd + 2 : levelEnd + 1;
}

function readLevel(bytes: Uint8Array, start: number, end: number, stamp: LineStamp): boolean {
  const nameEnd = wordEnd(bytes, start, end);
  const level = LEVELS.findIndex(
    (name) => name.length === nameEnd - start && startsWithAt(bytes, start, end, name),
  );
  if (level < 0) return false;
  stamp.facility = 0;
  stamp.level = level;
  return true;
}

function readKmsg(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): number {
  const sequence = indexOfByte(bytes, 0x2c, at, Math.min(end, at + 4));
  if (sequence < 0) return at;
  const time = indexOfByte(bytes, 0x2c, sequence + 1, Math.min(end, sequence + 22));
  const flags = time < 0 ? -1 : indexOfByte(bytes, 0x2c, time + 1, Math.min(end, time + 22));
  const close = flags < 0 ? -1 : indexOfByte(bytes, 0x3b, flags, Math.min(end, flags + 40));
  if (close < 0) return at;
  let microseconds = 0;
  for (let i = time + 1; i < flags; i++) {
    if (!isDigit(bytes[i])) return at;
    microseconds = microseconds * 10 + (bytes[i] as number) - 48;
  }
  if (!setPriority(bytes, at, sequence, stamp)) return at;
  stamp.uptime = microseconds / 1_000_000;
  return close + 1;
}
