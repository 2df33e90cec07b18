import type { Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { hasKind, lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { Exhaustion } from './ephemeral-port-exhaustion.ts';

/** Names the evidence that would tell more of the ports, each with the command that gets it here. */
export function exhaustionMissing(
  incident: Incident,
  { fill, range, errors }: Exhaustion,
): MissingEvidence[] {
  const inPod = podCommand(incident);
  const to = fill === null ? '' : ` dst ${fill.dst} dport = :${fill.dport}`;
  return lacking([
    [
      hasKind(incident, 'ss'),
      'The sockets: which hold the ports, and who owns them.',
      inPod(`ss -tanpo${to}`),
    ],
    [
      range.isCaptured,
      'The range of local ports, and which of them are reserved.',
      inPod('sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports'),
    ],
    [
      incident.sysctl('net.ipv4.tcp_tw_reuse') !== null,
      'Whether a port in TIME-WAIT may be used again at once.',
      inPod('sysctl net.ipv4.tcp_tw_reuse'),
    ],
    [
      errors.length > 0,
      "The programs' own logs: whether a connect fails with EADDRNOTAVAIL (Envoy: connect error: 99).",
      "kubectl logs <pod> --all-containers | grep -iE 'assign requested address|EADDRNOTAVAIL|connect error: 99'",
    ],
  ]);
}
