/** What the reader of a line has to know of the lines before it, also across blocks. */
export interface NstatContext {
  /** The group of `netstat -s` that is open (`TcpExt`), or null. */
  group: string | null;
  /** Which ICMP histogram of `netstat -s` is open. */
  histogram: '' | 'In' | 'Out';
  /** Objects of a JSON document that are open: 0 outside, 2 where the counters are. */
  jsonDepth: number;
  /** Objects and arrays open inside a JSON value that is no counter. */
  jsonIgnored: number;
  /** The counter before had a rate, so that one without it was cut. */
  hasRate: boolean;
}

/** What nothing is known of yet. */
export function newContext(): NstatContext {
  return { group: null, histogram: '', jsonDepth: 0, jsonIgnored: 0, hasRate: false };
}
