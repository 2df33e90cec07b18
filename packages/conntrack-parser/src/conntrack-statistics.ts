import type { SourceSpan } from '@tuplescope/scan';

/** The counters of one CPU, as `conntrack -S` or /proc/net/stat/nf_conntrack print them. */
export interface ConntrackCpuStatistics {
  /** The CPU's number; in /proc the place of its line, from 0. */
  readonly cpu: number;
  /**
   * Counters by the name that the tool prints, since boot, each a count of events; in /proc also
   * `entries`, the entries that there are now, the same for every CPU.
   */
  readonly counters: Readonly<Record<string, number>>;
  /** Where the line stands in its input. */
  readonly source: SourceSpan;
}

/** How many entries there are, as `conntrack -C` prints it. */
export interface ConntrackCount {
  /** Entries in the table. */
  readonly count: number;
  /** Where the line stands in its input. */
  readonly source: SourceSpan;
}

/** One line of `conntrack -S`, `conntrack -C` or /proc/net/stat/nf_conntrack. */
export type ConntrackStatistics = ConntrackCpuStatistics | ConntrackCount;
