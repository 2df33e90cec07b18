import { u32In } from './byte-order.ts';
import { findRecord, isLikely } from './find-record.ts';
import { FAR, MOST_BELIEVED, MOST_CAPTURED } from './record-limits.ts';
import type { SectionInterface } from './section.ts';
import { keepTime, lose, starve, type Walk } from './walk.ts';

/**
 * Takes the walk over a pcap to its next packet; false where the window ends before it does.
 *
 *     seconds 4 | micro- or nanoseconds 4 | bytes captured 4 | bytes on the wire 4 |
 *     (modified: interface 4 | protocol 2 | type 1 | padding 1 |) the packet
 */
export function nextRecord(walk: Walk): boolean {
  const { section } = walk;
  const { isLittle, headerLength, fractions } = section;
  for (;;) {
    if (walk.lostAt >= 0 && !findRecord(walk)) return false;
    const { view, at, end } = walk;
    const data = at + headerLength;
    if (data > end) return cutHeader(walk);
    const seconds = view.getUint32(at, isLittle);
    const fraction = view.getUint32(at + 4, isLittle);
    const captured = view.getUint32(at + 8, isLittle);
    const wire = view.getUint32(at + 12, isLittle);
    const isWhole = captured === wire && captured <= MOST_CAPTURED && captured > 0;
    const isCut = captured < wire && captured === section.snapLength && captured <= MOST_CAPTURED;
    if ((!isWhole && !isCut) || fraction >= fractions) {
      const verdict = judge(walk);
      if (verdict === 'wait') return false;
      if (verdict === 'damaged') continue;
    } else if (section.snapLength > 0 && captured > section.snapLength) {
      tellOverSnapLength(walk, captured);
    }
    const next = data + captured;
    if (next > end) {
      if (!walk.isLast) return starve(walk, next - at);
      lose(walk, `${captured} bytes of packet ${walk.n + 1}`, `${end - data} bytes, then the end`);
      continue;
    }
    walk.n++;
    walk.start = at;
    walk.at = next;
    walk.dataStart = data;
    walk.dataEnd = next;
    walk.wire = wire;
    setTime(walk, seconds, fraction);
    if (headerLength === 24) setInterface(walk, view.getUint32(at + 16, isLittle));
    keepTime(walk);
    return true;
  }
}

/** A fraction of a second or more is carried over. */
function setTime(walk: Walk, seconds: number, fraction: number): void {
  const { fractions, nanosecondsOfFraction } = walk.section;
  const surplus = fraction < fractions ? 0 : Math.floor(fraction / fractions);
  walk.seconds = seconds + surplus;
  walk.nanoseconds = (fraction - surplus * fractions) * nanosecondsOfFraction;
}

function setInterface(walk: Walk, index: number): void {
  const { number } = walk.section.interfaces[0] as SectionInterface;
  walk.interfaceNumber = walk.interfaces.withIndex(number, index);
}

/** The window ends inside a header, or where one would begin. */
function cutHeader(walk: Walk): boolean {
  const { at, end, section } = walk;
  if (!walk.isLast) return starve(walk, section.headerLength);
  if (at < end) {
    walk.damage.add({
      severity: 'error',
      start: walk.base + at,
      end: walk.base + end,
      expected: `the ${section.headerLength} bytes of a packet's header`,
      found: `${end - at} bytes, then the end`,
    });
    walk.at = end;
  }
  return starve(walk, section.headerLength);
}

function tellOverSnapLength(walk: Walk, captured: number): void {
  walk.damage.tally('snap length', {
    severity: 'warning',
    start: walk.base + walk.at,
    end: walk.base + walk.at + walk.section.headerLength,
    expected: `at most ${walk.section.snapLength} bytes of a packet, the snap length`,
    found: `${captured} bytes`,
  });
}

/**
 * Judges a header that is not as headers nearly always are: the packet is believed if another
 * header, near in time, or the end of the file follows it.
 */
function judge(walk: Walk): 'fine' | 'damaged' | 'wait' {
  const { bytes, at, end, section } = walk;
  const { isLittle, headerLength, fractions, snapLength } = section;
  const captured = u32In(bytes, at + 8, isLittle);
  const wire = u32In(bytes, at + 12, isLittle);
  const most = Math.max(MOST_CAPTURED, Math.min(snapLength, MOST_BELIEVED));
  if (captured > most) {
    lose(walk, `at most ${most} bytes of packet ${walk.n + 1}`, `a length of ${captured}`);
    return 'damaged';
  }
  if (isZero(bytes, at, at + headerLength)) {
    lose(walk, `the header of packet ${walk.n + 1}`, 'bytes of zero');
    return 'damaged';
  }
  const next = at + headerLength + captured;
  if (next + headerLength > end && !walk.isLast) {
    starve(walk, next + headerLength - at);
    return 'wait';
  }
  if (next > end) {
    const rest = `${end - at - headerLength} bytes, then the end`;
    lose(walk, `${captured} bytes of packet ${walk.n + 1}`, rest);
    return 'damaged';
  }
  if (next + headerLength <= end && !mayFollow(walk, next, u32In(bytes, at, isLittle), most)) {
    const expected = `a packet after the ${captured} bytes of packet ${walk.n + 1}`;
    lose(walk, expected, 'no header of one there');
    return 'damaged';
  }
  const start = walk.base + at;
  const place = { severity: 'warning', start, end: start + headerLength } as const;
  if (snapLength > 0 && captured > snapLength) tellOverSnapLength(walk, captured);
  if (captured > wire) {
    const expected = `no more bytes captured than the packet had, ${wire}`;
    walk.damage.tally('captured', { ...place, expected, found: `${captured}` });
  }
  const fraction = u32In(bytes, at + 4, isLittle);
  if (fraction >= fractions) {
    const expected = `a fraction of a second under ${fractions}`;
    walk.damage.tally('fraction', { ...place, expected, found: `${fraction}` });
  }
  return 'fine';
}

/** A header that is near in time may be odd; one that is not (a merged file) may not. */
function mayFollow(walk: Walk, at: number, seconds: number, most: number): boolean {
  const { bytes, section } = walk;
  const isNear = Math.abs(u32In(bytes, at, section.isLittle) - seconds) <= FAR;
  if (!isNear) return isLikely(walk, at);
  return (
    u32In(bytes, at + 8, section.isLittle) <= most && !isZero(bytes, at, at + section.headerLength)
  );
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}
