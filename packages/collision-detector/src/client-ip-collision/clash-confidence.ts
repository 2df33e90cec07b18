import type { Finding } from '../finding.ts';
import type { ClashGroup } from './client-ip-collision.ts';

/**
 * Says how sure it is that a load balancer made connections alike, by the surest of them:
 *
 * | what packets show | confidence |
 * |---|---|
 * | a SYN left, and the same SYN came back to the address that it is from, with fewer hops left | certain |
 * | only the SYN that came back, from its own address and through a router | likely |
 * | a SYN with the tuple of a living connection, which goes on with its own numbers afterwards | certain |
 * | the same, from another neighbour or with another count of hops, within 60 s | likely |
 *
 * The same sequence number is a SYN sent again, or one packet seen twice; a connection that was closed
 * or reset may be followed by another: neither is this.
 */
export function clashConfidence({
  members,
}: ClashGroup): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (members.some((clash) => clash.kind === 'hairpin' && clash.isWhole)) {
    return {
      confidence: 'certain',
      confidenceReason:
        'The capture has the SYN twice: as it left, and as it came back from outside with fewer hops to live.',
    };
  }
  if (members[0].kind === 'hairpin') {
    return {
      confidence: 'likely',
      confidenceReason:
        'A SYN came from outside with the own address as its source; the one that left was not captured.',
    };
  }
  if (members.some((clash) => clash.kind === 'two-ways' && clash.shows.includes('goes-on'))) {
    return {
      confidence: 'certain',
      confidenceReason:
        'After the second SYN the first connection goes on with its own numbers, so there are two senders.',
    };
  }
  return {
    confidence: 'likely',
    confidenceReason:
      'The second SYN came another way than the first connection, which had not ended. A client that died and came again over another route would look the same.',
  };
}
