import { ACK, addSerial, RST, SYN } from '@tuplescope/net';
import type { ConnectionMemory } from './connection-memory.ts';
import type { PacketDraft } from './packet-draft.ts';

/** How a run of tcpdump prints numbers; unknown until a line tells. */
export const UNKNOWN = 0;
/** Counted from the start of the connection, tcpdump's habit. */
const COUNTED = 1;
/** As on the wire: `tcpdump -S`. */
const ON_THE_WIRE = 2;

/** What a run of tcpdump has shown of its numbers so far. */
export interface NumberHabit {
  habit: number;
  memory: ConnectionMemory;
}

/** As near as this to a number that it could count from, a number tells how it is printed. */
const NEAR = 1 << 24;
/** The first line of a connection shows the numbers in full; ones as small as this are not. */
const SMALL = 1 << 16;

/**
 * Works out whether a segment's numbers are as on the wire, and what they are on the wire if not.
 *
 * tcpdump (print-tcp.c, tcp_print) counts only in segments with ACK. The first of a connection, and
 * each with SYN and ACK, it prints as on the wire and remembers: the source's numbers count from this
 * segment's sequence number, the destination's from the number before the one acknowledged. A bare
 * SYN or RST never counts and never resets, so after a port's reuse the numbers count from the
 * connection before. SACK edges are counted even in the first segment. With `-S` nothing is counted;
 * which it is, the first segment tells whose numbers can be read one way only.
 */
export function placeNumbers(draft: PacketDraft, bytes: Uint8Array, run: NumberHabit): void {
  const { memory } = run;
  if ((draft.flags & ACK) === 0) {
    if ((draft.flags & SYN) === 0 || draft.seq < 0) return;
    memory.locate(draft, bytes);
    memory.setSyn(draft.seq);
    return;
  }
  if (draft.ack < 0) return;
  memory.locate(draft, bytes);
  if (!memory.isCounted || (draft.flags & SYN) !== 0) startConnection(draft, run);
  else countOn(draft, run);
}

/** The segment from whose numbers tcpdump counts. */
function startConnection(draft: PacketDraft, run: NumberHabit): void {
  const { memory } = run;
  memory.startCounting();
  // A refused SYN is answered by a RST whose sequence number is 0 (RFC 9293 section 3.5.2).
  const hasSmallSeq = draft.seq >= 0 && draft.seq < SMALL && (draft.flags & RST) === 0;
  const isCut = draft.ack < SMALL || hasSmallSeq;
  if (isCut && (draft.flags & SYN) === 0 && run.habit !== ON_THE_WIRE) {
    // The text begins after the connection's first segment, or somebody cut it out.
    run.habit = COUNTED;
    draft.relative = true;
    return;
  }
  if (draft.seq >= 0) memory.setBase(true, draft.seq, false);
  else if (memory.syn() >= 0) memory.setBase(true, addSerial(memory.syn(), 1), true);
  const base = addSerial(draft.ack, -1);
  memory.setBase(false, base, false);
  if (run.habit !== ON_THE_WIRE) draft.sackBase = base;
}

/** A segment of a connection that tcpdump counts already. */
function countOn(draft: PacketDraft, run: NumberHabit): void {
  const { memory } = run;
  const ownBase = memory.base(true);
  const peerBase = memory.base(false);
  if (run.habit === UNKNOWN) run.habit = habitOf(draft, ownBase, peerBase);
  if (run.habit === ON_THE_WIRE) return;
  draft.relative = true;
  if (peerBase >= 0) {
    draft.absoluteAck = addSerial(draft.ack, peerBase);
    draft.sackBase = peerBase;
    draft.restsOnSyn = memory.restsOnSyn(false);
  }
  if (ownBase >= 0 && draft.seq >= 0) {
    draft.absoluteSeq = addSerial(draft.seq, ownBase);
    draft.restsOnSyn ||= memory.restsOnSyn(true);
  }
}

/** Small numbers are counted; numbers near what they would count from are on the wire. */
function habitOf(draft: PacketDraft, ownBase: number, peerBase: number): number {
  let counted = false;
  let onTheWire = false;
  for (const [value, base] of [
    [draft.ack, peerBase],
    [draft.seq, ownBase],
  ] as const) {
    if (value < 0 || base < 0) continue;
    const isSmall = isNear(value, 0);
    const isNearBase = isNear(value, base);
    counted ||= isSmall && !isNearBase;
    onTheWire ||= isNearBase && !isSmall;
  }
  if (counted === onTheWire) return UNKNOWN;
  return counted ? COUNTED : ON_THE_WIRE;
}

function isNear(value: number, base: number): boolean {
  return Math.abs((value - base) | 0) < NEAR;
}
