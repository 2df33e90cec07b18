import type { SourceSpan } from '@tuplescope/scan';

/** How many sockets of a transport there are, by family. */
export interface SsSummaryTransport {
  /** Sockets of both families. */
  readonly total: number;
  /** Of them, those of IPv4; null where `ss` printed `-`. */
  readonly ip: number | null;
  /** Of them, those of IPv6; null where `ss` printed `-`. */
  readonly ipv6: number | null;
}

/** What `ss -s` prints: counts of sockets (print_summary in misc/ss.c). */
export interface SsSummary {
  /** All sockets of any kind. */
  readonly total: number;
  /** As the slab allocator counts them; printed until iproute2 4.17. */
  readonly kernelTotal?: number;
  /** TCP sockets by state. */
  readonly tcp: {
    /** All of them, those in TIME-WAIT too. */
    readonly total: number;
    /** In ESTABLISHED. */
    readonly estab: number;
    /** Not connected and not listening, those in TIME-WAIT too. */
    readonly closed: number;
    /** Closed by their process, while the kernel still ends the connection. */
    readonly orphaned: number;
    /** In TIME-WAIT. */
    readonly timewait: number;
    /** Half-open connections; printed until iproute2 4.17. */
    readonly synrecv?: number;
    /** Time-wait sockets as the slab allocator counts them; printed until iproute2 4.17. */
    readonly kernelTimewait?: number;
    /** Bound ports; printed until iproute2 4.17. */
    readonly ports?: number;
  };
  /** By the name in the table: RAW, UDP, TCP, INET, FRAG, and `*` in older ones. */
  readonly transports: Readonly<Record<string, SsSummaryTransport>>;
  /** Where it stands, from `Total:` on. */
  readonly source: SourceSpan;
}
