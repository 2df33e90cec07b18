import type { Finding } from '../finding.ts';
import type { InboundChallenge } from './inbound-port-collision.ts';
import type { Remap } from './remap.ts';

type Sureness = Pick<Finding, 'confidence' | 'confidenceReason'>;

/**
 * Says how sure it is that a connect met the socket of the same client port's earlier connection.
 *
 * | confidence | where |
 * |---|---|
 * | certain | packets show the SYN and the answer with another connection's numbers |
 * | certain | one snapshot shows the unfinished connect's entry and the proxy's socket with its ends, and events an answer that was no SYN-ACK |
 * | likely | one of the two last |
 */
export function challengeConfidence({ attempt: { sources } }: InboundChallenge): Sureness {
  if (sources.has('packets')) {
    return {
      confidence: 'certain',
      confidenceReason:
        "The packets show the SYN, and an answer that carries another connection's numbers.",
    };
  }
  if (sources.has('snapshot') && sources.has('events')) {
    return {
      confidence: 'certain',
      confidenceReason:
        "conntrack's events show an answer that was no SYN-ACK, and a snapshot the proxy's established socket with the same two ends.",
    };
  }
  return {
    confidence: 'likely',
    confidenceReason: sources.has('snapshot')
      ? "A snapshot shows a connect that was answered but not established, and the proxy's established socket with the same two ends; no packets and no events show the answer."
      : "conntrack's events show an answer that was no SYN-ACK; no snapshot shows the socket that gave it.",
  };
}

/**
 * Says how sure it is that a connection was moved because of another of the same client port.
 *
 * | confidence | where |
 * |---|---|
 * | certain | the entry that has the port is there too |
 * | likely | it is not: it may have gone since |
 */
export function remapConfidence(remaps: readonly Remap[]): Sureness {
  return remaps.every(({ first }) => first !== null)
    ? {
        confidence: 'certain',
        confidenceReason:
          'Both entries are there: the one that has the client port, and the one that NAT gave another.',
      }
    : {
        confidence: 'likely',
        confidenceReason:
          'NAT gave a connection another source port; the entry that had its own is not there any more.',
      };
}
