import type { Incident } from '@tuplescope/incident';
import { entryListings } from '../entries.ts';
import type { MissingEvidence } from '../finding.ts';
import { hasKind, lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';

/** Names the evidence that would tell more of an inbound collision, each with the command that gets it. */
export function inboundMissing(incident: Incident, port: number): MissingEvidence[] {
  const inPod = podCommand(incident);
  return lacking([
    [
      hasKind(incident, 'tcpdump', 'pcap'),
      'The packets: whose numbers the answers to the SYN carry.',
      inPod(`tcpdump -i any -n -S -v -s 128 'port ${port}'`),
    ],
    [
      entryListings(incident.captures).length > 0,
      'The conntrack table of this namespace: which connections of the client are known.',
      inPod('conntrack -L -p tcp'),
    ],
    [
      hasKind(incident, 'ss'),
      "The sockets: which of the client's connections the proxy still has.",
      inPod('ss -tnaoep'),
    ],
    [
      hasKind(incident, 'ruleset'),
      'The rules: which ports are redirected to one listener.',
      inPod('iptables-save -c'),
    ],
    [
      incident.kernel !== null,
      'The kernel: whether its conntrack lets the RST through that ends the first connection.',
      'uname -a',
    ],
  ]);
}
