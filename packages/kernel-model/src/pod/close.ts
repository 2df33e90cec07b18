import { isSameEndpoint } from '@tuplescope/net';
import { closeSocket } from '../tcp/close-socket.ts';
import { TrackerError } from '../tracker-error.ts';
import type { ConnectPlace } from './connect.ts';
import type { HeldSocket } from './host.ts';
import type { CloseOptions, CloseRun } from './pod.ts';
import { readEndpoint } from './read-endpoint.ts';

/** Runs close(): sends the FIN once, and lets packets arrive until none is on its way. */
export function close(
  { pod, network, hooks, now }: Omit<ConnectPlace, 'sysctls' | 'addresses'>,
  options: CloseOptions,
): { readonly run: CloseRun; readonly end: number } {
  const local = readEndpoint(options.local, 'local');
  const peer = readEndpoint(options.peer, 'peer');
  const held = pod.sockets.find(
    ({ socket }) =>
      socket.state !== 'LISTEN' &&
      isSameEndpoint(socket.local, local) &&
      isSameEndpoint(socket.peer, peer),
  );
  if (held === undefined) {
    throw new TrackerError('bad-pod', 'local', options.local, 'an end of one of its connections');
  }
  network.forget();
  hooks.logs.length = 0;
  const { state } = held.socket;
  const { socket, sends } = closeSocket({ at: now }, held.socket, true);
  held.socket = socket;
  for (const fin of sends) {
    // For rules and the log it is still the socket of its process.
    network.send(fin, { ...held, socket: { ...socket, state } }, 'closes', now);
  }
  while (network.next() < Number.POSITIVE_INFINITY) network.arrive();
  const packets = network.packets();
  const logs = hooks.logs.toSorted((a, b) => a.at - b.at);
  return {
    run: { state: stateOf(pod.sockets, held), packets, logs },
    end: packets.at(-1)?.at ?? now,
  };
}

/** What the socket is now; CLOSED where it is gone. */
function stateOf(sockets: readonly HeldSocket[], held: HeldSocket): CloseRun['state'] {
  return sockets.includes(held) ? held.socket.state : 'CLOSED';
}
