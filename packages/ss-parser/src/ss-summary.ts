import type { SourceSpan } from '@tuplescope/scan';

/** How many sockets of a transport there are, by family. */
export interface SsSummaryTransport {
  readonly total: number;
  /** Null where `ss` printed `-`. */
  readonly ip: number | null;
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
    readonly total: number;
    readonly estab: number;
    readonly closed: number;
    readonly orphaned: number;
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
  readonly source: SourceSpan;
}
