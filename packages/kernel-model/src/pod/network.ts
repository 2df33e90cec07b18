import { isLoopback, isSameAddress } from '@tuplescope/net';
import type { SocketSegment } from '../tcp/reaction.ts';
import type { Tracker } from '../tracker.ts';
import type { Hooks, HookView } from './hooks.ts';
import type { HeldSocket, Host, Received } from './host.ts';
import { later } from './later.ts';
import type { PodPacket, SocketDeed } from './pod-packet.ts';
import { type PacketAtHop, showPacket } from './show-packet.ts';

/** Seconds that a packet takes from one socket to the next; a capture has it when it is sent. */
const LATENCY = 20e-6;

/** A packet on its way. */
interface Flight extends PacketAtHop {
  readonly arrives: number;
  readonly device: 'lo' | 'eth0';
  /** Towards the pod's sockets, or those of the peers. */
  readonly to: 'pod' | 'peers';
  /** Port of the transparent listener that a TPROXY rule names. */
  readonly transparentPort: number | null;
}

/** Whose packet it is: for rules, and for the log. */
interface Users {
  readonly owner: number | null;
  readonly uid: number | null;
}

const NOBODY: Users = { owner: null, uid: null };

/** What a network is made of. */
export interface NetworkParts {
  readonly tracker: Tracker;
  readonly hooks: Hooks;
  readonly addresses: readonly string[];
  readonly pod: Host;
  readonly peers: Host;
}

/** The way of packets through a pod's hooks and over its devices. */
export interface Network {
  /** Every packet at every hop since `forget`, in order of time. */
  packets(): PodPacket[];
  /** Begins anew: no packets, none on its way. */
  forget(): void;
  /** Sends a segment of one of the pod's sockets. */
  send(segment: SocketSegment, held: HeldSocket, does: SocketDeed['does'], at: number): void;
  /** When the next packet arrives, or Infinity. */
  next(): number;
  /** Lets it arrive. */
  arrive(): Received | null;
}

/** Makes a network between the sockets of a pod and of its peers. */
export function createNetwork({ tracker, hooks, addresses, pod, peers }: NetworkParts): Network {
  let records: Omit<PodPacket, 'n'>[] = [];
  let flights: Flight[] = [];
  let packets = 0;

  function deviceOf(address: string): 'lo' | 'eth0' {
    const isOwn = isLoopback(address) || addresses.some((own) => isSameAddress(own, address));
    return isOwn ? 'lo' : 'eth0';
  }

  /** A packet of the pod's own: OUTPUT and POSTROUTING. */
  function leave(segment: SocketSegment, sender: SocketDeed, users: Users, at: number): void {
    const packet = ++packets;
    const out = deviceOf(segment.dst);
    const owner = users.owner === null ? {} : { owner: users.owner };
    const verdict = tracker.track({ ...segment, at, hook: 'output', interface: out, ...owner });
    const { ctstate } = verdict;
    const view: HookView = { at, segment, ctstate, in: '', out, ...users };
    hooks.logVerdict(verdict, view);
    const { tuple, kind } = verdict.nat;
    const sent: PacketAtHop = { packet, at, segment, sender, verdict, nat: 'none' };
    // Filter rules at OUTPUT see the destination translated, and the source not yet.
    const routed = tuple === null ? segment : { ...segment, dst: tuple.dst, dport: tuple.dport };
    const filtered: HookView = { ...view, segment: routed, out: deviceOf(routed.dst) };
    let dropped: PodPacket['dropped'] = null;
    if (verdict.dropped) dropped = 'conntrack';
    else if (hooks.isDropped('output', 'mangle', view)) dropped = 'rule';
    else if (hooks.isDropped('output', 'filter', filtered)) dropped = 'rule';
    records.push(showPacket(sent, 'sent', null, dropped));
    if (dropped !== null) {
      unconfirm(sent);
      return;
    }
    const transparentPort = hooks.transparentPort(view);
    const translated = { ...segment, ...tuple };
    const device = transparentPort === null ? deviceOf(translated.dst) : 'lo';
    flights.push({
      ...sent,
      segment: translated,
      nat: kind,
      arrives: later(at, LATENCY),
      device,
      to: device === 'lo' ? 'pod' : 'peers',
      transparentPort,
    });
  }

  /** A packet that is dropped before the last hook takes the entry that it began along. */
  function unconfirm({ verdict, segment, at }: PacketAtHop): void {
    if (verdict.events.some(({ type }) => type === 'NEW')) tracker.delete(segment, at);
  }

  /** A packet of a peer, on its way in. */
  function enter(segment: SocketSegment, sender: SocketDeed, at: number): void {
    const packet = ++packets;
    const verdict = tracker.track({ ...segment, at, hook: 'prerouting', interface: 'eth0' });
    const sent: PacketAtHop = { packet, at, segment, sender, verdict, nat: 'none' };
    const arrives = later(at, LATENCY);
    flights.push({ ...sent, arrives, device: 'eth0', to: 'pod', transparentPort: null });
  }

  /** PREROUTING and INPUT. */
  function arriveAtPod(flight: Flight): Received | null {
    const { device, at } = flight;
    let { verdict, segment } = flight;
    // What went out over lo keeps its entry; what has none is judged again.
    const isJudgedHere = device === 'eth0' || verdict.ctstate === 'INVALID';
    if (isJudgedHere && device === 'lo') {
      verdict = tracker.track({ ...segment, at, hook: 'prerouting', interface: 'lo' });
    }
    const { ctstate } = verdict;
    const view: HookView = { at, segment, ctstate, in: device, out: '', ...NOBODY };
    if (isJudgedHere) hooks.logVerdict(verdict, view);
    const isLost = verdict.dropped || hooks.isDropped('prerouting', 'mangle', view);
    if (isJudgedHere && verdict.nat.tuple !== null) segment = { ...segment, ...verdict.nat.tuple };
    if (isLost || hooks.isDropped('input', 'filter', { ...view, segment })) {
      records.push(showPacket(flight, device, null, verdict.dropped ? 'conntrack' : 'rule'));
      if (isJudgedHere) unconfirm({ ...flight, verdict });
      return null;
    }
    const received = pod.receive(segment, flight.arrives, flight.transparentPort);
    const deed = deedOf(received);
    records.push(showPacket(flight, device, deed, null));
    for (const answer of received.reaction.sends) {
      leave(answer, deed, usersOf(received, answer), flight.arrives);
    }
    return received;
  }

  function arriveAtPeer(flight: Flight): Received | null {
    const { segment, arrives, device } = flight;
    if (!peers.sockets.some(({ socket }) => isSameAddress(socket.local.address, segment.dst))) {
      const nobody: SocketDeed = { owner: 'none', state: 'CLOSED', does: 'ignores' };
      records.push(showPacket(flight, device, nobody, null));
      return null;
    }
    const received = peers.receive(segment, arrives, null);
    const deed = deedOf(received);
    records.push(showPacket(flight, device, deed, null));
    for (const answer of received.reaction.sends) enter(answer, deed, arrives);
    return received;
  }

  function next(): number {
    return flights.reduce((soonest, { arrives }) => Math.min(soonest, arrives), Infinity);
  }

  return {
    packets() {
      const inOrder = records.toSorted((a, b) => a.at - b.at || a.packet - b.packet);
      return inOrder.map((one, i) => ({ ...one, n: i + 1 }));
    },
    forget() {
      records = [];
      flights = [];
      packets = 0;
    },
    send(segment, { socket, owner, uid }, does, at) {
      leave(segment, { owner, state: socket.state, does }, { owner: uid, uid }, at);
    },
    next,
    arrive() {
      const soonest = next();
      const flight = flights.find(({ arrives }) => arrives === soonest);
      if (flight === undefined) return null;
      flights = flights.filter((one) => one !== flight);
      return flight.to === 'pod' ? arriveAtPod(flight) : arriveAtPeer(flight);
    },
  };
}

function deedOf({ reaction, held, met }: Received): SocketDeed {
  return { owner: held?.owner ?? 'none', state: met?.state ?? 'CLOSED', does: reaction.does };
}

/** RSTs, and what is left in TIME-WAIT, are the kernel's own; a request has no user in the log yet. */
function usersOf({ held, met, reaction }: Received, { flags }: SocketSegment): Users {
  if (held === null || met === null || met.mini || flags.includes('R')) return NOBODY;
  const isRequest = reaction.child !== undefined || met.state === 'SYN-RECV';
  return { owner: held.uid, uid: isRequest ? null : held.uid };
}
