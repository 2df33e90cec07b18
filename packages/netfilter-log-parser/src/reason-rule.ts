/** What the kernel found wrong, or did, by the rule that spoke. */
export type ReasonRule =
  /** A packet that conntrack lets through and does not count: a SYN in an odd state, a challenge ACK. */
  | 'packet-ignored'
  /** The state table has no entry for this packet: INVALID. */
  | 'invalid-state'
  /** A challenge ACK in LAST_ACK. */
  | 'challenge-ack-ignored'
  /** An RST before the highest acknowledged byte. */
  | 'invalid-rst'
  | 'seq-over-upper-bound'
  | 'seq-under-lower-bound'
  | 'ack-over-upper-bound'
  | 'ack-under-lower-bound'
  /** More bytes than the window has room for. */
  | 'overshoot'
  /** An out-of-window FIN or RST: the entry's timeout went down. */
  | 'timeout-lowered'
  /** A packet that may not begin an entry. */
  | 'invalid-new'
  | 'short-packet'
  | 'truncated-packet'
  | 'bad-checksum'
  | 'checksum-missing'
  | 'invalid-tcp-flags'
  | 'invalid-icmp-type'
  /** An ICMP error whose quoted packet does not fit its own destination. */
  | 'icmp-address-mismatch'
  /** The conntrack table is full, the packet was dropped. */
  | 'table-full'
  | 'expectation-table-full'
  /** A listener's queue overflowed. */
  | 'syn-flooding'
  | 'time-wait-overflow'
  | 'too-many-orphans'
  | 'tcp-out-of-memory'
  /** The neighbour table is full: packets to new addresses are dropped. */
  | 'neighbour-table-full'
  /** The kernel left out so many messages: what is in the log is not all. */
  | 'messages-suppressed';

/** A reason taken apart by `classifyReason`. */
export interface ClassifiedReason {
  /** The rule that spoke. */
  readonly rule: ReasonRule;
  /**
   * The values in the text by name: `state`, `index` (conntrack's number for the kind of packet: 0 SYN,
   * 1 SYN/ACK, 2 FIN, 3 ACK, 4 RST), `direction` (0 original, 1 reply), `bound` (a sequence number),
   * `bytes`, `timeout`, `port`, `address`, `action`, `netns`, `count` and the like.
   */
  readonly values: Readonly<Record<string, number | string>>;
  /** First and last mainline version with this wording; null is "the first" and "still so". */
  readonly versions: { readonly from: string | null; readonly until: string | null };
}
