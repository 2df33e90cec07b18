import type { Sighting } from './conversation-packet.ts';
import { NumberMap } from './number-map.ts';
import type { PacketDraft } from './packet-draft.ts';
import type { RowFinder } from './row-finder.ts';
import {
  HAS_TIME,
  LACKS_ACK,
  LACKS_IP_ID,
  LACKS_SEQ,
  type SegmentColumns,
} from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

/** Seconds between the first and the last sighting of a packet, at most. */
const SOON = 0.1;
/** So many packets back that look the same. */
const BACK = 8;
/** So many sightings of one packet. */
const MOST = 64;
const ACK = 0x10;

const lastAlike = new NumberMap();

/**
 * Puts the rows of a conversation together to packets. Two rows are one packet where every number is
 * the same, the IPv4 identification too (a packet sent again has a new one), at two points or with
 * an identification that proves it.
 */
export function mergeSightings(
  tracking: Tracking,
  id: number,
  finder: RowFinder,
  rows: Uint32Array,
): PacketDraft[] {
  const drafts: PacketDraft[] = [];
  lastAlike.reset(rows.length);
  for (const number of rows) {
    finder.find(number);
    const { page, row } = finder;
    const { columns } = page;
    const side = page.sides[row] as number;
    const key = keyOf(columns, row);
    const last = lastAlike.get(key);
    const alike = last < 0 ? null : (drafts[last] as PacketDraft);
    const draft = draftOf(tracking, id, finder, side, drafts.length, alike);
    // Interfaces are told apart by 16 bits, captures by the rest.
    const interfaceNumber = columns.interfaceNumber[row] as number;
    const point = (finder.capture.index * 0x1_0000 + interfaceNumber) * 2 ** 28 + (side >>> 1);
    let packet = findSame(draft, point);
    if (packet === null) {
      packet = draft;
      lastAlike.set(key, drafts.push(draft) - 1);
    } else fillIn(packet, draft);
    packet.points.push(point);
    packet.sightings.push(sightingOf(tracking, id, finder, side, draft.at));
  }
  return drafts;
}

function sightingOf(
  { base, conversations }: Tracking,
  id: number,
  { capture, page, row }: RowFinder,
  side: number,
  at: number,
): Sighting {
  const name = interfaceOf(page.columns, row);
  const sighting = {
    capture: capture.name,
    captureIndex: capture.index,
    row: page.start + row,
    n: page.columns.n[row] as number,
    at: Number.isNaN(at) ? null : base + at,
    translated: side >>> 1 === conversations.after(id),
  };
  return name === undefined ? sighting : { ...sighting, interface: name };
}

function draftOf(
  { base, conversations, flows }: Tracking,
  id: number,
  { capture, page, row }: RowFinder,
  side: number,
  index: number,
  alike: PacketDraft | null,
): PacketDraft {
  const { columns } = page;
  const flags = columns.flags[row] as number;
  const doubts = columns.doubts === undefined ? 0 : (columns.doubts[row] as number);
  const hasTime = ((columns.bits[row] as number) & HAS_TIME) !== 0;
  const seconds = (columns.seconds[row] as number) - base + capture.clockOffset;
  return {
    index,
    reply: conversations.replyOf(id, side, flows.bits(side >>> 1)),
    flags,
    seq: columns.seq[row] as number,
    ack: columns.ack[row] as number,
    len: columns.payload[row] as number,
    doubts: flags & ACK ? doubts : doubts | LACKS_ACK,
    ipId: doubts & LACKS_IP_ID ? -1 : (columns.ipId[row] as number),
    at: hasTime ? seconds + (columns.nanoseconds[row] as number) * 1e-9 : Number.NaN,
    sightings: [],
    points: [],
    alike,
  };
}

/**
 * The same for all sightings of a packet. A text does not print the sequence number of a bare ACK, so
 * that is no part of it; nor is the flow, which translation changes.
 */
function keyOf({ flags, payload, seq, ack, doubts }: SegmentColumns, row: number): number {
  const flag = flags[row] as number;
  const doubt = doubts === undefined ? 0 : (doubts[row] as number);
  const length = payload[row] as number;
  const isBare = flag === ACK && length === 0;
  let key = flag ^ Math.imul(length, 0x9e37_79b1);
  if (flag & ACK && !(doubt & LACKS_ACK)) key = Math.imul(key ^ (ack[row] as number), 0x85eb_ca6b);
  if (isBare || doubt & LACKS_SEQ) return key;
  return Math.imul(key ^ (key >>> 15) ^ (seq[row] as number), 0xc2b2_ae35);
}

function findSame(draft: PacketDraft, point: number): PacketDraft | null {
  let other = draft.alike;
  for (let step = 0; step < BACK && other !== null; step++) {
    if (isSame(draft, other, point)) return other;
    other = other.alike;
  }
  return null;
}

function isSame(a: PacketDraft, b: PacketDraft, point: number): boolean {
  const doubts = a.doubts | b.doubts;
  const hasNumber = a.ipId > 0 && a.ipId === b.ipId;
  if (b.sightings.length >= MOST) return false;
  if (a.flags !== b.flags || a.reply !== b.reply || a.len !== b.len) return false;
  if (!(doubts & LACKS_SEQ) && a.seq !== b.seq) return false;
  if (!(doubts & LACKS_ACK) && a.ack !== b.ack) return false;
  if (a.ipId >= 0 && b.ipId >= 0 && a.ipId !== b.ipId) return false;
  const tellsLittle = (doubts & LACKS_SEQ) !== 0 && (doubts & LACKS_ACK) !== 0;
  if (!hasNumber && (tellsLittle || b.points.includes(point))) return false;
  return Math.abs(a.at - b.at) <= SOON || (hasNumber && Number.isNaN(a.at - b.at));
}

/** What one capture does not tell, another may. */
function fillIn(draft: PacketDraft, other: PacketDraft): void {
  if (draft.doubts & LACKS_SEQ && !(other.doubts & LACKS_SEQ)) {
    draft.seq = other.seq;
    draft.doubts &= ~LACKS_SEQ;
  }
  if (draft.doubts & LACKS_ACK && !(other.doubts & LACKS_ACK)) {
    draft.ack = other.ack;
    draft.doubts &= ~LACKS_ACK;
  }
}

function interfaceOf(
  { interfaces, interfaceNumber }: SegmentColumns,
  row: number,
): string | undefined {
  const from = interfaces[interfaceNumber[row] as number];
  return from?.index === undefined ? from?.name : `#${from.index}`;
}
