import { ACK, isAfter, isBefore, SYN } from '@tuplescope/net';
import type { Connection, Side } from './connection.ts';
import type { DirectionNumber } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { CLASS_ACK } from './segment-class.ts';
import { DATA_UNACKNOWLEDGED, MAXACK_SET } from './tcp-mark.ts';

/** Takes over what a packet in window tells of both sides; the order of the steps matters. */
export function updateWindow(
  kernel: Kernel,
  connection: Connection,
  sender: Side,
  receiver: Side,
  segment: Segment,
  direction: DirectionNumber,
  index: number,
  seq: number,
  end: number,
  ack: number,
  sack: number,
): void {
  // Only the window of a SYN is not scaled (RFC 7323 section 2.2).
  const win = segment.flags & SYN ? segment.win : segment.win << sender.scale;
  const fromAck = (win + (sack - ack)) >>> 0;
  if (sender.maxwin >>> 0 < fromAck) sender.maxwin = fromAck | 0;
  if (isAfter(end, sender.end)) {
    sender.end = end;
    sender.flags |= DATA_UNACKNOWLEDGED;
  }
  if (segment.flags & ACK) {
    if (!(sender.flags & MAXACK_SET)) {
      sender.maxack = ack;
      sender.flags |= MAXACK_SET;
    } else if (isAfter(ack, sender.maxack)) {
      sender.maxack = ack;
    }
  }
  if (receiver.maxwin !== 0 && isAfter(end, sender.maxend)) {
    receiver.maxwin = (receiver.maxwin + end - sender.maxend) | 0;
  }
  const allowed = (sack + win) | 0;
  if (!isBefore(allowed, receiver.maxend)) {
    // A closed window still allows the one byte of a probe.
    receiver.maxend = win === 0 ? (allowed + 1) | 0 : allowed;
  }
  if (ack === receiver.end) receiver.flags &= ~DATA_UNACKNOWLEDGED;
  if (index === CLASS_ACK) {
    countRepetition(kernel, connection, segment, direction, seq, end, ack, win);
  }
}

/** Counts an ACK that is the last one again: what max_retrans limits. */
function countRepetition(
  { behaviour }: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  seq: number,
  end: number,
  ack: number,
  win: number,
): void {
  // raw-window, 959b69ef57db: before it the window was compared scaled, but kept in 16 bits.
  const window = behaviour.winRaw ? segment.win : win;
  if (
    connection.lastDir === direction &&
    connection.lastSeq === seq &&
    connection.lastAck === ack &&
    connection.lastEnd === end &&
    connection.lastWin === window
  ) {
    connection.retrans = (connection.retrans + 1) & 0xff;
  } else {
    connection.lastDir = direction;
    connection.lastSeq = seq;
    connection.lastAck = ack;
    connection.lastEnd = end;
    connection.lastWin = window & 0xffff;
    connection.retrans = 0;
  }
}
