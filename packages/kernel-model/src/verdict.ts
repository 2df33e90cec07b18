import type { Tuple } from '@tuplescope/net';
import type { CommitName } from './commit.ts';
import type { ConntrackEvent } from './conntrack/conntrack-event.ts';
import type { Direction } from './conntrack/direction.ts';
import type { Ctstate } from './conntrack/outcome.ts';
import type { Rule } from './conntrack/rules.ts';
import type { Entry } from './entry.ts';

/** What was translated: the destination or the source on the way out, and back in replies. */
export type NatKind = 'none' | 'dnat' | 'snat' | 'un-dnat' | 'un-snat';

/** The translation of one packet. */
export interface NatVerdict {
  /** Where both were translated, the destination's. */
  readonly kind: NatKind;
  /** Destination and source were both translated, as where a port had to give way. */
  readonly both: boolean;
  /** The packet's tuple behind NAT; null where it is not translated. */
  readonly tuple: Tuple | null;
}

/** Why a verdict is as it is. */
export interface Reason {
  /** Stable name of the rule that decided. */
  readonly rule: Rule;
  /** The numbers that the rule compared, by name; sequence numbers are unsigned. */
  readonly values: Readonly<Record<string, number>>;
  /** What this kernel writes with nf_conntrack_log_invalid, without prefix; null where it is silent. */
  readonly log: string | null;
  /**
   * Commits of this kernel without which verdict, state or timeout would have been otherwise. Only
   * this packet is judged again, on the same entry: what an older packet would have left is not.
   */
  readonly commits: readonly CommitName[];
  /** Commits that this kernel lacks and with which it would have been otherwise; likewise. */
  readonly lacking: readonly CommitName[];
}

/** What conntrack did with one packet. */
export interface Verdict {
  readonly ctstate: Ctstate;
  /** Direction in the entry that the packet belongs to; null where it belongs to none. */
  readonly direction: Direction | null;
  /** The entry that the packet met, as it was; null where it met none. */
  readonly before: Entry | null;
  /**
   * The entry that the packet belongs to, as it is now; of an INVALID packet the one that it met;
   * null where none is left.
   */
  readonly after: Entry | null;
  /** The kernel dropped the packet itself: no tuple was free. INVALID alone drops nothing. */
  readonly dropped: boolean;
  readonly nat: NatVerdict;
  readonly events: readonly ConntrackEvent[];
  /** The lines written to the log, with the sysctl nf_conntrack_log_invalid as it is set. */
  readonly log: readonly string[];
  /** Worked out when it is asked for. */
  readonly reason: Reason;
}
