import type { Finding } from '../finding.ts';
import type { TakenUp } from './loose-pickup.ts';

/**
 * Says how sure a pickup is, by the least sure of its connections.
 *
 * | confidence | where |
 * |---|---|
 * | certain | another record shows the entry that the connection had before |
 * | likely | the entry was redirected to a proxy, was reset, or comes from a server's port |
 * | possible | a client's packets made it: a network whose answers go another way looks the same |
 */
export function pickupConfidence(
  members: readonly TakenUp[],
): Pick<Finding, 'confidence' | 'confidenceReason'> {
  const isKnown = ({ basis }: TakenUp): boolean => basis === 'entry';
  if (members.every(isKnown)) {
    return {
      confidence: 'certain',
      confidenceReason:
        'Only a packet from the middle of a connection makes an entry that begins in ESTABLISHED, and another record shows the entry that this connection had before.',
    };
  }
  const isTelling = (member: TakenUp): boolean =>
    isKnown(member) || member.isFromServer || member.redirectedTo !== null || member.pickup.isReset;
  if (members.every(isTelling)) {
    return {
      confidence: 'likely',
      confidenceReason:
        'Only a packet from the middle of a connection makes an entry that begins in ESTABLISHED; no record shows the entry that the connection had before.',
    };
  }
  return {
    confidence: 'possible',
    confidenceReason:
      'The entry was made in the middle of a connection, but by its client: where answers take another way, healthy connections look the same.',
  };
}
