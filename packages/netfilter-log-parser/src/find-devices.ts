import { skipBlanks, startsWithAt } from '@tuplescope/scan';

/** A device name has at most 15 bytes (IFNAMSIZ less the NUL). */
const LONGEST_NAME = 15;
const C = 0x43;
const I = 0x49;
const N = 0x4e;
const O = 0x4f;
const S = 0x53;
const EQUALS = 0x3d;
/** What the kernel prints behind `OUT=…`, other than `SRC=`. */
const FOLLOWERS = ['MAC', 'PHYS', 'ARP ', 'TRUNCATED', 'TUNNEL='];

/** Where the fields of a LOG line begin. */
export class DevicePlace {
  /** Offset of `IN=`, or -1. */
  start = -1;
  /** Offset after the name behind `IN=`. */
  inEnd = -1;
  /** Offset of the name behind `OUT=`. */
  outStart = -1;
  /** Offset after it. */
  outEnd = -1;
  /** Offset of the first `SRC=` that begins a word, where there is no `IN=`; or -1. */
  source = -1;
}

/**
 * Finds `IN=eth0 OUT= ` in a message. The LOG prefix before it has up to 127 bytes of any text and
 * no separator: `PREFIXIN=eth0 OUT=` happens, and so does a prefix that has an `IN=` of its own, so
 * the first place that reads as both devices with a field of the packet behind them is taken.
 */
export function findDevices(bytes: Uint8Array, at: number, end: number, place: DevicePlace): void {
  place.start = -1;
  place.source = -1;
  for (let i = at + 2; i < end; i++) {
    if (bytes[i] !== EQUALS) continue;
    if (bytes[i - 1] === N && bytes[i - 2] === I) {
      if (isDevices(bytes, i - 2, end, place)) return;
    } else if (bytes[i - 1] === C && place.source < 0 && isSource(bytes, i - 3, at)) {
      place.source = i - 3;
    }
  }
}

function isSource(bytes: Uint8Array, at: number, start: number): boolean {
  const begins = at === start || (at > start && (bytes[at - 1] as number) <= 0x20);
  return begins && isSourceKey(bytes, at);
}

function isSourceKey(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === S && bytes[at + 1] === 0x52 && bytes[at + 2] === C && bytes[at + 3] === EQUALS
  );
}

function isDevices(bytes: Uint8Array, start: number, end: number, place: DevicePlace): boolean {
  const inEnd = nameEnd(bytes, start + 3, end);
  const out = skipBlanks(bytes, inEnd, end);
  if (out === inEnd || bytes[out] !== O || !startsWithAt(bytes, out, end, 'OUT=')) return false;
  const outEnd = nameEnd(bytes, out + 4, end);
  const next = skipBlanks(bytes, outEnd, end);
  if (next < end && next === outEnd) return false;
  if (next < end && !isSourceKey(bytes, next) && !isFollower(bytes, next, end)) return false;
  place.start = start;
  place.inEnd = inEnd;
  place.outStart = out + 4;
  place.outEnd = outEnd;
  return true;
}

function isFollower(bytes: Uint8Array, at: number, end: number): boolean {
  return FOLLOWERS.some((follower) => startsWithAt(bytes, at, end, follower));
}

/** A name has no `=` here: where one stands, `IN=IN=eth0`, the first `IN=` is of the prefix. */
function nameEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST_NAME);
  let i = start;
  while (i < limit && (bytes[i] as number) > 0x20 && bytes[i] !== EQUALS) i++;
  return i;
}
