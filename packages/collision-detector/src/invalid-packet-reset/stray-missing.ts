import type { Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { hasKind, lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';

/** Names the evidence that would tell more of an INVALID segment, each with the command that gets it. */
export function strayMissing(incident: Incident, port: number | null): MissingEvidence[] {
  const inPod = podCommand(incident);
  const filter = port === null ? 'tcp' : `port ${port}`;
  return lacking([
    [
      hasKind(incident, 'tcpdump', 'pcap'),
      'The packets: which segment the RST answers.',
      inPod(`tcpdump -i any -n -S -v -s 128 '${filter}'`),
    ],
    [
      hasKind(incident, 'log'),
      'Why conntrack calls a segment INVALID: the kernel logs it where it is told to.',
      `${inPod('sysctl -w net.netfilter.nf_conntrack_log_invalid=6')}; dmesg -w | grep nf_ct_proto_6`,
    ],
    [
      hasKind(incident, 'conntrack-statistics'),
      'How many packets conntrack has called INVALID.',
      inPod('conntrack -S'),
    ],
    [
      hasKind(incident, 'ss'),
      "The sockets: whether the connection's own is still open.",
      inPod('ss -tnaoep'),
    ],
    [
      hasKind(incident, 'ruleset'),
      'The rules: what is translated, and whether INVALID packets are dropped.',
      inPod('iptables-save -c'),
    ],
    [
      incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal') !== null,
      'Whether window checking is on (nf_conntrack_tcp_be_liberal).',
      inPod('sysctl net.netfilter.nf_conntrack_tcp_be_liberal'),
    ],
  ]);
}
