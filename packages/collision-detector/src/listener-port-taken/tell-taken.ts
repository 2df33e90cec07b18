import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { nameProcess } from '../processes.ts';
import type { TakenPort } from './listener-port-taken.ts';
import type { PortHolders } from './port-holders.ts';

/** More ports than this are counted instead of named. */
const MAX_NAMED = 5;

/** Says in one sentence who has the port, and who cannot listen on it. */
export function takenSummary({ wanted: { ports, by }, state, holders }: TakenPort): string {
  const port = ports[0];
  if (holders === null) {
    return by.includes('error')
      ? `A program could not listen on port ${port}: it is one that the kernel gives to outgoing connections, and something had it.`
      : `${mayBeTaken(ports)} one that the kernel gives to outgoing connections, and it is not reserved.`;
  }
  const has = state === 'past' ? 'had' : 'has';
  const who = `an outgoing connection ${ofWhom(holders)}${has} it`;
  if (state === 'latent') return `Port ${port} is taken before its listener has started: ${who}.`;
  const cannot = state === 'past' ? 'could not be listened on' : 'cannot be listened on';
  return `Port ${port} ${cannot}: ${who} as its local port.`;
}

function mayBeTaken(ports: readonly number[]): string {
  if (ports.length === 1) return `Port ${ports[0]} may be taken from its listener: it is`;
  const which = ports.length > MAX_NAMED ? String(ports.length) : ports.join(', ');
  const head = ports.length > MAX_NAMED ? `${which} ports` : `Ports ${which}`;
  return `${head} may be taken from their listeners: each is`;
}

function ofWhom({ sockets }: PortHolders): string {
  const { process, peer } = sockets[0].socket;
  const to =
    peer.port === null ? '' : `to ${formatEndpoint({ address: peer.address, port: peer.port })} `;
  return process[0] === undefined ? to : `of ${nameProcess(process[0], '')} ${to}`;
}

/** Tells how the port came to be taken, and what that means for its listener. */
export function takenStory(
  { wanted, state, holders, range }: TakenPort,
  incident: Incident,
): string[] {
  const { ports, by } = wanted;
  const [port] = ports;
  const more = ports.length === 1 ? '' : ` So are ${ports.length - 1} more.`;
  const reserved = incident.sysctl('net.ipv4.ip_local_reserved_ports');
  const isReserved = range.has(port)
    ? reserved === null
      ? ' Whether it is reserved is not captured.'
      : ' It is not reserved.'
    : ' It is reserved now.';
  const assumed = range.isCaptured ? '' : " (the kernel's default; the sysctl is not captured)";
  return [
    `A connect that names no port gets one from ${range.low} to ${range.high}${assumed}, and port ${port} is one of them.${isReserved}${more}`,
    ...(holders === null ? [] : holderStory(holders)),
    ...(by.includes('error')
      ? ['A program wanted to listen on it and was refused: EADDRINUSE.']
      : []),
    ...(state === 'latent' ? [latentSays(wanted.by, holders)] : []),
  ];
}

function holderStory({ sockets }: PortHolders): string[] {
  const states = new Set(sockets.map(({ socket }) => socket.state));
  const waits =
    states.size === 1 && states.has('TIME-WAIT')
      ? ' It is closed, but holds the port until its TIME-WAIT is over: SO_REUSEADDR helps a listener only where the old socket had it too.'
      : '';
  const many = sockets.length === 1 ? 'One connection has' : `${sockets.length} connections have`;
  return [`${many} it as its local port, and nobody listens on it.${waits}`];
}

function latentSays(by: TakenPort['wanted']['by'], holders: PortHolders | null): string {
  const who = by.includes('rule')
    ? 'Rules send traffic to it'
    : 'A process listens on it at other times';
  return holders === null
    ? `${who}: if a connection has it when the listener starts, the listener is refused.`
    : `${who}: its listener will be refused until that connection has gone.`;
}
