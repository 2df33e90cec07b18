import { u16In, u32In } from './byte-order.ts';
import { NO_LINK } from './link-type.ts';
import { setTime } from './pcapng-time.ts';
import type { SectionInterface } from './section.ts';
import { tellBlock } from './tell-block.ts';
import { keepTime, type Walk } from './walk.ts';

/**
 * Takes the packet of an enhanced or old packet block, which is the walk's packet then. `end` is where
 * the block's body ends.
 *
 *     (enhanced) interface 4 |           time high 4 | low 4 | captured 4 | wire 4 | packet | options
 *     (old) interface 2 | drops 2 |      time high 4 | low 4 | captured 4 | wire 4 | packet | options
 */
export function takePacket(walk: Walk, end: number, isOld: boolean): true {
  const { bytes, start, section } = walk;
  const { isLittle, interfaces } = section;
  const data = start + 28;
  walk.n++;
  if (data > end) {
    tellBlock(walk, 'a packet block of 32 bytes or more', `${end - start + 4}`);
    return setUnread(walk);
  }
  const ordinal = isOld ? u16In(bytes, start + 8, isLittle) : u32In(bytes, start + 8, isLittle);
  const from = interfaces[ordinal];
  if (from === undefined || from.number < 0) return tellNoInterface(walk, ordinal);
  const captured = u32In(bytes, start + 20, isLittle);
  if (captured > end - data) {
    tellBlock(walk, `${captured} bytes of packet ${walk.n}`, `a block with ${end - data}`);
    return setUnread(walk);
  }
  const wire = u32In(bytes, start + 24, isLittle);
  setTime(walk, from, u32In(bytes, start + 12, isLittle), u32In(bytes, start + 16, isLittle));
  keepTime(walk);
  setPacket(walk, from, data, captured, wire);
  return true;
}

/** Takes the packet of a simple packet block: `wire 4 | packet`, of the section's first interface. */
export function takeSimplePacket(walk: Walk, end: number): true {
  const { bytes, start, section } = walk;
  const data = start + 12;
  walk.n++;
  const from = section.interfaces[0];
  if (from === undefined || from.number < 0) return tellNoInterface(walk, 0);
  if (data > end) {
    tellBlock(walk, 'a simple packet block of 16 bytes or more', `${end - start + 4}`);
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
