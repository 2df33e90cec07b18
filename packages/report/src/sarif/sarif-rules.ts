import type { ReportFinding } from '../report.ts';

/** What each family is, in a sentence that names no port. */
export const RULES: Readonly<Record<ReportFinding['family'], string>> = {
  'half-closed-leak': 'A half-closed socket of a proxy has outlived its conntrack entry.',
  'outbound-port-collision':
    'The SYN of a new connection meets a stale socket of the outbound proxy that has its port.',
  'inbound-port-collision':
    'The SYN of a new connection meets a stale socket of the inbound proxy that has its port.',
  'ephemeral-port-exhaustion': 'No ephemeral port is left for a destination.',
  'listener-port-taken': 'A port that a program wants to listen on is taken.',
  'invalid-packet-reset': 'Packets that conntrack calls INVALID reset connections in health.',
  'loose-pickup': 'conntrack picked a connection up in its middle, without its NAT.',
  'nat-insert-race': 'Packets are lost because two connections ask for one NAT tuple at once.',
  'snat-port-reuse': 'Source NAT uses a port again that the server still has in TIME-WAIT.',
  'ipvs-port-reuse': 'IPVS sends a connection that uses a port again to the old server.',
  'client-ip-collision': 'Connections of two clients have the same address and port to a server.',
  'conntrack-socket-drift': 'Sockets and conntrack entries disagree on connections.',
  'conntrack-table-full': 'The conntrack table is full, and new connections are dropped.',
  'paws-drop': 'Segments are dropped because their timestamps are older than expected.',
};
