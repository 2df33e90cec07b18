import type { RuleFamily } from './rule.ts';

/** What a line's meaning depends on, remembered from line to line and from block to block. */
export interface RulesetContext {
  /** Family of the tool that prints. */
  family: RuleFamily;
  /** The table that the text is in; null where it has not been named. */
  table: string | null;
  /** Built-in chains that `-P` lines have named, from which `iptables -S` tells its table. */
  policies: string[];
  /** Those lines are still coming: no rule has followed them yet. */
  namesPolicies: boolean;
  /** The table was told by them, not named in the text. */
  isTableInferred: boolean;
  /** Rules without a table have been complained of already. */
  complainedOfTable: boolean;
  /** The chain that an `iptables -L` listing is in. */
  listedChain: string | null;
  /** Where in nft's nested text the line stands. */
  nft: NftPlace;
}

/** A place in the nested text of `nft list ruleset`. */
export interface NftPlace {
  /** What the innermost brace opened; `none` outside of every table. */
  inside: 'chain' | 'none' | 'other' | 'set' | 'table';
  /** The chain that is open. */
  chain: string;
  /** Braces open inside of `set` or `other`. */
  depth: number;
}

/** The context at the beginning of an input. */
export function newContext(): RulesetContext {
  return {
    family: 'ip',
    table: null,
    policies: [],
    namesPolicies: false,
    isTableInferred: false,
    complainedOfTable: false,
    listedChain: null,
    nft: { inside: 'none', chain: '', depth: 0 },
  };
}

/** Enters a table that the text names, or leaves the one it was in. */
export function enterTable(context: RulesetContext, table: string | null): void {
  context.table = table;
  context.policies = [];
  context.isTableInferred = false;
  context.listedChain = null;
}
