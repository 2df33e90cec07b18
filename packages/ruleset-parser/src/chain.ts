import type { SourceSpan } from '@tuplescope/scan';
import type { Counters } from './counters.ts';
import type { RuleFamily } from './rule.ts';

/** A chain as its own line describes it. */
export interface Chain {
  /** Family of its table. */
  readonly family: RuleFamily;
  /** Table; null where the text does not name it. */
  readonly table: string | null;
  /** Name. */
  readonly name: string;
  /** What becomes of a packet that no rule decides: `ACCEPT`, `DROP`; null for a chain of rules only. */
  readonly policy: string | null;
  /** Where the kernel calls it: `prerouting`, `input`, `forward`, `output`, `postrouting`, `ingress`, `egress`; null for a chain that is only jumped to. */
  readonly hook: string | null;
  /** nft's chain type: `filter`, `nat`, `route`; null where the text does not say. */
  readonly type: string | null;
  /** nft's priority as printed: `dstnat`, `-100`; null where the text does not say. */
  readonly priority: string | null;
  /** What met the policy; null where the text does not say. */
  readonly counters: Counters | null;
  /** Where its line stands. */
  readonly source: SourceSpan;
}

/** A named set or map of nftables. */
export interface NamedSet {
  /** Family of its table. */
  readonly family: RuleFamily;
  /** Table; null where the text does not name it. */
  readonly table: string | null;
  /** Name. */
  readonly name: string;
  /** A map has a value for each element. */
  readonly kind: 'map' | 'set';
  /** The elements as nft writes them: `10.0.0.0/8`, `22 : accept`; for nft's JSON too. */
  readonly elements: readonly string[];
  /** Where it stands, its elements included. */
  readonly source: SourceSpan;
}

const BASE_CHAINS: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/**
 * Gives the hook of one of iptables' built-in chains by its name, or null for any other.
 *
 * @example
 * hookOfBuiltIn('OUTPUT') // 'output'
 */
export function hookOfBuiltIn(chain: string): string | null {
  return BASE_CHAINS.includes(chain) ? chain.toLowerCase() : null;
}
