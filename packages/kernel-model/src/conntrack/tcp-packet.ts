import { acceptPacket } from './accept-packet.ts';
import type { Connection } from './connection.ts';
import { type DirectionNumber, REPLY } from './direction.ts';
import { rememberIgnored } from './ignore-packet.ts';
import { judgeRst, REFUSED, TAKEN, TAKEN_OPEN, TO_WINDOW_OPEN } from './judge-rst.ts';
import type { Kernel } from './kernel.ts';
import { handleInvalid } from './lower-timeout.ts';
import { answersIgnoredSyn, resync } from './resync.ts';
import type { Segment } from './segment.ts';
import { CLASS_ACK, CLASS_RST, CLASS_SYN, segmentClass } from './segment-class.ts';
import { nextState } from './state-table.ts';
import { tcpInWindow } from './tcp-in-window.ts';
import { CLOSE_INIT, EXPECT_CHALLENGE_ACK, SIMULTANEOUS_OPEN } from './tcp-mark.ts';
import {
  CLOSE,
  ESTABLISHED,
  IGNORED,
  LAST_ACK,
  NO_TRANSITION,
  SYN_RECV,
  SYN_SENT,
  SYN_SENT2,
  TIME_WAIT,
} from './tcp-state.ts';
import { ACCEPT, INVALID, REPEAT } from './tcp-verdict.ts';
import { decide, note, type Trace } from './trace.ts';
import { OUT_OF_WINDOW, PASSED_BY } from './window-result.ts';

/**
 * Judges a packet of a connection and changes the connection accordingly: the core of TCP tracking.
 *
 * The header has been checked; for a connection's first packet `beginConnection` has run.
 *
 * @returns ACCEPT, INVALID, REPEAT or ACCEPT_AND_KILL.
 */
export function trackTcp(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  trace: Trace,
): number {
  const index = segmentClass(segment.flags);
  let old = connection.state;
  let state = nextState(direction, index, old);
  trace.index = index;
  trace.direction = direction;
  trace.state = old;
  let resynced = false;

  // A SYN on what is over: the connection begins anew if this side had ended it.
  if (state === SYN_SENT && old >= TIME_WAIT) {
    if (mayReopen(connection, direction)) {
      decide(trace, 'reopened', 0, 0);
      return REPEAT;
    }
    state = IGNORED;
  }
  switch (state) {
    case IGNORED:
      if (answersIgnoredSyn(connection, segment, direction, index)) {
        resync(kernel, connection, direction);
        resynced = true;
        old = SYN_SENT;
        state = SYN_RECV;
        break;
      }
      rememberIgnored(kernel, connection, segment, direction, index, old);
      decide(trace, 'ignored', index, old);
      note(trace, 'ignored', 0);
      return ACCEPT;
    case NO_TRANSITION:
      decide(trace, 'no-transition', index, old);
      note(trace, 'no-transition', 0);
      return INVALID;
    case TIME_WAIT:
      // RFC 5961 section 4: the ACK answers a SYN that was ignored in LAST_ACK, it is not the last.
      if (old === LAST_ACK && isChallengeAck(connection, direction, index)) {
        connection.lastFlags &= ~EXPECT_CHALLENGE_ACK;
        decide(trace, 'challenge-ack-ignored', segment.ack | 0, connection.lastEnd);
        note(trace, 'challenge-ack', 0);
        return ACCEPT;
      }
      break;
    case SYN_SENT2:
      connection.lastFlags |= SIMULTANEOUS_OPEN;
      break;
    case SYN_RECV:
      if (direction === REPLY && index === CLASS_ACK && connection.lastFlags & SIMULTANEOUS_OPEN) {
        state = ESTABLISHED;
      }
      break;
    case CLOSE:
      if (index === CLASS_RST) {
        return trackRst(kernel, connection, segment, direction, old, trace);
      }
      break;
  }

  const window = tcpInWindow(kernel, connection, segment, direction, index, trace);
  if (window === PASSED_BY) return ACCEPT;
  if (window === OUT_OF_WINDOW) {
    handleInvalid(kernel, connection, direction, index, segment.at, trace);
    return INVALID;
  }
  if (resynced) decide(trace, 'answers-ignored-syn', segment.ack | 0, connection.lastEnd);
  return acceptPacket(kernel, connection, segment, direction, index, old, state, trace);
}

/** A RST that would close the entry: the rules for it come before the window test. */
function trackRst(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  old: number,
  trace: Trace,
): number {
  const judged = judgeRst(kernel, connection, segment, direction, old, trace);
  if (judged === REFUSED) return INVALID;
  const staysOpen = judged === TAKEN_OPEN || judged === TO_WINDOW_OPEN;
  if (judged !== TAKEN && judged !== TAKEN_OPEN) {
    const window = tcpInWindow(kernel, connection, segment, direction, CLASS_RST, trace);
    if (window === PASSED_BY) return ACCEPT;
    if (window === OUT_OF_WINDOW) {
      handleInvalid(kernel, connection, direction, CLASS_RST, segment.at, trace);
      return INVALID;
    }
    if (staysOpen) {
      const { maxack } = direction === REPLY ? connection.original : connection.reply;
      decide(trace, 'rst-inexact', segment.seq | 0, maxack);
    }
  }
  const state = staysOpen ? old : CLOSE;
  return acceptPacket(kernel, connection, segment, direction, CLASS_RST, old, state, trace);
}

/** Either side sent the first FIN, or this side's last packet was a RST. */
function mayReopen(connection: Connection, direction: DirectionNumber): boolean {
  const flags = connection.original.flags | connection.reply.flags;
  if (flags & CLOSE_INIT) return true;
  return connection.lastDir === direction && connection.lastIndex === CLASS_RST;
}

function isChallengeAck(
  connection: Connection,
  direction: DirectionNumber,
  index: number,
): boolean {
  return (
    index === CLASS_ACK &&
    connection.lastDir !== direction &&
    connection.lastIndex === CLASS_SYN &&
    (connection.lastFlags & EXPECT_CHALLENGE_ACK) !== 0
  );
}
