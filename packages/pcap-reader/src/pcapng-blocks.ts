import * as block from './block-types.ts';
import { u16In, u32In } from './byte-order.ts';
import { NO_LINK } from './link-type.ts';
import { addInterface } from './pcapng-interface.ts';
import { setTime } from './pcapng-time.ts';
import { newSection, type SectionInterface } from './section.ts';
import { keepTime, lose, recover, starve, type Walk } from './walk.ts';

/** A block may be this long: Wireshark takes no longer one either. */
const MOST_BLOCK = 16 << 20;
/** Where it is doubtful that a block begins, it is taken for one up to this length. */
const MOST_LIKELY = 1 << 20;

/**
 * Takes the walk over a pcapng to its next packet; false where the window ends before it does.
 *
 *     type 4 | length 4 | body, padded to 4 | the length again 4
 */
export function nextBlock(walk: Walk): boolean {
  for (;;) {
    if (walk.lostAt >= 0 && !findBlock(walk)) return false;
    const { bytes, at, end, section } = walk;
    if (at + 12 > end) return cutBlock(walk);
    const type = u32In(bytes, at, section.isLittle);
    const isLittle =
      type === block.SECTION_HEADER
        ? u32In(bytes, at + 8, true) === block.BYTE_ORDER_MAGIC
        : section.isLittle;
    const length = u32In(bytes, at + 4, isLittle);
    if (length < 12 || length > MOST_BLOCK) {
      loseBlock(walk, type, `a block of 12 to ${MOST_BLOCK} bytes`, `a length of ${length}`);
      continue;
    }
    const next = at + ((length + 3) & ~3);
    if (next > end) {
      if (!walk.isLast) return starve(walk, next - at);
      loseBlock(walk, type, `a block of ${length} bytes`, `${end - at} bytes, then the end`);
      continue;
    }
    const trailer = u32In(bytes, next - 4, isLittle);
    if (trailer !== length) {
      const expected = `the block's length, ${length}, at its end`;
      loseBlock(walk, type, expected, `${trailer}`);
      continue;
    }
    walk.start = at;
    walk.at = next;
    if (takeBlock(walk, type, next - 4, isLittle)) return true;
  }
}

/** An interface that cannot be read keeps its place, or those after it would take its number. */
function loseBlock(walk: Walk, type: number, expected: string, found: string): void {
  if (type === block.INTERFACE) walk.section.interfaces.push(UNREAD_INTERFACE);
  lose(walk, expected, found);
}

const UNREAD_INTERFACE: SectionInterface = {
  number: -1,
  linkType: NO_LINK,
  snapLength: 0,
  resolution: 6,
  offsetSeconds: 0,
};

function cutBlock(walk: Walk): boolean {
  const { at, end } = walk;
  if (walk.isLast && at < end) {
    walk.damage.add({
      severity: 'error',
      start: walk.base + at,
      end: walk.base + end,
      expected: 'a block of 12 bytes or more',
      found: `${end - at} bytes, then the end`,
    });
    walk.at = end;
  }
  return starve(walk, 12);
}

/** Takes what a block holds; true where that is a packet. `end` is where its body ends. */
function takeBlock(walk: Walk, type: number, end: number, isLittle: boolean): boolean {
  const body = walk.start + 8;
  switch (type) {
    case block.ENHANCED_PACKET:
      return takePacket(walk, end, false);
    case block.OLD_PACKET:
      return takePacket(walk, end, true);
    case block.SIMPLE_PACKET:
      return takeSimplePacket(walk, end);
    case block.INTERFACE:
      if (end - body < 8) tell(walk, 'an interface description of 8 bytes', `${end - body} bytes`);
      if (end - body < 8) walk.section.interfaces.push(UNREAD_INTERFACE);
      else addInterface(walk, body, end);
      return false;
    case block.SECTION_HEADER:
      startSection(walk, isLittle, end);
      return false;
    default:
      if (!block.isKnownBlock(type)) tellUnknown(walk, type);
      return false;
  }
}

function startSection(walk: Walk, isLittle: boolean, end: number): void {
  const { bytes, start } = walk;
  const magic = u32In(bytes, start + 8, isLittle);
  if (magic !== block.BYTE_ORDER_MAGIC || end - start < 24) {
    tell(walk, 'a section header', `${end - start} bytes that are none`);
  }
  walk.section = newSection(isLittle);
  const major = end - start < 14 ? 1 : u16In(bytes, start + 12, isLittle);
  if (major !== 1) tell(walk, 'version 1 of pcapng', `version ${major}`, 'warning');
}

/**
 *     (enhanced) interface 4 |           time high 4 | low 4 | captured 4 | wire 4 | packet | options
 *     (old) interface 2 | drops 2 |      time high 4 | low 4 | captured 4 | wire 4 | packet | options
 */
function takePacket(walk: Walk, end: number, isOld: boolean): boolean {
  const { bytes, start, section } = walk;
  const { isLittle, interfaces } = section;
  const data = start + 28;
  walk.n++;
  if (data > end) {
    tell(walk, 'a packet block of 32 bytes or more', `${end - start + 4}`);
    return setUnread(walk);
  }
  const ordinal = isOld ? u16In(bytes, start + 8, isLittle) : u32In(bytes, start + 8, isLittle);
  const from = interfaces[ordinal];
  if (from === undefined || from.number < 0) return tellNoInterface(walk, ordinal);
  const captured = u32In(bytes, start + 20, isLittle);
  if (captured > end - data) {
    tell(walk, `${captured} bytes of packet ${walk.n}`, `a block with ${end - data}`);
    return setUnread(walk);
  }
  const wire = u32In(bytes, start + 24, isLittle);
  setTime(walk, from, u32In(bytes, start + 12, isLittle), u32In(bytes, start + 16, isLittle));
  keepTime(walk);
  setPacket(walk, from, data, captured, wire);
  return true;
}

/** `wire 4 | packet`, of the section's first interface. */
function takeSimplePacket(walk: Walk, end: number): boolean {
  const { bytes, start, section } = walk;
  const data = start + 12;
  walk.n++;
  const from = section.interfaces[0];
  if (from === undefined || from.number < 0) return tellNoInterface(walk, 0);
  if (data > end) {
    tell(walk, 'a simple packet block of 16 bytes or more', `${end - start + 4}`);
    return setUnread(walk);
  }
  const wire = u32In(bytes, start + 8, section.isLittle);
  const most = from.snapLength > 0 ? Math.min(wire, from.snapLength) : wire;
  walk.hasTime = false;
  walk.seconds = 0;
  walk.nanoseconds = 0;
  setPacket(walk, from, data, Math.min(most, end - data), wire);
  return true;
}

function setPacket(
  walk: Walk,
  from: SectionInterface,
  data: number,
  captured: number,
  wire: number,
): void {
  walk.dataStart = data;
  walk.dataEnd = data + captured;
  walk.wire = wire;
  walk.linkType = from.linkType;
  walk.interfaceNumber = from.number;
  if (from.snapLength === 0 || captured <= from.snapLength) return;
  walk.damage.tally('snap length', {
    severity: 'warning',
    start: walk.base + walk.start,
    end: walk.base + walk.at,
    expected: `at most ${from.snapLength} bytes of a packet, the interface's snap length`,
    found: `${captured} bytes`,
  });
}

/** A packet that cannot be read is counted, so that the next ones have the numbers of other tools. */
function setUnread(walk: Walk): true {
  walk.dataStart = walk.start + 12;
  walk.dataEnd = walk.dataStart;
  walk.wire = 0;
  walk.linkType = NO_LINK;
  walk.hasTime = false;
  return true;
}

/** Says what is wrong with the block that was just passed. */
function tell(
  walk: Walk,
  expected: string,
  found: string,
  severity: 'error' | 'warning' = 'error',
): void {
  const start = walk.base + walk.start;
  walk.damage.add({ severity, start, end: walk.base + walk.at, expected, found });
}

function tellNoInterface(walk: Walk, ordinal: number): true {
  const start = walk.base + walk.start;
  const end = walk.base + walk.at;
  const expected = `a description of interface ${ordinal} before its packets`;
  walk.damage.tally(`interface ${ordinal}`, {
    severity: 'error',
    start,
    end,
    expected,
    found: 'none',
  });
  return setUnread(walk);
}

function tellUnknown(walk: Walk, type: number): void {
  const start = walk.base + walk.start;
  const end = walk.base + walk.at;
  const expected = 'a type of block that pcapng defines';
  const found = `0x${type.toString(16).padStart(8, '0')}, passed over`;
  walk.damage.tally(`block ${type}`, { severity: 'hint', start, end, expected, found });
}

/** Searches for the next place where a block begins; false where the window ends before it. */
function findBlock(walk: Walk): boolean {
  const last = walk.isLast ? walk.end - 11 : walk.end - MOST_LIKELY;
  for (; walk.at < last; walk.at++) {
    if (isLikely(walk)) {
      recover(walk);
      return true;
    }
  }
  if (walk.isLast) {
    walk.at = walk.end;
    recover(walk);
  }
  return starve(walk, 2 * MOST_LIKELY);
}

/** A known type, and a length that stands at both ends: no accident. */
function isLikely({ bytes, at, end, section }: Walk): boolean {
  const type = u32In(bytes, at, section.isLittle);
  if (!block.isKnownBlock(type)) return false;
  let { isLittle } = section;
  if (type === block.SECTION_HEADER) {
    isLittle = u32In(bytes, at + 8, true) === block.BYTE_ORDER_MAGIC;
    if (!isLittle && u32In(bytes, at + 8, false) !== block.BYTE_ORDER_MAGIC) return false;
  }
  const length = u32In(bytes, at + 4, isLittle);
  if (length < 12 || length > MOST_LIKELY || length % 4 !== 0 || at + length > end) return false;
  return u32In(bytes, at + length - 4, isLittle) === length;
}
