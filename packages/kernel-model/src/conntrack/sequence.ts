import { ACK, FIN, isAfter, SYN } from '@tuplescope/net';
import type { Side } from './connection.ts';
import type { Segment } from './segment.ts';
import { SACK_PERMITTED } from './tcp-mark.ts';

/** One past the segment's last sequence number: SYN and FIN count one each. */
export function endOf({ seq, len, flags }: Segment): number {
  return (seq + len + ((flags & SYN) >> 1) + (flags & FIN)) | 0;
}

/** The highest edge of what a segment acknowledges: a SACK block counts where the peer permits SACK. */
export function sackOf(segment: Segment, receiver: Side): number {
  let sack = segment.ack;
  if (!(receiver.flags & SACK_PERMITTED)) return sack;
  for (let i = 0; i < segment.sackBlocks; i++) {
    const edge = segment.sackEdges[i] as number;
    if (isAfter(edge, sack)) sack = edge;
  }
  return sack;
}

/** Whether the ACK flag is set. */
export function acknowledges({ flags }: Segment): boolean {
  return (flags & ACK) !== 0;
}
