import type { Incident } from '@tuplescope/incident';
import { isLoopback } from '@tuplescope/net';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { Exhaustion } from './ephemeral-port-exhaustion.ts';

/** What frees ports, or gives more of them. */
export function relieveExhaustion(incident: Incident, exhaustion: Exhaustion): Mitigation[] {
  const isNat = exhaustion.fill?.chooser === 'nat';
  return [
    {
      action: 'Keep connections open and use them again',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'One connection for many requests (a pool, keep-alive, HTTP/2) needs one port; each that is closed holds its port for a minute in TIME-WAIT.',
      sideEffects: 'Idle connections stay open on both sides.',
    },
    ...(isNat ? [] : [widenRange(incident, exhaustion), reuseTimeWait(incident, exhaustion)]),
    {
      action: isNat
        ? 'Translate to more addresses'
        : 'Connect to more endpoints, or from more addresses',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'The ports are counted for each pair of source address and destination: a second listener port, destination or source address has all of them again.',
      sideEffects: 'None.',
    },
  ];
}

function widenRange(incident: Incident, { range }: Exhaustion): Mitigation {
  const isWide = range.low <= 1024 && range.high >= 65_000;
  return {
    action: 'Widen the range of local ports',
    command: podCommand(incident)('sysctl -w net.ipv4.ip_local_port_range="1024 65535"'),
    works: !isWide,
    verifiedBy: 'source',
    why: isWide
      ? `It is ${range.low} to ${range.high} already.`
      : `It gives 64512 ports instead of ${range.usable}. The sysctl is per network namespace; a pod may set it in its securityContext.`,
    sideEffects:
      'Ports that programs listen on (15001, 15006, 15020, 15021, 15090 of Istio, NodePorts) lie in it then: put them into net.ipv4.ip_local_reserved_ports first.',
  };
}

function reuseTimeWait(incident: Incident, { fill }: Exhaustion): Mitigation {
  const reuse = incident.sysctl('net.ipv4.tcp_tw_reuse');
  const isOn = reuse === '1' || (reuse === '2' && fill !== null && isLoopback(fill.dst));
  const isWaiting = fill === null || fill.inTimeWait > 0;
  return {
    action: 'Use ports in TIME-WAIT again',
    command: podCommand(incident)('sysctl -w net.ipv4.tcp_tw_reuse=1'),
    works: !isOn && isWaiting,
    verifiedBy: 'source',
    why: isOn
      ? `It is ${reuse} already.`
      : isWaiting
        ? 'A connect may then take a port whose TIME-WAIT is older than a second, where both ends use TCP time stamps.'
        : 'None of these sockets is in TIME-WAIT: they are open, and their ports are in use.',
    sideEffects:
      'Late packets of the old connection are told from the new one by time stamps alone.',
  };
}
