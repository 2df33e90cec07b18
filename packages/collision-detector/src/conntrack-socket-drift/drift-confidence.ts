import type { Incident } from '@tuplescope/incident';
import type { Finding } from '../finding.ts';
import type { Drift } from './conntrack-socket-drift.ts';

/**
 * Says how sure it is that sockets and entries have drifted apart, by the least sure of them:
 *
 * | what is shown | confidence |
 * |---|---|
 * | an entry without a socket, in two snapshots and without a packet in between | certain |
 * | an entry without a socket that had no packet for 30 s, by the timeout that a sysctl tells | certain |
 * | the same, by the longest time left in the listing | likely |
 * | an open redirected connection without an entry in a later snapshot, which an earlier one lists | certain |
 * | the same, whose entry no listing has had | likely |
 * | an open redirected connection without an entry that is 30 s old by its own TCP info | likely |
 *
 * A listing that was filtered, or one of sockets alone, tells nothing; nor do entries of addresses
 * that are not this namespace's own, which it forwards.
 */
export function driftConfidence(
  drift: Drift,
  incident: Incident,
): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (drift.kind === 'forgotten') {
    const isSure = drift.sockets.every(({ basis, wasTracked }) => basis === 'twice' && wasTracked);
    return isSure
      ? {
          confidence: 'certain',
          confidenceReason:
            'An earlier listing has the entries of these connections; a later one, of a time at which they were open, has not.',
        }
      : {
          confidence: 'likely',
          confidenceReason:
            'The connections are older than the listing that lacks their entries; that it is of this namespace is not shown by an entry that it had before.',
        };
  }
  const isTwice = drift.entries.every(({ basis }) => basis === 'twice');
  const key = drift.kind === 'flood' ? 'close_wait' : 'established';
  const isSet = incident.sysctl(`net.netfilter.nf_conntrack_tcp_timeout_${key}`) !== null;
  return isTwice || isSet
    ? {
        confidence: 'certain',
        confidenceReason: isTwice
          ? 'Two snapshots show the entries without a socket, and no packet came in between.'
          : 'By the time that they have left, the entries had no packet for half a minute or more, and no socket is listed.',
      }
    : {
        confidence: 'likely',
        confidenceReason:
          'No socket is listed, and the entries have less time left than others in their state; the timeout itself is not known.',
      };
}
