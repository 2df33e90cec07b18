import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import type { Leak } from './half-closed-leak.ts';
import { leakChance } from './leak-chance.ts';
import { nameProcess } from './processes.ts';
import type { StaleSocket } from './stale-sockets.ts';

/** More ports than this are counted instead of named. */
const MAX_NAMED_PORTS = 5;

/** Says in one sentence who holds what, and what that means for the next connect. */
export function leakSummary({ sockets, state }: Leak): string {
  const [first] = sockets;
  const holder = nameProcess(first.sockets[0]?.socket.process[0], 'The proxy');
  const ports = [...new Set(sockets.map(({ peer }) => peer.port))].sort((a, b) => a - b);
  const isOne = sockets.length === 1;
  const what = isOne ? 'a stale socket' : `${sockets.length} stale sockets`;
  const of = ports.length > MAX_NAMED_PORTS ? `${ports.length} client ports` : namePorts(ports);
  switch (state) {
    case 'past':
      return `${holder} held ${what} for ${of} that conntrack had forgotten; by the last snapshot ${isOne ? 'it is' : 'they are'} gone.`;
    case 'active':
      return `${holder} holds ${what} for ${of} that conntrack has forgotten, and a new connect is running into ${isOne ? 'it' : 'them'} now.`;
    default:
      return `${holder} holds ${what} for ${of} that conntrack has forgotten: the next connect from ${ports.length === 1 ? 'this port' : 'one of these ports'} will run into it.`;
  }
}

function namePorts(ports: readonly number[]): string {
  return `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`;
}

/** Tells how a socket came to outlive its entry, and what a connect that meets it can expect. */
export function leakStory(
  { sockets, state }: Leak,
  incident: Incident,
  kernel: KernelAssessment,
): string[] {
  const [stale] = sockets;
  const ends = `${formatEndpoint(stale.local)} ↔ ${formatEndpoint(stale.peer)}`;
  const timeout = incident.sysctl('net.netfilter.nf_conntrack_tcp_timeout_close_wait');
  const lasts = timeout === null ? '60 s by default' : `${timeout} s here`;
  return [
    `On a connection through port ${stale.local.port} the proxy sent its FIN, and the client did not send its own: the proxy's socket ${ends} is in FIN-WAIT-2.`,
    stale.entryState === 'unknown'
      ? `conntrack keeps the entry of such a connection in CLOSE_WAIT for ${lasts}; whether it is gone is not shown.`
      : `conntrack keeps the entry of such a connection in CLOSE_WAIT for ${lasts}. That time is over, and the entry is gone.`,
    clientSays(stale),
    'The kernel sets no timer on a FIN-WAIT-2 socket that a process still holds: it stays until the proxy closes it.',
    ...(sockets.length > 1 ? [`The same is true of all ${sockets.length} sockets.`] : []),
    ...(state === 'latent' ? expectation(sockets, incident, kernel) : []),
  ];
}

/** What the client's own socket shows of its FIN. */
function clientSays({ clientSockets, interception, entryState }: StaleSocket): string {
  if (interception.direction === 'inbound') {
    return "Without the entry the client's FIN is not translated and does not reach the proxy's socket.";
  }
  const has = (state: string) => clientSockets.find(({ socket }) => socket.state === state)?.socket;
  const waiting = has('CLOSE-WAIT');
  const closing = has('LAST-ACK');
  if (waiting !== undefined) {
    const app = nameProcess(waiting.process[0], 'The application');
    return `${app} has not closed its end yet. When it does, no entry translates its FIN: it leaves for the service and never reaches the proxy.`;
  }
  if (closing !== undefined) {
    return 'The application has closed its end, but no entry translates its FIN: it leaves for the service again and again (LAST-ACK) and never reaches the proxy.';
  }
  const without = entryState === 'unknown' ? 'If the entry was gone by then' : 'Without the entry';
  return `The application's end is gone. ${without}, its FIN left for the service and never reached the proxy.`;
}

/** What the next connect meets, how likely that is, and how it then fares. */
function expectation(
  sockets: Leak['sockets'],
  incident: Incident,
  kernel: KernelAssessment,
): string[] {
  const [{ local, peer, interception }] = sockets;
  // Which port a client elsewhere takes, its own kernel chooses.
  const chance =
    interception.direction === 'inbound' ? null : leakChance(incident, kernel, peer.port);
  return [
    `The stale socket does not keep the client's port from being used again. A new connect from it is redirected to port ${local.port} and meets the old socket.`,
    chance ?? prospect(incident, kernel),
  ];
}

/** Facts about the kernels: half of all sequence numbers make the RST valid on an affected one. */
function prospect(incident: Incident, { callsResetInvalid }: KernelAssessment): string {
  const isLiberal = incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal') === '1';
  if (callsResetInvalid === 'no' || isLiberal) {
    return 'On this kernel such a connect heals: it loses some milliseconds, up to about a second.';
  }
  return callsResetInvalid === 'yes'
    ? 'On this kernel about half of such connects time out; the others lose up to about a second.'
    : 'On an affected kernel about half of such connects time out; which kernel this is, is not known.';
}
