import type { Connection } from './connection.ts';
import { type DirectionNumber, ORIGINAL, REPLY } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { CLASS_ACK, CLASS_SYN } from './segment-class.ts';
import { endOf } from './sequence.ts';
import { optionFlags, optionScale } from './side-options.ts';
import { EXPECT_CHALLENGE_ACK } from './tcp-mark.ts';
import { LAST_ACK, SYN_SENT } from './tcp-state.ts';

/**
 * Remembers a packet that passes without a change: it may be the first of a connection that both
 * ends know and the entry does not, and the answer will tell.
 */
export function rememberIgnored(
  { behaviour }: Kernel,
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  index: number,
  old: number,
): void {
  connection.lastIndex = index;
  connection.lastDir = direction;
  connection.lastSeq = segment.seq | 0;
  connection.lastEnd = endOf(segment);
  connection.lastWin = segment.win;
  if (index === CLASS_SYN && direction === ORIGINAL) {
    connection.lastFlags = optionFlags(segment);
    connection.lastWscale = optionScale(segment);
    // RFC 5961 section 4: the other side will answer this SYN with a challenge ACK.
    if (old === LAST_ACK) connection.lastFlags |= EXPECT_CHALLENGE_ACK;
  }
  // challenge-ack-fix, c410cb974f2b: what this ACK acknowledges is the number of the RST to come.
  if (behaviour.challengeRst && old === SYN_SENT && index === CLASS_ACK && direction === REPLY) {
    connection.lastAck = segment.ack | 0;
  }
}
