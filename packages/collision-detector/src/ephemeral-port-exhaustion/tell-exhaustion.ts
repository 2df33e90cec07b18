import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { Exhaustion } from './ephemeral-port-exhaustion.ts';
import type { Fill } from './fill.ts';

/** Says in one sentence whose ports run out toward what. */
export function exhaustionSummary({ fill, state, errors }: Exhaustion): string {
  if (fill === null) {
    const times = errors.length === 1 ? 'A program' : 'Programs';
    return `${times} got no local port for a connection (EADDRNOTAVAIL); no listing shows what holds them.`;
  }
  const { src } = fill;
  const ports = taken(fill);
  const route = `from ${src} to ${endpointOf(fill)}`;
  switch (state) {
    case 'active':
      return `Connections ${route} run out of ports: ${ports}${failing(errors.length)}.`;
    case 'latent':
      return `Connections ${route} will soon run out of ports: ${ports}.`;
    default:
      return `Connections ${route} ran out of ports: ${ports.replace('are', 'were')}${failing(errors.length)}; by the last snapshot they are free again.`;
  }
}

/** A socket holds its port; an entry only remembers one, unless it is NAT that looks for a port. */
function taken({ held, tracked, usable, chooser, sockets }: Fill): string {
  if (chooser === 'nat') return `${tracked} of ${usable} source ports are taken`;
  if (sockets === null) return `${tracked} of ${usable} local ports are taken by conntrack's count`;
  const remembered = tracked > held ? ` (${tracked} by conntrack's count)` : '';
  return `${held} of ${usable} local ports are taken${remembered}`;
}

function failing(errors: number): string {
  return errors === 0 ? '' : ', and programs are refused one (EADDRNOTAVAIL)';
}

function endpointOf({ dst, dport }: Fill): string {
  return formatEndpoint({ address: dst, port: dport });
}

/** Tells why a port is taken, by what, and what a program sees of it. */
export function exhaustionStory(exhaustion: Exhaustion, incident: Incident): string[] {
  const { fill, range, errors } = exhaustion;
  if (fill === null) {
    return [
      `A connect that names no port gets one from ${range.low} to ${range.high}${assumed(exhaustion)}. Where all that fit are taken, it fails with EADDRNOTAVAIL.`,
      `${errors.length} such failures are in the logs. A local address that is not there gives the same error.`,
    ];
  }
  return fill.chooser === 'nat' ? natStory(fill) : connectStory(fill, exhaustion, incident);
}

function connectStory(fill: Fill, exhaustion: Exhaustion, incident: Incident): string[] {
  const { range, errors } = exhaustion;
  const { held, inTimeWait, tracked, usable, sockets, entries } = fill;
  const waiting =
    inTimeWait === 0
      ? 'None of them is in TIME-WAIT.'
      : `${inTimeWait} of them are in TIME-WAIT: closed, but held for a minute.`;
  return [
    `Each connection from ${fill.src} to ${endpointOf(fill)} needs a local port of its own. The kernel chooses from ${range.low} to ${range.high}: ${usable} ports${assumed(exhaustion)}.`,
    ...(sockets === null ? [] : [`Sockets hold ${held} of them. ${waiting}`]),
    ...(entries === null
      ? []
      : [
          `conntrack entries hold ${tracked} of them, those of connections included that are gone.`,
        ]),
    errors.length > 0
      ? 'Programs were refused a port: a connect then fails at once, before a packet is sent.'
      : 'When no port is left, a connect fails at once with EADDRNOTAVAIL, before a packet is sent.',
    ...reuseStory(fill, incident),
  ];
}

function natStory({ src, dst, dport, tracked, usable }: Fill): string[] {
  return [
    `NAT sends connections on from ${src} to ${formatEndpoint({ address: dst, port: dport })}, each under a source port of its own. It chooses from 1024 to 65535: ${usable} ports.`,
    `conntrack entries hold ${tracked} of them, also for a while after a connection has ended.`,
    'When NAT finds no free port it drops the packet: a connect then waits for its SYN to be sent again.',
  ];
}

function reuseStory({ inTimeWait }: Fill, incident: Incident): string[] {
  const reuse = incident.sysctl('net.ipv4.tcp_tw_reuse');
  if (inTimeWait === 0 || reuse === null) return [];
  return [
    reuse === '0'
      ? 'tcp_tw_reuse is 0: a port stays taken until its TIME-WAIT is over.'
      : `tcp_tw_reuse is ${reuse}: ports in TIME-WAIT may be used again after a second${reuse === '2' ? ' on loopback' : ''}.`,
  ];
}

function assumed({ range }: Exhaustion): string {
  return range.isCaptured ? '' : " (the kernel's default; the sysctl is not captured)";
}
