import * as block from './block-types.ts';
import { u16In, u32In } from './byte-order.ts';
import { findBlock } from './find-block.ts';
import { addInterface, addUnreadInterface } from './pcapng-interface.ts';
import { takePacket, takeSimplePacket } from './pcapng-packets.ts';
import { newSection } from './section.ts';
import { tellBlock } from './tell-block.ts';
import { lose, starve, type Walk } from './walk.ts';

/** A block may be this long: Wireshark takes no longer one either. */
const MOST_BLOCK = 16 << 20;

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
  if (type === block.INTERFACE) addUnreadInterface(walk);
  lose(walk, expected, found);
}

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
      addInterface(walk, body, end);
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
    tellBlock(walk, 'a section header', `${end - start} bytes that are none`);
  }
  walk.section = newSection(isLittle);
  const major = end - start < 14 ? 1 : u16In(bytes, start + 12, isLittle);
  if (major !== 1) tellBlock(walk, 'version 1 of pcapng', `version ${major}`, 'warning');
}

function tellUnknown(walk: Walk, type: number): void {
  const start = walk.base + walk.start;
  const end = walk.base + walk.at;
  const expected = 'a type of block that pcapng defines';
  const found = `0x${type.toString(16).padStart(8, '0')}, passed over`;
  walk.damage.tally(`block ${type}`, { severity: 'hint', start, end, expected, found });
}
