import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import {
  type ChallengeBudget,
  createChallengeBudget,
  createSocket,
  type Reaction,
  receiveSegment,
  type SocketSegment,
  type TcpSocket,
} from '@tuplescope/kernel-model';
import { addSerial, type Endpoint, isAfter } from '@tuplescope/net';
import type { TrackedPacket } from './course.ts';
import type { Explaining } from './explaining.ts';
import type { MetSocket, Owner } from './explanation.ts';
import type { Roles } from './roles.ts';
import { socketSegment } from './socket-segment.ts';

/** A socket that is followed, and whether its state is known or only what it answers. */
interface Followed {
  readonly socket: TcpSocket | null;
  readonly isStateKnown: boolean;
}

/** Follows the sockets at both ends of conversations that came one after the other. */
export interface Sockets {
  /**
   * Takes the next packet, and gives the socket that it reached with what that did.
   *
   * @param answer the packet that the captures show in answer to it, or null.
   */
  meet(tracked: TrackedPacket, roles: Roles, answer: ConversationPacket | null): MetSocket | null;
}

const NO_SOCKET: Followed = { socket: null, isStateKnown: true };

/** Begins without sockets but those that packets and listings tell of. */
export function followSockets(explaining: Explaining): Sockets {
  const { behaviour, sysctls, evidence, captures } = explaining;
  /** A server's socket outlives the client's: by both ends. */
  const servers = new Map<string, Followed>();
  /** A client's is its conversation's. */
  const clients = new Map<number, Followed>();
  let budget: ChallengeBudget = createChallengeBudget();

  function find({ id }: Conversation, isServer: boolean, key: string): Followed | undefined {
    return isServer ? servers.get(key) : clients.get(id);
  }

  function keep({ id }: Conversation, isServer: boolean, key: string, followed: Followed): void {
    if (isServer) servers.set(key, followed);
    else clients.set(id, followed);
  }

  /** The sender's socket is what its own packet shows. */
  function send({ conversation, packet }: TrackedPacket, segment: SocketSegment, at: number): void {
    const isServer = packet.direction === 'reply';
    const { key, local, peer } = endsOf(conversation, isServer);
    const known = find(conversation, isServer, key);
    const numbers = { local, peer, at };
    const isNew = segment.flags.includes('S') && packet.retransmits === null;
    if (isNew || known === undefined || known.socket === null) {
      keep(conversation, isServer, key, begun(packet, segment, numbers));
      return;
    }
    keep(conversation, isServer, key, {
      ...known,
      socket: packet.older === null ? sending(known.socket, segment) : answering(known.socket, at),
    });
  }

  function begun(
    packet: ConversationPacket,
    segment: SocketSegment,
    { local, peer, at }: { local: Endpoint; peer: Endpoint; at: number },
  ): Followed {
    if (packet.older !== null && packet.direction === 'reply') {
      return staleSocket(segment, local, peer, at);
    }
    if (segment.flags.includes('R')) return NO_SOCKET;
    return { socket: openSocket(segment, local, peer, at), isStateKnown: true };
  }

  /** A socket that answers with numbers of an older connection was there before. */
  function staleSocket(
    { seq, ack = 0 }: Pick<SocketSegment, 'seq' | 'ack'>,
    local: Endpoint,
    peer: Endpoint,
    at: number | null,
  ): Followed {
    const seen = evidence
      .socketsBetween(local.port, peer.port)
      .findLast(
        (one) =>
          one.local === local.address &&
          one.peer === peer.address &&
          (one.seenAt === null || at === null || one.seenAt <= at + 1) &&
          one.state !== 'SYN-RECV' &&
          one.state !== 'TIME-WAIT',
      );
    const state = seen?.state ?? 'FIN-WAIT-2';
    const socket = createSocket({ state, local, peer, sndNxt: seq, rcvNxt: ack });
    return { socket, isStateKnown: seen !== undefined };
  }

  function receive(
    { conversation, packet }: TrackedPacket,
    segment: SocketSegment,
    owner: Owner,
    at: number,
    answer: ConversationPacket | null,
  ): MetSocket {
    const isServer = packet.direction === 'original';
    const { key, local, peer } = endsOf(conversation, isServer);
    let followed = find(conversation, isServer, key) ?? NO_SOCKET;
    const isSyn = segment.flags.includes('S') && !segment.flags.includes('A');
    const isStale = answer !== null && answer.older !== null && answer.direction === 'reply';
    if (isServer && isSyn) {
      if (isStale && !challenges(followed.socket)) {
        const { seq = 0, ack = 0 } = answer;
        followed = staleSocket({ seq, ack }, local, peer, packet.at);
      }
      const isAccepted = answer?.flags === 'SA';
      if (followed.socket === null || (isAccepted && challenges(followed.socket))) {
        followed = { socket: createSocket({ state: 'LISTEN', local }), isStateKnown: true };
      }
    } else if (followed.socket === null && !segment.flags.includes('R') && answer?.flags !== 'R') {
      // Nothing showed its beginning: it takes what comes.
      followed = { socket: expecting(segment, local, peer), isStateKnown: true };
    }
    const host = { behaviour: behaviour.socket, sysctls, at, budget };
    const reaction = receiveSegment(host, followed.socket, segment);
    budget = reaction.budget;
    const { socket, isStateKnown } = followed;
    keep(conversation, isServer, key, { socket: reaction.child ?? reaction.socket, isStateKnown });
    const state = isStateKnown ? (socket?.state ?? 'CLOSED') : null;
    return { owner, state, does: doneBy(reaction, answer, isSyn) };
  }

  return {
    meet(tracked, roles, answer) {
      const { conversation, packet, verdict, seenTranslated } = tracked;
      const segment = socketSegment(tracked, captures);
      const isReply = packet.direction === 'reply';
      const at = packet.at ?? 0;
      send(tracked, segment, at);
      const isLost =
        conversation.translated !== null &&
        (seenTranslated === null ? verdict.nat.kind === 'none' : !seenTranslated);
      if (!isLost)
        return receive(tracked, segment, isReply ? roles.client : roles.server, at, answer);
      if (isReply) return null;
      // The host that it leaves for never saw this connection; nor has the one that it arrives at.
      const owner = roles.client === 'peer' ? 'none' : 'peer';
      return { owner, state: 'CLOSED', does: answer?.flags.includes('R') ? 'rst' : 'ignores' };
    },
  };
}

/** Both ends of a conversation as the socket at one of them has them, behind translation. */
function endsOf(
  { client, server, translated }: Conversation,
  isServer: boolean,
): { key: string; local: Endpoint; peer: Endpoint } {
  const behind = translated?.server ?? server;
  const far = translated?.client ?? client;
  const key = `${behind.address} ${behind.port} ${far.address} ${far.port}`;
  return isServer ? { key, local: behind, peer: far } : { key, local: client, peer: server };
}

/** Whether a socket answers a SYN with a challenge ACK. */
function challenges(socket: TcpSocket | null): boolean {
  return socket !== null && !['LISTEN', 'CLOSED', 'SYN-RECV', 'TIME-WAIT'].includes(socket.state);
}

function endOf({ seq, len, flags }: SocketSegment): number {
  return addSerial(seq, len + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0));
}

/** The socket that sends this as the first that anyone sees of it. */
function openSocket(
  segment: SocketSegment,
  local: Endpoint,
  peer: Endpoint,
  at: number,
): TcpSocket {
  const { seq, ack = 0, flags, options } = segment;
  const hasAck = flags.includes('A');
  const opens = flags.includes('S');
  const stamp = options?.ts;
  const clock = stamp === undefined ? null : stamp[0] - Math.floor(at * 1000);
  return createSocket({
    state: opens
      ? hasAck
        ? 'SYN-RECV'
        : 'SYN-SENT'
      : flags.includes('F')
        ? 'FIN-WAIT-1'
        : 'ESTABLISHED',
    local,
    peer,
    sndUna: seq,
    sndNxt: endOf(segment),
    rcvNxt: ack,
    timestamps: clock === null ? null : { offset: clock, recent: stamp?.[1] ?? 0, recentAt: at },
  });
}

/** The socket that such a packet is meant for. */
function expecting({ seq, ack = 0 }: SocketSegment, local: Endpoint, peer: Endpoint): TcpSocket {
  return createSocket({ state: 'ESTABLISHED', local, peer, sndNxt: ack, rcvNxt: seq });
}

/** What a socket is after it sent a segment of its own. */
function sending(socket: TcpSocket, segment: SocketSegment): TcpSocket | null {
  const { flags } = segment;
  const isReset = flags.includes('R');
  if (isReset) return socket.state === 'SYN-SENT' ? socket : null;
  const end = endOf(segment);
  const sndNxt = isAfter(end, socket.sndNxt) ? end : socket.sndNxt;
  if (flags === 'S') return { ...socket, retransmits: socket.retransmits + 1 };
  return { ...socket, sndNxt, state: flags.includes('F') ? closing(socket) : socket.state };
}

function closing({ state }: TcpSocket): TcpSocket['state'] {
  if (state === 'ESTABLISHED' || state === 'SYN-RECV') return 'FIN-WAIT-1';
  return state === 'CLOSE-WAIT' ? 'LAST-ACK' : state;
}

function answering(socket: TcpSocket, at: number): TcpSocket {
  return { ...socket, lastAnswer: at };
}

/** What the captures show counts more than what the model expects. */
function doneBy(
  { does }: Reaction,
  answer: ConversationPacket | null,
  isSyn: boolean,
): MetSocket['does'] {
  if (answer === null) return isSyn && does === 'syn-ack' ? 'ignores' : does;
  if (answer.flags.includes('R')) return 'rst';
  if (!isSyn) return does;
  return answer.flags.includes('S') ? 'syn-ack' : 'challenge-ack';
}
