import type { Finding } from './finding.ts';
import type { Collision } from './outbound-port-collision.ts';

/** Says how sure a collision is: by what was seen of the old socket's answer, and by how many sources. */
export function collisionConfidence({
  attempt: { sources },
  stale,
}: Pick<Collision, 'attempt' | 'stale'>): Pick<Finding, 'confidence' | 'confidenceReason'> {
  const isGone = stale?.entryState === 'absent' || stale?.entryState === 'replaced';
  if (sources.has('packets')) {
    return {
      confidence: 'certain',
      confidenceReason: 'The packets show the SYN and the challenge ACK that answers it.',
    };
  }
  if (sources.has('snapshot') && isGone) {
    return {
      confidence: 'certain',
      confidenceReason:
        'One snapshot shows the connecting socket, the stale socket with the same port, and that its entry is gone.',
    };
  }
  if (sources.has('events') && isGone) {
    return {
      confidence: 'certain',
      confidenceReason:
        "A snapshot shows the stale socket, and conntrack's events an answer that was no SYN-ACK.",
    };
  }
  if (sources.has('snapshot')) {
    return {
      confidence: 'likely',
      confidenceReason:
        'One snapshot shows the connecting socket and the stale socket with the same port; no conntrack listing shows whether the old entry is gone.',
    };
  }
  if (sources.has('events')) {
    return {
      confidence: 'likely',
      confidenceReason:
        "conntrack's events show an answer that was no SYN-ACK; no snapshot shows the stale socket.",
    };
  }
  return {
    confidence: 'possible',
    confidenceReason: 'Only RSTs in the kernel log show it; other causes send such RSTs too.',
  };
}
