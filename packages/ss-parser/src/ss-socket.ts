import type { SourceSpan } from '@tuplescope/scan';
import type { SocketMemory } from './socket-memory.ts';
import type { TcpInfo } from './tcp-info.ts';
import type { SsTimer } from './timer.ts';
import type { SsProcess } from './users.ts';

/** One end of a socket. */
export interface SsEnd {
  /**
   * The address as printed, without brackets; `*` is any. For a unix socket its path or `*`, for
   * netlink the protocol, for a packet socket the Ethernet type.
   */
  readonly address: string;
  /**
   * The port in host order; null for `*` and for a name. For a unix socket the inode, for netlink
   * the port id, which can be negative.
   */
  readonly port: number | null;
  /** The interface that the socket is bound to, or the zone of its address; else null. */
  readonly interface: string | null;
  /** The name printed instead of a port number: `https`, `ipv6-icmp`, `systemd/1234`. */
  readonly service?: string;
}

/** One socket, from `ss`, `netstat` or /proc/net/tcp. */
export interface SsSocket {
  /**
   * `tcp`, `udp`, `u_str` …; null where the listing has no such column, because the command asked
   * for one table (`ss -t`): only the command says which. netstat and /proc/net/tcp6 say `tcp6`.
   */
  readonly netid: string | null;
  /**
   * As `ss` calls it, netstat's words translated: `ESTAB`, `FIN-WAIT-2`. Null where the listing has
   * no such column (`ss state established`), unless a time-wait timer tells.
   */
  readonly state: string | null;
  /** Bytes received and not read yet; for a listener, connections not accepted yet. Null with -Q. */
  readonly recvq: number | null;
  /** Bytes sent and not acknowledged yet; for a listener, how many may wait. Null with -Q. */
  readonly sendq: number | null;
  /** The end on this host. */
  readonly local: SsEnd;
  /** The other end; of a listener, any. */
  readonly peer: SsEnd;
  /** The processes that hold it; empty where none is printed. */
  readonly process: readonly SsProcess[];
  /** Null where none is printed: none runs, or the command did not ask (`-o`). */
  readonly timer: SsTimer | null;
  /**
   * User id of the owner; null where the command did not ask (`-e`). `ss -e` leaves a 0 out: where
   * the inode is printed, that is 0. The kernel says 0 for every socket in TIME-WAIT.
   */
  readonly uid: number | null;
  /** Inode; null where it is not printed. A socket that no process holds any more has 0. */
  readonly inode: number | null;
  /** The kernel's cookie of the socket, hexadecimal; null where it is not printed. */
  readonly cookie: string | null;
  /**
   * `<->` both directions are open; `-->` no more is read (the peer's FIN has come), `<--` no more
   * is sent (this side has shut down), `---` neither. Null where it is not printed.
   */
  readonly shutdown: string | null;
  /** Memory, with `-m`; else null. */
  readonly skmem: SocketMemory | null;
  /** TCP's inner state, with `-i`; else null. */
  readonly tcp: TcpInfo | null;
  /** Path of the control group in cgroup v2. */
  readonly cgroup?: string;
  /** Firewall mark, with -e. */
  readonly fwmark?: number;
  /** IPv6 only, with -e. */
  readonly v6only?: boolean;
  /** Socket options that are set, with --inet-sockopt. */
  readonly sockopt?: readonly string[];
  /** True for an association of an SCTP endpoint. */
  readonly association?: true;
  /**
   * What else is understood, as printed: `tos`, a packet socket's `ring_rx`, SCTP's `locals`, TLS's
   * `cipher`, netlink's `groups`.
   */
  readonly details?: Readonly<Record<string, string>>;
  /** Words that are not understood, as printed; absent where there are none. */
  readonly extra?: readonly string[];
  /** Where it stands, all its lines. */
  readonly source: SourceSpan;
}
