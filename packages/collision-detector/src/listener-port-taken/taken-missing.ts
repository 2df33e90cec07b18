import type { Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { hasKind, lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { TakenPort } from './listener-port-taken.ts';

/** Names the evidence that would tell more of a taken port, each with the command that gets it here. */
export function takenMissing(
  incident: Incident,
  { wanted: { ports, by }, range }: TakenPort,
): MissingEvidence[] {
  const inPod = podCommand(incident);
  return lacking([
    [
      hasKind(incident, 'ss'),
      'The sockets on the port: who has it, and whether anybody listens.',
      inPod(`ss -tanpo sport = :${ports[0]}`),
    ],
    [
      range.isCaptured,
      'The range of local ports, and which of them are reserved.',
      inPod('sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports'),
    ],
    [
      by.includes('error'),
      'The log of the program that listens on the port: whether it was refused (EADDRINUSE).',
      "kubectl logs <pod> --all-containers | grep -i 'address already in use'",
    ],
  ]);
}
