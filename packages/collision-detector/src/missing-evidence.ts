import { capturesOf, type Incident, isEventLog } from '@tuplescope/incident';
import type { MissingEvidence } from './finding.ts';
import { hasKind, lacking } from './lacking.ts';
import { inNamespace } from './mitigations.ts';
import type { StaleSocket } from './stale-sockets.ts';

/** Names the evidence that is not in the incident, each with the command that gets it here. */
export function missingEvidence(
  incident: Incident,
  stale: StaleSocket | undefined,
  port: number | undefined,
): MissingEvidence[] {
  const lists =
    stale?.entryState !== 'unknown' &&
    capturesOf(incident.captures, 'conntrack').some(({ content }) => !isEventLog(content.table));
  const filter = port === undefined ? 'tcp' : `port ${port}`;
  return lacking([
    [
      hasKind(incident, 'ss'),
      'The sockets: which process holds the stale one, and which is connecting.',
      inNamespace(stale, 'ss -naoep'),
    ],
    [
      lists,
      "The conntrack table of this namespace: whether the old connection's entry has expired.",
      inNamespace(stale, 'conntrack -L'),
    ],
    [
      hasKind(incident, 'nstat'),
      'The counters: how many challenge ACKs were sent (TcpExtTCPSYNChallenge).',
      inNamespace(stale, 'nstat -zas'),
    ],
    [
      hasKind(incident, 'tcpdump', 'pcap'),
      'The packets: whether the RST leaves with its untranslated address.',
      inNamespace(stale, `tcpdump -i any -n -S -v -s 128 '${filter}'`),
    ],
    [
      hasKind(incident, 'ruleset'),
      'The rules: which ports intercept traffic, and whether a rule drops the RST.',
      inNamespace(stale, 'iptables-save -c'),
    ],
    [
      incident.kernel !== null,
      'The kernel: whether its conntrack calls the RST INVALID.',
      'uname -a',
    ],
    [
      incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal') !== null,
      'The sysctls of this namespace: they change what conntrack accepts.',
      inNamespace(stale, 'sysctl -a --pattern "netfilter|ip_local"'),
    ],
  ]);
}
