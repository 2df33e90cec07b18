import type { Finding } from '../finding.ts';
import type { ReuseGroup } from './snat-port-reuse.ts';

/**
 * Says how sure it is that a gateway gave a port out too early, by the least sure of the connects:
 *
 * | what is shown of the connect whose SYN was answered by an ACK of an earlier connection | confidence |
 * |---|---|
 * | packets on both sides of the translation: two clients, one port behind it | certain |
 * | packets outside alone, from an address that entries give to sources, within 60 s of the last | likely |
 * | conntrack's events alone: two clients, one port, within 60 s | likely |
 * | packets outside alone, within 60 s of the last | possible |
 *
 * A SYN that is answered by a SYN-ACK speaks against it: the other end took the port's next connection.
 */
export function reuseConfidence({
  members,
}: ReuseGroup): Pick<Finding, 'confidence' | 'confidenceReason'> {
  const has = (basis: string): boolean => members.some((member) => member.basis === basis);
  if (has('outside')) {
    return {
      confidence: 'possible',
      confidenceReason:
        'Only the outside was captured. A client without a gateway looks the same if it takes its port again with a lower sequence number.',
    };
  }
  if (has('gateway-address')) {
    return {
      confidence: 'likely',
      confidenceReason:
        'Only the outside was captured, but entries give this address to connections of other clients.',
    };
  }
  if (has('events')) {
    return {
      confidence: 'likely',
      confidenceReason:
        "conntrack's events show two clients with one port, and an answer that is no SYN-ACK; no packet shows that answer.",
    };
  }
  return {
    confidence: 'certain',
    confidenceReason:
      'Packets on both sides of the translation show two clients with one port behind it, and the ACK of the earlier connection.',
  };
}
