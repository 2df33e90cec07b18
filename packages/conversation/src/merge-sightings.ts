import type { Sighting } from './conversation-packet.ts';
import type { GatheredRows } from './gathered-rows.ts';
import * as of from './gathered-rows.ts';
import { NumberMap } from './number-map.ts';
import type { PacketDrafts } from './packet-drafts.ts';
import type { Place } from './places.ts';
import { LACKS_ACK, LACKS_IP_ID, LACKS_SEQ } from './segment-columns.ts';
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
 *
 * @param drafts gets the packets.
 */
export function mergeSightings(
  tracking: Tracking,
  id: number,
  rows: GatheredRows,
  drafts: PacketDrafts,
): void {
  const { length } = rows;
  drafts.reset(length);
  lastAlike.reset(length);
  for (let sighting = 0; sighting < length; sighting++) {
    const draft = drafts.length;
    draw(drafts, draft, sighting, tracking, id, rows);
    const key = keyOf(drafts, draft);
    drafts.alike[draft] = lastAlike.get(key);
    const made = sightingOf(tracking, id, rows, sighting);
    const packet = findSame(drafts, draft, sighting);
    if (packet < 0) {
      drafts.length++;
      lastAlike.set(key, draft);
      drafts.sightings.push([made]);
      drafts.sightingBefore[sighting] = -1;
      drafts.lastSighting[draft] = sighting;
    } else {
      fillIn(drafts, packet, draft);
      (drafts.sightings[packet] as Sighting[]).push(made);
      drafts.sightingBefore[sighting] = drafts.lastSighting[packet] as number;
      drafts.lastSighting[packet] = sighting;
    }
  }
}

function sightingOf(
  { base, conversations }: Tracking,
  id: number,
  { words, times, places }: GatheredRows,
  sighting: number,
): Sighting {
  const word = sighting * of.WORDS;
  const place = places[words[word + of.PLACE] as number] as Place;
  const { capture, captureIndex } = place;
  const row = words[word + of.ROW] as number;
  const n = words[word + of.N] as number;
  const seconds = times[word / 2] as number;
  const at = Number.isNaN(seconds) ? null : base + seconds;
  const translated = (words[word + of.SIDE] as number) >>> 1 === conversations.after(id);
  return place.interface === undefined
    ? { capture, captureIndex, row, n, at, translated }
    : { capture, captureIndex, row, n, at, translated, interface: place.interface };
}

/** Sets the columns of a packet, and of its sighting, to what a row tells. */
function draw(
  drafts: PacketDrafts,
  draft: number,
  sighting: number,
  { conversations, flows }: Tracking,
  id: number,
  { words, times, places }: GatheredRows,
): void {
  const word = sighting * of.WORDS;
  const bits = words[word + of.BITS] as number;
  const side = words[word + of.SIDE] as number;
  const doubts = (bits >>> 12) & 0xf;
  drafts.reply[draft] = conversations.replyOf(id, side, flows.bits(side >>> 1));
  drafts.flags[draft] = bits & 0xfff;
  drafts.seq[draft] = words[word + of.SEQ] as number;
  drafts.ack[draft] = words[word + of.ACK] as number;
  drafts.len[draft] = words[word + of.LEN] as number;
  drafts.doubts[draft] = doubts;
  drafts.ipId[draft] = doubts & LACKS_IP_ID ? -1 : bits >>> 16;
  drafts.at[draft] = times[word / 2] as number;
  drafts.flow[sighting] = side >>> 1;
  drafts.point[sighting] = (places[words[word + of.PLACE] as number] as Place).point;
}

/**
 * The same for all sightings of a packet. A text does not print the sequence number of a bare ACK, so
 * that is no part of it; nor is the flow, which translation changes.
 */
function keyOf({ flags, len, seq, ack, doubts }: PacketDrafts, draft: number): number {
  const flag = flags[draft] as number;
  const doubt = doubts[draft] as number;
  const length = len[draft] as number;
  const isBare = flag === ACK && length === 0;
  let key = flag ^ Math.imul(length, 0x9e37_79b1);
  if (!(doubt & LACKS_ACK)) key = Math.imul(key ^ (ack[draft] as number), 0x85eb_ca6b);
  if (isBare || doubt & LACKS_SEQ) return key;
  return Math.imul(key ^ (key >>> 15) ^ (seq[draft] as number), 0xc2b2_ae35);
}

/** Gives the packet that a draft is another sighting of, or -1. */
function findSame(drafts: PacketDrafts, draft: number, sighting: number): number {
  let other = drafts.alike[draft] as number;
  for (let step = 0; step < BACK && other >= 0; step++) {
    if (isSame(drafts, draft, other, sighting)) return other;
    other = drafts.alike[other] as number;
  }
  return -1;
}

function isSame(drafts: PacketDrafts, a: number, b: number, sighting: number): boolean {
  const { flags, reply, len, seq, ack, ipId, at } = drafts;
  const doubts = (drafts.doubts[a] as number) | (drafts.doubts[b] as number);
  const ipIdOfA = ipId[a] as number;
  const ipIdOfB = ipId[b] as number;
  const hasNumber = ipIdOfA > 0 && ipIdOfA === ipIdOfB;
  if ((drafts.sightings[b] as Sighting[]).length >= MOST) return false;
  if (flags[a] !== flags[b] || reply[a] !== reply[b] || len[a] !== len[b]) return false;
  if (!(doubts & LACKS_SEQ) && seq[a] !== seq[b]) return false;
  if (!(doubts & LACKS_ACK) && ack[a] !== ack[b]) return false;
  if (ipIdOfA >= 0 && ipIdOfB >= 0 && ipIdOfA !== ipIdOfB) return false;
  if (!hasNumber) {
    if (doubts & LACKS_SEQ && doubts & LACKS_ACK) return false;
    const point = drafts.point[sighting] as number;
    if (drafts.wasSeenAt(b, point, drafts.flow[sighting] as number)) return false;
  }
  const apart = Math.abs((at[a] as number) - (at[b] as number));
  return apart <= SOON || (hasNumber && Number.isNaN(apart));
}

/** What one capture does not tell, another may. */
function fillIn({ seq, ack, doubts }: PacketDrafts, packet: number, draft: number): void {
  const own = doubts[packet] as number;
  const told = own & ~(doubts[draft] as number);
  if (told & LACKS_SEQ) seq[packet] = seq[draft] as number;
  if (told & LACKS_ACK) ack[packet] = ack[draft] as number;
  doubts[packet] = own & ~(told & (LACKS_SEQ | LACKS_ACK));
}
