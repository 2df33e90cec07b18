import { isBefore } from '@tuplescope/net';
import { type Connection, receiverOf } from './connection.ts';
import { type DirectionNumber, REPLY } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { CLASS_ACK, CLASS_SYN } from './segment-class.ts';
import { ASSURED, SEEN_REPLY } from './status.ts';
import { MAXACK_SET } from './tcp-mark.ts';
import {
  CLOSE,
  CLOSE_WAIT,
  ESTABLISHED,
  FIN_WAIT,
  LAST_ACK,
  SYN_SENT,
  TIME_WAIT,
} from './tcp-state.ts';
import { decide, note, type Trace } from './trace.ts';

/** The window test decides. */
export const TO_WINDOW = 0;
/** The window test decides, and the state stays ESTABLISHED. */
export const TO_WINDOW_OPEN = 1;
/** Accepted without a window test. */
export const TAKEN = 2;
/** Accepted without a window test, and the state stays ESTABLISHED. */
export const TAKEN_OPEN = 3;
/** INVALID. */
export const REFUSED = 4;

/** Judges a RST that would close an entry; the steps are in the kernel's order. */
export function judgeRst(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  old: number,
  trace: Trace,
): number {
  const { behaviour, limits } = kernel;
  const seq = segment.seq | 0;
  // reuse-rst, c4edc3ccbc63: an entry that is closing has nothing to lose.
  if (behaviour.rstReuse && isClosing(connection.state)) {
    decide(trace, 'rst-while-closing', connection.state, 0);
    return TAKEN;
  }
  const peer = receiverOf(connection, direction);
  const { maxack } = peer;
  let staysOpen = false;
  // reuse-rst: right after a SYN the highest ACK is that of the connection before.
  const afterSyn = behaviour.rstReuse && connection.lastIndex === CLASS_SYN;
  if (peer.flags & MAXACK_SET && !afterSyn) {
    const isOpen = old === ESTABLISHED && (connection.status & ASSURED) !== 0;
    if (behaviour.rstReuse && seq === 0 && !isOpen) return TO_WINDOW;
    if (isBefore(seq, maxack) && !(behaviour.ignoreRstSysctl && limits.ignoreInvalidRst)) {
      decide(trace, 'rst-below-maxack', seq, maxack);
      note(trace, 'invalid-rst', 0);
      return REFUSED;
    }
    if (behaviour.rstExact) {
      // exact-rst, be0502a3f2e9: RFC 5961 lets only the very next number close.
      if (!isOpen || seq === maxack) return TO_WINDOW;
      if (followsLastAck(connection, direction, seq)) return TO_WINDOW;
      staysOpen = true;
    }
  }
  if (answersIgnored(kernel, connection, segment, direction)) {
    decide(trace, 'rst-answers-ignored', segment.ack | 0, connection.lastEnd);
    return staysOpen ? TAKEN_OPEN : TAKEN;
  }
  if (behaviour.challengeRst && answersChallengeAck(connection, seq, old)) {
    decide(trace, 'rst-answers-challenge-ack', seq, connection.lastAck);
    return staysOpen ? TAKEN_OPEN : TAKEN;
  }
  return staysOpen ? TO_WINDOW_OPEN : TO_WINDOW;
}

/** The states of an entry that may be dropped early when the table is full. */
function isClosing(state: number): boolean {
  return (
    state === FIN_WAIT ||
    state === LAST_ACK ||
    state === TIME_WAIT ||
    state === CLOSE ||
    state === CLOSE_WAIT
  );
}

/** A RST right behind the ACK that the same side sent last. */
function followsLastAck(connection: Connection, direction: DirectionNumber, seq: number): boolean {
  return (
    connection.lastIndex === CLASS_ACK &&
    connection.lastDir === direction &&
    seq === connection.lastEnd
  );
}

/**
 * The RST acknowledges the packet before it, a SYN that was ignored or a stray ACK. The number is
 * compared even where the RST has no ACK flag, and is 0 then.
 */
function answersIgnored(
  { behaviour }: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
): boolean {
  const { status, lastIndex, lastDir, lastEnd } = connection;
  // rst-direction, b39d6aeb89d6: the SYN must have come from the other side.
  const answersSyn =
    (status & SEEN_REPLY) !== 0 &&
    lastIndex === CLASS_SYN &&
    (!behaviour.rstDir || lastDir !== direction);
  const answersAck = !(status & ASSURED) && lastIndex === CLASS_ACK;
  return (answersSyn || answersAck) && (segment.ack | 0) === lastEnd;
}

/** challenge-ack-fix, c410cb974f2b: the RST has the number that the ignored ACK asked for. */
function answersChallengeAck(connection: Connection, seq: number, old: number): boolean {
  const { lastIndex, lastDir, lastAck } = connection;
  return old === SYN_SENT && lastIndex === CLASS_ACK && lastDir === REPLY && seq === lastAck;
}
