import type { Entry } from '../entry.ts';
import type { NatRule } from '../nat/nat-rule.ts';
import type { Packet } from '../packet.ts';
import type { Profile } from '../profile.ts';
import type { Sysctls } from '../sysctls.ts';
import type { SocketInput } from '../tcp/create-socket.ts';
import type { TcpCounter } from '../tcp/tcp-counter.ts';
import type { SocketState, SocketTimestamps, TcpSocket } from '../tcp/tcp-socket.ts';
import type { EntryInput } from './entry-packets.ts';
import type { PacketRule, TproxyRule } from './packet-rule.ts';
import type { PodLog, PodPacket, SocketOwner } from './pod-packet.ts';
import type { EndpointInput } from './read-endpoint.ts';

/** A socket of the pod, or of a peer, as `ss` shows it with what a capture adds: its numbers. */
export interface PodSocketInput extends Omit<SocketInput, 'state' | 'local' | 'peer'> {
  /** `ss` prints ESTAB for ESTABLISHED. */
  readonly state: SocketState | 'ESTAB';
  /** `proxy` where it is left out. */
  readonly owner?: SocketOwner;
  /** User id of its process: rules match it, and the log names it. */
  readonly uid?: number;
  /** A listener's address may be `0.0.0.0`, `::` or `*`. */
  readonly local: EndpointInput;
  /** Not read for a listener. */
  readonly peer?: EndpointInput;
}

/** A socket of the pod as it is now. */
export interface PodSocket extends TcpSocket {
  readonly owner: SocketOwner;
  readonly uid: number | null;
}

/** What a pod is made of. */
export interface PodOptions {
  /** A profile, or what `profileFor` finds one by: an id, a `uname -r`, an expression. */
  readonly profile: Profile | string;
  /** Sysctls other than those that a new namespace starts with. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
  /** Addresses of its eth0; loopback it has anyway. */
  readonly addresses: readonly string[];
  /** The nat table. */
  readonly nat?: readonly NatRule[];
  /** Rules that log or drop. */
  readonly rules?: readonly PacketRule[];
  /** What goes to a transparent proxy without NAT. */
  readonly tproxy?: readonly TproxyRule[];
  /** Its sockets, listeners among them. */
  readonly sockets?: readonly PodSocketInput[];
  /** Sockets of other hosts, beyond eth0; whoever is not among them answers nothing. */
  readonly peers?: readonly PodSocketInput[];
  /** Entries of its conntrack table when it begins, as `conntrack -L` shows them. */
  readonly entries?: readonly EntryInput[];
  /** Packets that conntrack saw before, in order of time: entries with all their numbers. */
  readonly history?: readonly Packet[];
  /** Second at which it begins; 0 where left out. */
  readonly at?: number;
  /** Draws what the kernel draws at random. */
  readonly seed?: number;
}

/** A connect() of an application in the pod. */
export interface ConnectOptions {
  /** Source address; the pod's first where left out. */
  readonly from?: string;
  readonly sport: number;
  readonly to: EndpointInput;
  /** Initial sequence number; from the clock and the tuple where left out. */
  readonly isn?: number;
  /** Second of the SYN; the pod's now where left out, never before it. */
  readonly at?: number;
  /** The application gives up after this; the kernel alone, where left out. */
  readonly timeoutSeconds?: number;
  /** User id of the application, 0 where left out. */
  readonly uid?: number;
  /** Its window, MSS and the like, where they matter. */
  readonly socket?: Partial<
    Pick<TcpSocket, 'rcvWindow' | 'rcvScale' | 'mss' | 'sackOK' | 'nextIpId'>
  > & {
    /** Clock of its timestamps; null turns them off. */
    readonly timestamps?: Pick<SocketTimestamps, 'offset'> | null;
  };
}

/** How connect() ended: connected, ECONNREFUSED, or ETIMEDOUT and the application's own patience. */
export type ConnectOutcome = 'connected' | 'refused' | 'timed-out';

/** What came of a connect. */
export interface ConnectRun {
  readonly outcome: ConnectOutcome;
  /** Seconds from the SYN to the outcome. */
  readonly seconds: number;
  /** Every packet at every hop, in order of time. */
  readonly packets: readonly PodPacket[];
  /** Counters that rose, and by how much, as nstat names them. */
  readonly counters: Readonly<Partial<Record<TcpCounter, number>>>;
  /** Lines that the kernel logged. */
  readonly logs: readonly PodLog[];
}

/** A close() of an application or a proxy in the pod. */
export interface CloseOptions {
  /** The socket's own end. */
  readonly local: EndpointInput;
  readonly peer: EndpointInput;
}

/** What came of a close. */
export interface CloseRun {
  /** The state that it left the socket in; CLOSED where the socket is gone. */
  readonly state: SocketState;
  /** Every packet at every hop, in order of time. */
  readonly packets: readonly PodPacket[];
  /** Lines that the kernel logged. */
  readonly logs: readonly PodLog[];
}

/** A network namespace with conntrack, NAT and sockets. Nothing in it reads a clock. */
export interface Pod {
  readonly profile: Profile;
  readonly sysctls: Sysctls;
  /** Seconds on its clock. */
  readonly now: number;
  /** Its sockets as they are now. */
  readonly sockets: readonly PodSocket[];
  /** Its live conntrack entries as they are now. */
  readonly entries: readonly Entry[];
  /**
   * Runs a connect until it is connected, refused or timed out. The pod is then as that left it.
   *
   * @throws {TrackerError} `bad-pod` for an address that is not the pod's, or a port that a socket of
   * the same tuple has.
   */
  connect(options: ConnectOptions): ConnectRun;
  /**
   * Closes a socket: its FIN is sent, once, and what that sets off arrives.
   *
   * @throws {TrackerError} `bad-pod` where the pod has no such connection.
   */
  close(options: CloseOptions): CloseRun;
  /** Lets time pass: entries that time out are gone; sockets have no timers and stay. */
  wait(seconds: number): void;
}
