import { type Connection, clearConnection } from './connection.ts';
import { ORIGINAL } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { CLASS_SYN } from './segment-class.ts';
import { endOf } from './sequence.ts';
import { takeOptions } from './side-options.ts';
import { nextState } from './state-table.ts';
import { BE_LIBERAL, SACK_PERMITTED } from './tcp-mark.ts';
import { NO_TRANSITION, NONE } from './tcp-state.ts';
import { decide, note, type Trace } from './trace.ts';

/**
 * tcp_new: prepares a connection for its first packet, or says that the packet cannot begin one.
 * Only a SYN and, with the sysctl loose, an ACK can.
 */
export function beginConnection(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  index: number,
  trace: Trace,
): boolean {
  if (nextState(ORIGINAL, index, NONE) >= NO_TRANSITION) {
    decide(trace, 'cannot-begin', index, 0);
    note(trace, 'invalid-new', 0);
    return false;
  }
  clearConnection(connection);
  const { original, reply } = connection;
  if (index === CLASS_SYN) {
    original.end = endOf(segment);
    original.maxend = original.end;
    original.maxwin = segment.win || 1;
    takeOptions(kernel, original, segment);
    return true;
  }
  if (!kernel.limits.loose) {
    decide(trace, 'not-loose', 0, 0);
    return false;
  }
  // Picked up in the middle: no window is known, so both sides are treated liberally.
  original.end = endOf(segment);
  original.maxwin = segment.win || 1;
  original.maxend = (original.end + original.maxwin) | 0;
  original.flags = SACK_PERMITTED | BE_LIBERAL;
  reply.flags = SACK_PERMITTED | BE_LIBERAL;
  return true;
}
