import { type Connection, clearNumbers, senderOf } from './connection.ts';
import type { DirectionNumber } from './direction.ts';
import type { Kernel } from './kernel.ts';
import type { Segment } from './segment.ts';
import { CLASS_SYN, CLASS_SYNACK } from './segment-class.ts';
import { BE_LIBERAL, EXPECT_CHALLENGE_ACK } from './tcp-mark.ts';

/** Says whether a SYN/ACK answers the SYN that was ignored last: both ends have begun anew. */
export function answersIgnoredSyn(
  connection: Connection,
  segment: Segment,
  direction: DirectionNumber,
  index: number,
): boolean {
  return (
    index === CLASS_SYNACK &&
    connection.lastIndex === CLASS_SYN &&
    connection.lastDir !== direction &&
    (segment.ack | 0) === connection.lastEnd
  );
}

/** Starts both sides from the SYN that was ignored; the SYN/ACK itself is still to be judged. */
export function resync(
  { behaviour }: Kernel,
  connection: Connection,
  direction: DirectionNumber,
): void {
  const opener = senderOf(connection, connection.lastDir);
  opener.end = connection.lastEnd;
  opener.maxend = connection.lastEnd;
  opener.maxwin = connection.lastWin || 1;
  opener.scale = connection.lastWscale;
  connection.lastFlags &= ~EXPECT_CHALLENGE_ACK;
  opener.flags = connection.lastFlags;
  const answerer = senderOf(connection, direction);
  clearNumbers(answerer);
  // keep-liberal, f2dd495a8d58.
  answerer.flags = behaviour.keepLiberal ? answerer.flags & BE_LIBERAL : 0;
}
