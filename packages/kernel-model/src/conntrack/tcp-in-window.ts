import { RST } from '@tuplescope/net';
import { beginSide, mayBegin } from './begin-side.ts';
import { type Connection, receiverOf, senderOf } from './connection.ts';
import type { DirectionNumber } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { acknowledges, endOf, sackOf } from './sequence.ts';
import { SYN_SENT } from './tcp-state.ts';
import { decide, type Trace } from './trace.ts';
import { fitsWindow, seqUpperBound } from './window-bounds.ts';
import { IN_WINDOW } from './window-result.ts';
import { judgeFailure } from './window-tests.ts';
import { updateWindow } from './window-update.ts';

/**
 * tcp_in_window: says whether a segment fits what both sides sent and allowed, and where it does,
 * remembers it. All arithmetic is on the 32-bit circle.
 *
 * @returns IN_WINDOW, PASSED_BY or OUT_OF_WINDOW.
 */
export function tcpInWindow(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  index: number,
  trace: Trace,
): number {
  const sender = senderOf(connection, direction);
  const receiver = receiverOf(connection, direction);
  let seq = segment.seq | 0;
  let end = endOf(segment);
  let ack = segment.ack | 0;
  let sack = sackOf(segment, receiver) | 0;
  if (
    mayBegin(connection, sender) &&
    beginSide(kernel, connection, sender, receiver, segment, direction, end, sack)
  ) {
    decide(trace, 'simultaneous-open', 0, 0);
    return IN_WINDOW;
  }
  const isRst = (segment.flags & RST) !== 0;
  // Without ACK there is nothing to hold against the window; a RST/ACK may carry 0 for the same.
  if (!acknowledges(segment) || (isRst && ack === 0)) {
    ack = receiver.end;
    sack = receiver.end;
  }
  // A RST that answers a SYN has no number of its own to give.
  if (isRst && seq === 0 && connection.state === SYN_SENT) {
    seq = sender.end;
    end = sender.end;
  }
  if (fitsWindow(sender, receiver, seq, end, sack)) {
    decide(trace, 'in-window', seq, seqUpperBound(sender));
    updateWindow(
      kernel,
      connection,
      sender,
      receiver,
      segment,
      direction,
      index,
      seq,
      end,
      ack,
      sack,
    );
    return IN_WINDOW;
  }
  return judgeFailure(kernel, sender, receiver, seq, end, sack, trace);
}
