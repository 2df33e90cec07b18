import type { SourceSpan } from '@tuplescope/scan';
import type { Counters } from './counters.ts';

/** The family of a table, in nft's words; iptables is `ip`, ip6tables `ip6`, ebtables `bridge`. */
export type RuleFamily = 'arp' | 'bridge' | 'inet' | 'ip' | 'ip6' | 'netdev';

/**
 * Options by name. A name that stands more than once has its values in the order of the text; one
 * that takes no value has the empty string.
 */
export type RuleOptions = Readonly<Record<string, string | readonly string[]>>;

/** One rule of iptables or nftables, in one vocabulary whichever tool printed it. */
export interface Rule {
  /** Family of its table. */
  readonly family: RuleFamily;
  /** Table, such as `nat`; null where the text does not name it (`iptables -L` names none). */
  readonly table: string | null;
  /** Chain that it stands in. */
  readonly chain: string;
  /**
   * What a packet must be for the rule to apply: all of it. Keys are the long names of iptables'
   * options (`protocol`, `sport`, `dport`, `tcp-flags`, `dst-type`, `comment`…), shortened to `src`,
   * `dst`, `in`, `out`, `uid`, `gid`; what only nft can say keeps nft's words (`ct status`). A key
   * that begins with `!` is negated: `{ '!uid': '1337' }`. Several values are joined by commas
   * (`'80,443'`), ranges have a hyphen (`'1-1023'`), a prefix of the whole address is left out.
   * `tcp-flags` is `SET/MASK`. A key `xt …` is an iptables extension whose options nft did not print.
   */
  readonly match: RuleOptions;
  /**
   * What happens then: a verdict or an extension in iptables' words (`ACCEPT`, `REDIRECT`), or the
   * name of a chain; `VMAP` for nft's verdict maps; null where the rule only counts.
   */
  readonly target: string | null;
  /** The target is a chain reached by `-g` or `goto`: what follows here is not returned to. */
  readonly goto: boolean;
  /** Options of the target, in the names of iptables: `{ 'to-ports': '15001' }`. */
  readonly targetOptions: RuleOptions;
  /** Packets and bytes that met the rule; null where the text does not say. */
  readonly counters: Counters | null;
  /** The rule as it stands in the input. */
  readonly raw: string;
  /** Where it stands. */
  readonly source: SourceSpan;
}
