import { isLoopback, isSameAddress, type Tuple } from '@tuplescope/net';
import type { Behaviour } from '../behaviour.ts';
import type { Ctstate } from '../conntrack/outcome.ts';
import type { SocketAction, SocketSegment } from '../tcp/reaction.ts';
import type { TcpSocket } from '../tcp/tcp-socket.ts';
import type { Tracker } from '../tracker.ts';
import type { Verdict } from '../verdict.ts';
import type { HeldSocket, Host, Received } from './host.ts';
import { later } from './later.ts';
import { formatLogPacket } from './log-line.ts';
import { fits, type PacketHook, type PacketRule, type TproxyRule } from './packet-rule.ts';
import type { Hop, PodLog, PodPacket, SocketDeed } from './pod-packet.ts';
import { sayPacket } from './say-packet.ts';

/** Seconds that a packet takes from one socket to the next; a capture has it when it is sent. */
const LATENCY = 20e-6;

/** A packet on its way. */
interface Flight {
  readonly arrives: number;
  readonly packet: number;
  readonly at: number;
  readonly segment: SocketSegment;
  readonly device: 'lo' | 'eth0';
  /** Towards the pod's sockets, or those of the peers. */
  readonly to: 'pod' | 'peers';
  readonly sender: SocketDeed;
  readonly verdict: Verdict;
  readonly nat: PodPacket['nat'];
  /** Port of the transparent listener that a TPROXY rule names. */
  readonly transparentPort: number | null;
}

/** What a network is made of. */
export interface NetworkParts {
  readonly tracker: Tracker;
  readonly behaviour: Behaviour;
  readonly addresses: readonly string[];
  readonly rules: readonly PacketRule[];
  readonly tproxy: readonly TproxyRule[];
  readonly pod: Host;
  readonly peers: Host;
}

/** The way of packets through a pod's hooks and over its devices. */
export interface Network {
  /** Every packet at every hop since `forget`, in order of time. */
  packets(): PodPacket[];
  logs(): PodLog[];
  forget(): void;
  /** Sends a segment of one of the pod's sockets. */
  send(segment: SocketSegment, held: HeldSocket, does: SocketDeed['does'], at: number): void;
  /** When the next packet arrives, or Infinity. */
  next(): number;
  /** Lets it arrive. */
  arrive(): Received | null;
}

/** Makes a network between the sockets of a pod and of its peers. */
export function createNetwork(parts: NetworkParts): Network {
  const { tracker, behaviour, pod, peers } = parts;
  let records: Omit<PodPacket, 'n'>[] = [];
  let logs: PodLog[] = [];
  let flights: Flight[] = [];
  let packets = 0;

  function deviceOf(address: string): 'lo' | 'eth0' {
    const isOwn = isLoopback(address) || parts.addresses.some((own) => isSameAddress(own, address));
    return isOwn ? 'lo' : 'eth0';
  }

  /** Logs what conntrack says of a packet. */
  function logVerdict(verdict: Verdict, flight: LogContext, at: number): void {
    const devices = behaviour.log.devices ? flight : { in: '', out: '' };
    const packet = { ...flight, ...devices, full: true };
    for (const text of verdict.log) {
      logs.push({ at, text: `${text} ${formatLogPacket(packet)}` });
    }
  }

  /** Runs the rules of a hook; true where one drops the packet. */
  function isDropped(
    hook: PacketHook,
    table: 'mangle' | 'filter',
    flight: LogContext,
    ctstate: Ctstate,
    at: number,
  ): boolean {
    const { segment, uid } = flight;
    const view = { ...segment, ctstate, interface: flight.in || flight.out, owner: uid };
    for (const rule of parts.rules) {
      if (rule.hook !== hook || (rule.table ?? 'filter') !== table) continue;
      if (!fits(rule.match ?? {}, view, tracker.addresses)) continue;
      if (rule.action.kind === 'accept') return false;
      if (rule.action.kind === 'drop') return true;
      const text = formatLogPacket({ ...flight, full: false });
      logs.push({ at, text: `${rule.action.prefix}${text}` });
    }
    return false;
  }

  function record(
    flight: Omit<Flight, 'arrives' | 'to' | 'device' | 'transparentPort'>,
    hop: Hop,
    socket: SocketDeed | null,
    dropped: PodPacket['dropped'],
  ): void {
    const { packet, at, segment, sender, verdict, nat } = flight;
    const after = verdict.after;
    const plain = {
      packet,
      at,
      hop,
      segment: {
        n: packet,
        at,
        ...segment,
        ...(hop === 'sent' ? {} : { interface: hop }),
        ttl: 64,
        truncated: false,
      },
      ctstate: verdict.ctstate,
      entry:
        after === null
          ? null
          : {
              state: after.state,
              timeout: after.timeout,
              assured: after.assured,
              unreplied: after.unreplied,
            },
      nat,
      sender,
      socket,
      dropped,
      why: verdict.reason,
    };
    records.push({ ...plain, says: sayPacket(plain) });
  }

  /** A packet of the pod's own: OUTPUT and POSTROUTING. */
  function leave(segment: SocketSegment, sender: SocketDeed, uid: number | null, at: number): void {
    const packet = ++packets;
    const out = deviceOf(segment.dst);
    const verdict = tracker.track({
      ...segment,
      at,
      hook: 'output',
      interface: out,
      ...(uid === null ? {} : { owner: uid }),
    });
    const sent = { packet, at, segment, sender, verdict, nat: 'none' as const };
    const context: LogContext = { segment, in: '', out, uid };
    logVerdict(verdict, context, at);
    const { tuple, kind } = verdict.nat;
    // Filter rules at OUTPUT see the destination translated, and the source not yet.
    const filtered = tuple === null ? segment : { ...segment, dst: tuple.dst, dport: tuple.dport };
    const dropped = verdict.dropped
      ? 'conntrack'
      : isDropped('output', 'mangle', context, verdict.ctstate, at) ||
          isDropped('output', 'filter', { ...context, segment: filtered }, verdict.ctstate, at)
        ? 'rule'
        : null;
    record(sent, 'sent', null, dropped);
    if (dropped !== null) return;
    const translated = { ...segment, ...tuple };
    const proxied = parts.tproxy.find((rule) => isProxied(rule, segment, uid, out));
    const device = proxied === undefined ? deviceOf(translated.dst) : 'lo';
    flights.push({
      ...sent,
      segment: translated,
      nat: kind,
      arrives: later(at, LATENCY),
      device,
      to: device === 'lo' ? 'pod' : 'peers',
      transparentPort: proxied?.port ?? null,
    });
  }

  function isProxied(
    { match = {}, except = [] }: TproxyRule,
    segment: SocketSegment,
    uid: number | null,
    out: string,
  ): boolean {
    if (out === 'lo') return false;
    const view = { ...segment, ctstate: 'NEW' as const, interface: out, owner: uid };
    const book = tracker.addresses;
    return fits(match, view, book) && !except.some((one) => fits(one, view, book));
  }

  /** A packet of a peer, on its way in. */
  function enter(segment: SocketSegment, sender: SocketDeed, at: number): void {
    const packet = ++packets;
    const verdict = tracker.track({ ...segment, at, hook: 'prerouting', interface: 'eth0' });
    flights.push({
      packet,
      at,
      segment,
      sender,
      verdict,
      nat: 'none',
      arrives: later(at, LATENCY),
      device: 'eth0',
      to: 'pod',
      transparentPort: null,
    });
  }

  function arriveAtPod(flight: Flight): Received | null {
    const { device, at } = flight;
    let { verdict, segment } = flight;
    const context: LogContext = { segment, in: device, out: '', uid: null };
    // What went out over lo keeps its entry; what has none is judged again.
    const isNew = device === 'eth0' || verdict.ctstate === 'INVALID';
    if (isNew) {
      if (device === 'lo') {
        verdict = tracker.track({ ...segment, at, hook: 'prerouting', interface: 'lo' });
      }
      logVerdict(verdict, context, at);
    }
    const isLost =
      verdict.dropped || isDropped('prerouting', 'mangle', context, verdict.ctstate, at);
    if (isNew && verdict.nat.tuple !== null) segment = { ...segment, ...verdict.nat.tuple };
    const inside = { ...context, segment };
    if (isLost || isDropped('input', 'filter', inside, verdict.ctstate, at)) {
      record(flight, device, null, verdict.dropped ? 'conntrack' : 'rule');
      return null;
    }
    const received = pod.receive(segment, flight.arrives, flight.transparentPort);
    const deed = deedOf(received);
    record(flight, device, deed, null);
    for (const answer of received.reaction.sends) {
      // A RST is sent by the kernel itself, not by the socket that it is about.
      const uid = answer.flags.includes('R') ? null : uidOf(received);
      leave(answer, deed, uid, flight.arrives);
    }
    return received;
  }

  function arriveAtPeer(flight: Flight): Received | null {
    const { segment, arrives } = flight;
    const isThere = peers.find(segment, null) !== null || isPeer(segment.dst);
    if (!isThere) {
      record(flight, flight.device, { owner: 'none', state: 'CLOSED', does: 'ignores' }, null);
      return null;
    }
    const received = peers.receive(segment, arrives, null);
    const deed = deedOf(received);
    record(flight, flight.device, deed, null);
    for (const answer of received.reaction.sends) enter(answer, deed, arrives);
    return received;
  }

  function isPeer(address: string): boolean {
    return peers.sockets.some(({ socket }) => isSameAddress(socket.local.address, address));
  }

  return {
    packets: () => {
      const inOrder = records.toSorted((a, b) => a.at - b.at || a.packet - b.packet);
      return inOrder.map((one, i) => ({ ...one, n: i + 1 }));
    },
    logs: () => logs.toSorted((a, b) => a.at - b.at),
    forget() {
      records = [];
      logs = [];
      flights = [];
      packets = 0;
    },
    send(segment, held, does, at) {
      const sender = { owner: held.owner, state: held.socket.state, does };
      leave(segment, sender, held.uid, at);
    },
    next: () => flights.reduce((soonest, { arrives }) => Math.min(soonest, arrives), Infinity),
    arrive() {
      const soonest = this.next();
      const flight = flights.find(({ arrives }) => arrives === soonest);
      if (flight === undefined) return null;
      flights = flights.filter((one) => one !== flight);
      return flight.to === 'pod' ? arriveAtPod(flight) : arriveAtPeer(flight);
    },
  };
}

/** What a log line says beyond the segment. */
interface LogContext {
  readonly segment: SocketSegment & Tuple;
  readonly in: string;
  readonly out: string;
  readonly uid: number | null;
}

function deedOf({ reaction, held, met }: Received): SocketDeed {
  const does: SocketAction = reaction.does;
  return { owner: held?.owner ?? 'none', state: met?.state ?? 'CLOSED', does };
}

/** Only a full socket names a user: not what is left in TIME-WAIT, nor a request. */
function uidOf({ held, met, reaction }: Received): number | null {
  const sender: TcpSocket | null = reaction.child ?? met;
  if (sender === null || sender.mini || sender.state === 'SYN-RECV') return null;
  return held?.uid ?? null;
}
