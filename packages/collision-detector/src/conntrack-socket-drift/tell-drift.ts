import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { nameProcess } from '../processes.ts';
import type { Drift } from './conntrack-socket-drift.ts';

/** Says in one sentence what is left of what, and what that means. */
export function driftSummary(drift: Drift): string {
  const isPast = drift.state === 'past';
  if (drift.kind === 'forgotten') {
    const { sockets } = drift;
    const [{ socket, local }] = sockets;
    const holder = nameProcess(socket.socket.process[0], 'The proxy');
    const count =
      sockets.length === 1 ? 'an open connection' : `${sockets.length} open connections`;
    const next = isPast
      ? ''
      : `: the next packet on ${sockets.length === 1 ? 'it' : 'each'} goes astray`;
    return `${holder} ${isPast ? 'had' : 'has'} ${count} behind port ${local.port} whose conntrack ${sockets.length === 1 ? 'entry is' : 'entries are'} gone${next}.`;
  }
  const { entries } = drift;
  const were = isPast ? 'had' : 'has';
  if (drift.kind === 'flood') {
    return `conntrack ${were} ${entries.length} entries in CLOSE_WAIT, of ${drift.total} in all, for connections that no socket belongs to any more.`;
  }
  const what = entries.length === 1 ? 'an entry' : `${entries.length} entries`;
  return `conntrack ${were} ${what} of established connections that no socket belongs to any more.`;
}

/** Tells how they came apart, and what a new connection or the next packet meets. */
export function driftStory(drift: Drift, incident: Incident): string[] {
  if (drift.kind === 'forgotten') return forgottenStory(drift, incident);
  const [first] = drift.entries;
  const to = formatEndpoint({ address: first.orig.dst, port: first.orig.dport });
  const key = drift.kind === 'flood' ? 'close_wait' : 'established';
  const value = incident.sysctl(`net.netfilter.nf_conntrack_tcp_timeout_${key}`);
  const lasts = value === null ? 'for its timeout' : `for ${value} s`;
  return [
    `An entry goes when conntrack sees its connection end. These did not end so: the socket went while no FIN or RST could pass, or the one that passed was INVALID. The first is to ${to}.`,
    `Without a packet such an entry stays ${lasts}. It takes a place in the table.`,
    drift.kind === 'flood'
      ? 'In CLOSE_WAIT one side has closed and the other has not, as far as conntrack saw.'
      : 'A new connection from the same port to the same service is taken for the old one: it goes where the old entry says, even if that server is gone.',
  ];
}

function forgottenStory(
  { sockets }: Extract<Drift, { kind: 'forgotten' }>,
  incident: Incident,
): string[] {
  const [{ local, peer, basis, wasTracked }] = sockets;
  const value = incident.sysctl('net.netfilter.nf_conntrack_tcp_timeout_established');
  const lasts =
    value === null
      ? ''
      : ` Without a packet it stays for ${value} s (nf_conntrack_tcp_timeout_established).`;
  return [
    `${formatEndpoint(peer)} is connected to ${formatEndpoint(local)} because a rule redirected it. The entry of the connection translates each of its packets.${lasts}`,
    basis === 'twice' && wasTracked
      ? 'An earlier snapshot has the entry. In the last one the connection is still open and the entry is gone: it expired, was deleted, or was evicted.'
      : 'The connection is open and has no entry: it expired, was deleted, or was evicted.',
    "The next packet of the client is not redirected: it leaves for the service, which has no such connection and answers with a RST. The next packet of the proxy comes to the client from the proxy's own address, and is refused.",
  ];
}
