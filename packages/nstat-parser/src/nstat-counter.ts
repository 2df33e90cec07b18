import type { SourceSpan } from '@tuplescope/scan';

/** One counter of the kernel, as one source printed it once. */
export interface NstatCounter {
  /**
   * The name that nstat prints, whatever the source: the group, then the field, as in
   * `TcpExtTCPChallengeACK`, `TcpRetransSegs`, `Ip6InReceives`. A sentence of `netstat -s` that is
   * not known keeps its group and its text instead, `N` for the number: `TcpExt: N wheels turned`.
   */
  readonly name: string;
  /**
   * What was counted, in the unit of the counter (packets, segments, events, bytes). From nstat
   * without `-a` it is the increase since that user's last run of nstat, from all others the total
   * since the network namespace began. Exact up to 2^53 - 1; a larger one is the nearest number
   * that there is, with a warning.
   */
  readonly value: number;
  /** Increase per second, of the sampling daemon (`nstat -d`); 0 where the source has no rate. */
  readonly rate: number;
  /** Where the counter stands: its line, or in a line of many counters its own bytes. */
  readonly source: SourceSpan;
}
