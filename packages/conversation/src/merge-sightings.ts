import { type Feed, timeOf } from './add-rows.ts';
import { type CapturePages, feedOf, pageOf } from './capture-pages.ts';
import type { Sighting } from './conversation-packet.ts';
import type { PacketDraft } from './packet-draft.ts';
import { LACKS_ACK, LACKS_IP_ID, LACKS_SEQ, type SegmentColumns } from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

/** A row of a capture. */
export interface PlacedRow {
  readonly capture: CapturePages;
  readonly row: number;
}

/** Seconds between the first and the last sighting of a packet, at most. */
const SOON = 0.1;
/** So many packets back that look the same. */
const BACK = 8;
/** So many sightings of one packet. */
const MOST = 64;
const ACK = 0x10;

/**
 * Puts the rows of a conversation together to packets. Two rows are one packet where every number is
 * the same, the IPv4 identification too (a packet sent again has a new one), at two points or with
 * an identification that proves it.
 */
export function mergeSightings(
  tracking: Tracking,
  id: number,
  rows: readonly PlacedRow[],
): PacketDraft[] {
  const drafts: PacketDraft[] = [];
  const alikes = new Map<number, PacketDraft>();
  const feeds = new Map<CapturePages, Feed>();
  const after = tracking.conversations.after(id);
  for (const { capture, row } of rows) {
    const page = pageOf(capture, row);
    const own = row - page.start;
    const side = page.sides[own] as number;
    let feed = feeds.get(capture);
    if (feed === undefined) {
      feed = feedOf(capture);
      feeds.set(capture, feed);
    }
    const at = timeOf(tracking, feed, page.columns, own);
    feed.at = at;
    const bits = tracking.flows.bits(side >>> 1);
    const reply = tracking.conversations.replyOf(id, side, bits);
    const draft = draftOf(page.columns, own, reply, at, drafts.length, alikes);
    const name = interfaceOf(page.columns, own);
    const point = `${capture.index} ${name ?? ''} ${side}`;
    const sighting: Sighting = {
      capture: capture.name,
      captureIndex: capture.index,
      row,
      n: page.columns.n[own] as number,
      ...(name !== undefined && { interface: name }),
      at: Number.isNaN(at) ? null : tracking.base + at,
      translated: side >>> 1 === after,
    };
    const same = findSame(draft, point);
    if (same === null) {
      draft.sightings.push(sighting);
      draft.points.push(point);
      drafts.push(draft);
      alikes.set(keyOf(draft), draft);
    } else {
      same.sightings.push(sighting);
      same.points.push(point);
      fillIn(same, draft);
    }
  }
  return drafts;
}

function draftOf(
  columns: SegmentColumns,
  row: number,
  reply: 0 | 1,
  at: number,
  index: number,
  alikes: ReadonlyMap<number, PacketDraft>,
): PacketDraft {
  const flags = columns.flags[row] as number;
  const doubts = (columns.doubts?.[row] ?? 0) | (flags & ACK ? 0 : LACKS_ACK);
  const draft = {
    index,
    reply,
    flags,
    seq: columns.seq[row] as number,
    ack: columns.ack[row] as number,
    len: columns.payload[row] as number,
    doubts,
    ipId: doubts & LACKS_IP_ID ? -1 : (columns.ipId[row] as number),
    at,
    sightings: [],
    points: [],
    alike: null,
  };
  return { ...draft, alike: alikes.get(keyOf(draft)) ?? null };
}

/** A text does not print the sequence number of a bare ACK, so it is no part of that one's key. */
function keyOf({ reply, flags, seq, ack, len, doubts }: PacketDraft): number {
  const isBare = flags === ACK && len === 0;
  let key = (flags << 1) ^ reply ^ Math.imul(len, 0x9e37_79b1);
  if (!(doubts & LACKS_ACK)) key = Math.imul(key ^ ack, 0x85eb_ca6b);
  if (!isBare && !(doubts & LACKS_SEQ)) key = Math.imul(key ^ (key >>> 15) ^ seq, 0xc2b2_ae35);
  return key;
}

function findSame(draft: PacketDraft, point: string): PacketDraft | null {
  let other = draft.alike;
  for (let step = 0; step < BACK && other !== null; step++) {
    if (isSame(draft, other, point)) return other;
    other = other.alike;
  }
  return null;
}

function isSame(a: PacketDraft, b: PacketDraft, point: string): boolean {
  const doubts = a.doubts | b.doubts;
  const hasNumber = a.ipId > 0 && a.ipId === b.ipId;
  if (b.sightings.length >= MOST) return false;
  if (a.flags !== b.flags || a.reply !== b.reply || a.len !== b.len) return false;
  if (!(doubts & LACKS_SEQ) && a.seq !== b.seq) return false;
  if (!(doubts & LACKS_ACK) && a.ack !== b.ack) return false;
  if (a.ipId >= 0 && b.ipId >= 0 && a.ipId !== b.ipId) return false;
  if (!hasNumber && (b.points.includes(point) || doubts & LACKS_SEQ & LACKS_ACK)) return false;
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
