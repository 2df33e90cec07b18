import { type DirectionNumber, ORIGINAL } from './direction.ts';
import { CLASS_NONE } from './segment-class.ts';
import { NONE } from './tcp-state.ts';

/**
 * What conntrack knows of one side's sending; sequence numbers are 32 bits, signed or not, and only
 * ever compared on the circle.
 */
export interface Side {
  /** td_end: one past the highest sequence number that the side sent. */
  end: number;
  /** td_maxend: one past the highest that its peer's window allows it. */
  maxend: number;
  /** td_maxwin: the largest window that it advertised, in bytes; 0 until it sent anything. */
  maxwin: number;
  /** td_maxack: the highest acknowledgement that it sent. */
  maxack: number;
  /** td_scale: its window scale, 0 to 14. */
  scale: number;
  /** WINDOW_SCALE, SACK_PERMITTED and the other bits of `tcp-mark.ts`. */
  flags: number;
}

/** A TCP entry as the tracker works on it: struct ip_ct_tcp with status and timeout. */
export interface Connection {
  readonly original: Side;
  readonly reply: Side;
  /** The number of a TCP state. */
  state: number;
  /** Direction of the last packet that was accepted or ignored. */
  lastDir: DirectionNumber;
  /** How often the last ACK came again, 0 to 255. */
  retrans: number;
  /** Class of the last packet that was accepted or ignored. */
  lastIndex: number;
  lastSeq: number;
  lastAck: number;
  lastEnd: number;
  /** Window of the last ACK, as on the wire (with raw-window, 959b69ef57db). */
  lastWin: number;
  /** Window scale of the last ignored SYN. */
  lastWscale: number;
  /** Flags of the last ignored SYN, and the two bits that only these have. */
  lastFlags: number;
  /** IPS_* bits. */
  status: number;
  /** When it times out, in the seconds of the packets' own clock. */
  expires: number;
}

/** Makes a connection of which nothing was seen yet. */
export function createConnection(): Connection {
  return {
    original: createSide(),
    reply: createSide(),
    state: NONE,
    lastDir: ORIGINAL,
    retrans: 0,
    lastIndex: CLASS_NONE,
    lastSeq: 0,
    lastAck: 0,
    lastEnd: 0,
    lastWin: 0,
    lastWscale: 0,
    lastFlags: 0,
    status: 0,
    expires: 0,
  };
}

/** Forgets everything: a working copy is used for one connection after the other. */
export function clearConnection(connection: Connection): void {
  clearSide(connection.original);
  clearSide(connection.reply);
  connection.state = NONE;
  connection.lastDir = ORIGINAL;
  connection.retrans = 0;
  connection.lastIndex = CLASS_NONE;
  connection.lastSeq = 0;
  connection.lastAck = 0;
  connection.lastEnd = 0;
  connection.lastWin = 0;
  connection.lastWscale = 0;
  connection.lastFlags = 0;
  connection.status = 0;
  connection.expires = 0;
}

/** Copies one connection over another. */
export function copyConnection(from: Connection, to: Connection): void {
  copySide(from.original, to.original);
  copySide(from.reply, to.reply);
  to.state = from.state;
  to.lastDir = from.lastDir;
  to.retrans = from.retrans;
  to.lastIndex = from.lastIndex;
  to.lastSeq = from.lastSeq;
  to.lastAck = from.lastAck;
  to.lastEnd = from.lastEnd;
  to.lastWin = from.lastWin;
  to.lastWscale = from.lastWscale;
  to.lastFlags = from.lastFlags;
  to.status = from.status;
  to.expires = from.expires;
}

/** Gives the side that sends in a direction. */
export function senderOf(connection: Connection, direction: DirectionNumber): Side {
  return direction === ORIGINAL ? connection.original : connection.reply;
}

/** Gives the side that receives in a direction. */
export function receiverOf(connection: Connection, direction: DirectionNumber): Side {
  return direction === ORIGINAL ? connection.reply : connection.original;
}

/** Sets everything of a side but its flags to 0. */
export function clearNumbers(side: Side): void {
  side.end = 0;
  side.maxend = 0;
  side.maxwin = 0;
  side.maxack = 0;
  side.scale = 0;
}

function createSide(): Side {
  return { end: 0, maxend: 0, maxwin: 0, maxack: 0, scale: 0, flags: 0 };
}

function clearSide(side: Side): void {
  clearNumbers(side);
  side.flags = 0;
}

function copySide(from: Side, to: Side): void {
  to.end = from.end;
  to.maxend = from.maxend;
  to.maxwin = from.maxwin;
  to.maxack = from.maxack;
  to.scale = from.scale;
  to.flags = from.flags;
}
