import { capturesOf, type Incident } from '@tuplescope/incident';
import { eventLogs } from '../entries.ts';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { Drift } from './conntrack-socket-drift.ts';

/** Names the evidence that would tell more of a drift, each with the command that gets it here. */
export function driftMissing(drift: Drift, incident: Incident): MissingEvidence[] {
  const inPod = podCommand(incident);
  const key = drift.kind === 'flood' ? 'close_wait' : 'established';
  const isTwice =
    drift.kind === 'forgotten'
      ? drift.sockets.every(({ basis }) => basis === 'twice')
      : drift.entries.every(({ basis }) => basis === 'twice');
  return lacking([
    [
      isTwice,
      'Sockets and entries a minute later: whether the same still lack each other.',
      inPod('sh -c "ss -tnaoe; conntrack -L -p tcp"'),
    ],
    [
      eventLogs(incident.captures).length > 0,
      'The events of conntrack: when entries go, and from which state.',
      inPod('conntrack -E -o timestamp -p tcp'),
    ],
    [
      incident.sysctl(`net.netfilter.nf_conntrack_tcp_timeout_${key}`) !== null,
      'The timeouts of this namespace.',
      inPod('sysctl -a --pattern nf_conntrack_tcp_timeout'),
    ],
    [
      capturesOf(incident.captures, 'conntrack-statistics').length > 0,
      'How many entries there are, and whether some were evicted (early_drop).',
      inPod('sh -c "conntrack -C; conntrack -S"'),
    ],
  ]);
}
