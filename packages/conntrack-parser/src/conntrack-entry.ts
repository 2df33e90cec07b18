import type { SourceSpan } from '@tuplescope/scan';

/** What happened to an entry, as `conntrack -E` says it. */
export type ConntrackEvent = 'NEW' | 'UPDATE' | 'DESTROY';

/** Who forwards the packets of the entry instead of the usual path (kernel: IPS_OFFLOAD, IPS_HW_OFFLOAD). */
export type ConntrackOffload = 'OFFLOAD' | 'HW_OFFLOAD';

/** One direction of an entry: its tuple, and what is counted or kept for this direction. */
export interface ConntrackDirection {
  /** Source address; IPv6 in the form of RFC 5952, so that /proc and `conntrack` agree. */
  readonly src: string;
  /** Destination address, as `src`. */
  readonly dst: string;
  /** Source port in host order; null where the protocol has none. */
  readonly sport: number | null;
  /** Destination port in host order; null where the protocol has none. */
  readonly dport: number | null;
  /** Packets seen; null unless net.netfilter.nf_conntrack_acct counts them. */
  readonly packets: number | null;
  /** Bytes seen, with the network header; null unless nf_conntrack_acct counts them. */
  readonly bytes: number | null;
  /** Zone of this direction alone (`zone-orig=`, `zone-reply=`); null where none is printed. */
  readonly zone: number | null;
  /** ICMP type; absent for other protocols. */
  readonly type?: number;
  /** ICMP code; absent for other protocols. */
  readonly code?: number;
  /** ICMP identifier; absent for other protocols. */
  readonly icmpId?: number;
  /** GRE key of the source (PPTP call id); absent for other protocols. */
  readonly srckey?: number;
  /** GRE key of the destination (PPTP call id); absent for other protocols. */
  readonly dstkey?: number;
}

/** One conntrack entry, or one event of it. */
export interface ConntrackEntry {
  /** What happened, in the output of `conntrack -E`; null in a listing. */
  readonly event: ConntrackEvent | null;
  /** Network protocol; where it is not printed, the addresses tell it. */
  readonly l3: 'ipv4' | 'ipv6';
  /** Transport protocol by name: tcp, udp, udplite, icmp, icmpv6, sctp, dccp, gre, or unknown. */
  readonly proto: string;
  /** Transport protocol by number (IANA). */
  readonly protonum: number;
  /** Seconds until the entry expires; null where none is printed (DESTROY, offloaded). */
  readonly timeout: number | null;
  /** State of the tracker; null for stateless protocols and where none is printed. */
  readonly state: string | null;
  /** The tuple of the first packet's direction, before NAT. */
  readonly orig: ConntrackDirection;
  /** The tuple that answers are expected to carry, before NAT is undone. */
  readonly reply: ConntrackDirection;
  /** No answer was seen (`[UNREPLIED]`). */
  readonly unreplied: boolean;
  /** The entry outlives early drop (`[ASSURED]`). */
  readonly assured: boolean;
  /** Who forwards its packets; null for the usual path. */
  readonly offload: ConntrackOffload | null;
  /** Packet mark of the connection; null where none is printed. */
  readonly mark: number | null;
  /** Zone of both directions; null where none is printed, which means the default zone, 0. */
  readonly zone: number | null;
  /** References to the entry, as printed: /proc counts its own too, one more; null in events. */
  readonly use: number | null;
  /** Id of the entry (`-o id`); null where it is not printed. */
  readonly id: number | null;
  /** Seconds since the epoch at which the event was printed (`-o timestamp`). */
  readonly at?: number;
  /** ICMP type of the original direction. */
  readonly type?: number;
  /** ICMP code of the original direction. */
  readonly code?: number;
  /** ICMP identifier of the original direction. */
  readonly icmpId?: number;
  /** Security mark as a number (old kernels, XML, `-o save`). */
  readonly secmark?: number;
  /** Security context (SELinux). */
  readonly secctx?: string;
  /** Names of the labels that are set (`-o labels`). */
  readonly labels?: readonly string[];
  /** Name of the conntrack helper. */
  readonly helper?: string;
  /** Seconds since the entry was made, or that it lived (nf_conntrack_timestamp). */
  readonly deltaTime?: number;
  /** When the entry was made, seconds since the epoch (`-o ktimestamp`). */
  readonly start?: number;
  /** When the entry ended, seconds since the epoch (`-o ktimestamp`). */
  readonly stop?: number;
  /** Netlink port of the program that made the change (`-o userspace`). */
  readonly portid?: number;
  /** Name of the program that made the change (`-o userspace`). */
  readonly progname?: string;
  /** Where the entry stands in its input. */
  readonly source: SourceSpan;
}
