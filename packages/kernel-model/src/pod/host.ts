import { isAnyAddress, isSameAddress } from '@tuplescope/net';
import type { SocketBehaviour } from '../behaviour.ts';
import type { Sysctls } from '../sysctls.ts';
import { rstFor, synOf } from '../tcp/answer.ts';
import type { ChallengeBudget } from '../tcp/challenge-budget.ts';
import { createChallengeBudget } from '../tcp/challenge-budget.ts';
import { type Reaction, react, type SocketSegment } from '../tcp/reaction.ts';
import { receiveSegment } from '../tcp/receive.ts';
import { answerSyn } from '../tcp/receive-listen.ts';
import type { TcpCounter } from '../tcp/tcp-counter.ts';
import type { TcpSocket } from '../tcp/tcp-socket.ts';
import type { SocketOwner } from './pod-packet.ts';

/** A socket and whose it is; the socket is another one after each segment. */
export interface HeldSocket {
  socket: TcpSocket;
  readonly owner: SocketOwner;
  readonly uid: number | null;
}

/** A reaction, and the socket that it was of. */
export interface Received {
  readonly reaction: Reaction;
  /** null: no socket. */
  readonly held: HeldSocket | null;
  /** As it was when the segment came. */
  readonly met: TcpSocket | null;
}

/** The sockets of one kernel, with the counters that they raise. */
export interface Host {
  readonly sockets: readonly HeldSocket[];
  readonly counters: Map<TcpCounter, number>;
  add(held: HeldSocket): void;
  remove(held: HeldSocket): void;
  count(counters: readonly TcpCounter[]): void;
  /** Finds the socket that a segment is for: by both ends, else a listener. */
  find(segment: SocketSegment, transparentPort: number | null): HeldSocket | null;
  /** Gives a segment to its socket, and takes over what that becomes. */
  receive(segment: SocketSegment, at: number, transparentPort: number | null): Received;
}

/** Makes a host. */
export function createHost(behaviour: SocketBehaviour, sysctls: Sysctls, seed: number): Host {
  const sockets: HeldSocket[] = [];
  const counters = new Map<TcpCounter, number>();
  let budget: ChallengeBudget = createChallengeBudget(seed);

  function count(names: readonly TcpCounter[]): void {
    for (const name of names) counters.set(name, (counters.get(name) ?? 0) + 1);
  }

  function remove(held: HeldSocket): void {
    const at = sockets.indexOf(held);
    if (at >= 0) sockets.splice(at, 1);
  }

  function find(segment: SocketSegment, transparentPort: number | null): HeldSocket | null {
    const connected = sockets.find(({ socket }) => isBetween(socket, segment));
    return connected ?? findListener(segment, transparentPort);
  }

  function findListener(segment: SocketSegment, transparentPort: number | null): HeldSocket | null {
    const listens = ({ socket: { state, local } }: HeldSocket): boolean => {
      if (state !== 'LISTEN') return false;
      if (transparentPort !== null) return local.port === transparentPort;
      return local.port === segment.dport && listensAt(local.address, segment.dst);
    };
    return sockets.find(listens) ?? null;
  }

  return {
    sockets,
    counters,
    add: (held) => sockets.push(held),
    remove,
    count,
    find,
    receive(segment, at, transparentPort) {
      const held = find(segment, transparentPort);
      const met = held?.socket ?? null;
      const host = { behaviour, sysctls, at, budget };
      let reaction = receiveSegment(host, met, segment);
      if (reaction.listenerIsn !== undefined && held !== null) {
        remove(held);
        const listener = findListener(segment, transparentPort);
        reaction = makeRoom(reaction, listener, segment);
        if (listener !== null && reaction.child !== undefined) {
          sockets.push({ ...listener, socket: reaction.child });
        }
      } else if (held !== null) {
        if (reaction.child !== undefined) sockets.push({ ...held, socket: reaction.child });
        if (reaction.socket === null) remove(held);
        else held.socket = reaction.socket;
      }
      budget = reaction.budget;
      count(reaction.counters);
      return { reaction, held, met };

      /** TIME-WAIT gave way: the listener answers, or nobody listens any more. */
      function makeRoom(
        gaveWay: Reaction,
        listener: HeldSocket | null,
        syn: SocketSegment,
      ): Reaction {
        if (listener === null) {
          const counted = ['TcpOutRsts'] as const;
          const why = `${gaveWay.why} Nobody listens.`;
          return react(host, null, { does: 'rst', why, sends: [rstFor(syn)], counters: counted });
        }
        const child = answerSyn(host, listener.socket, syn, gaveWay.listenerIsn);
        const sends = [synOf(child, at)];
        return react(host, null, { does: 'syn-ack', why: gaveWay.why, sends, child });
      }
    },
  };
}

/** `0.0.0.0` is any IPv4 address, `::` and `*` any of both. */
function listensAt(local: string, address: string): boolean {
  if (local === '0.0.0.0') return !address.includes(':');
  return isAnyAddress(local) || isSameAddress(local, address);
}

function isBetween({ state, local, peer }: TcpSocket, segment: SocketSegment): boolean {
  return (
    state !== 'LISTEN' &&
    local.port === segment.dport &&
    peer.port === segment.sport &&
    isSameAddress(local.address, segment.dst) &&
    isSameAddress(peer.address, segment.src)
  );
}
