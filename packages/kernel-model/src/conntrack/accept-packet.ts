import { type Connection, senderOf } from './connection.ts';
import type { DirectionNumber } from './direction.ts';
import type { Kernel } from './kernel.ts';
import { UNACK } from './limits.ts';
import type { Segment } from './segment.ts';
import { CLASS_RST, CLASS_SYN } from './segment-class.ts';
import { ASSURED, FIXED_TIMEOUT, SEEN_REPLY } from './status.ts';
import { CLOSE_INIT } from './tcp-mark.ts';
import { ESTABLISHED, FIN_WAIT, SYN_RECV, SYN_SENT } from './tcp-state.ts';
import { ACCEPT, ACCEPT_AND_KILL } from './tcp-verdict.ts';
import { timeoutFor } from './timeouts.ts';
import { decide, type Trace } from './trace.ts';

/**
 * Takes an accepted packet over: state, mark of the first FIN, timeout and ASSURED.
 *
 * @param old the state that the packet met; SYN_SENT after a resync.
 * @param state the new state.
 */
export function acceptPacket(
  kernel: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  index: number,
  old: number,
  state: number,
  trace: Trace,
): number {
  connection.lastIndex = index;
  connection.lastDir = direction;
  connection.state = state;
  trace.changed = old !== state;
  if (trace.changed && state === FIN_WAIT) senderOf(connection, direction).flags |= CLOSE_INIT;
  let timeout = timeoutFor(kernel, connection, index, state);
  if (!(connection.status & SEEN_REPLY)) {
    if (index === CLASS_RST) {
      // Nobody ever answered: nothing is kept for the answer to this RST.
      decide(trace, 'rst-unreplied', 0, 0);
      return ACCEPT_AND_KILL;
    }
    // no-syn-renewal, e15d4cdf27cb.
    if (kernel.behaviour.noRenewSyn && index === CLASS_SYN && old === SYN_SENT) {
      decide(trace, 'syn-not-renewed', 0, 0);
      return ACCEPT;
    }
    // Picked up in the middle, and only one side is there.
    const unack = kernel.limits.timeouts[UNACK] as number;
    if (state === ESTABLISHED && timeout > unack) timeout = unack;
  } else if (!(connection.status & ASSURED) && state === ESTABLISHED) {
    if (old === SYN_RECV || old === ESTABLISHED) connection.status |= ASSURED;
  }
  if (!(connection.status & FIXED_TIMEOUT)) connection.expires = segment.at + timeout;
  return ACCEPT;
}
