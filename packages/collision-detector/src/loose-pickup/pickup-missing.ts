import type { Incident } from '@tuplescope/incident';
import { eventLogs } from '../entries.ts';
import type { MissingEvidence } from '../finding.ts';
import { hasKind, lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { TakenUp } from './loose-pickup.ts';

/** Names the evidence that would tell more of a pickup, each with the command that gets it here. */
export function pickupMissing(
  incident: Incident,
  { client: { sport } }: TakenUp,
): MissingEvidence[] {
  const inPod = podCommand(incident);
  return lacking([
    [
      eventLogs(incident.captures).length > 0,
      'The events of conntrack: when the old entry went, and what became of the new one.',
      inPod(`conntrack -E -o timestamp -p tcp`),
    ],
    [
      hasKind(incident, 'tcpdump', 'pcap'),
      'The packets: who answered the late one with a RST.',
      inPod(`tcpdump -i any -n -S -v -s 128 'port ${sport}'`),
    ],
    [
      hasKind(incident, 'ss'),
      "The sockets: whether the connection's own end is still open.",
      inPod('ss -tnaoep'),
    ],
    [
      hasKind(incident, 'ruleset'),
      'The rules: whether what looks like a new connection is redirected.',
      inPod('iptables-save -c'),
    ],
    [
      incident.sysctl('net.netfilter.nf_conntrack_tcp_loose') !== null,
      "The sysctls of this namespace: conntrack's timeouts, and tcp_loose.",
      inPod('sysctl -a --pattern nf_conntrack_tcp'),
    ],
  ]);
}
