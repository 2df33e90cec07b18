import { type Chain, hookOfBuiltIn, type NamedSet } from './chain.ts';
import type { Rule } from './rule.ts';
import { expandVerdictMap } from './verdict-map.ts';

/** A ruleset to look through: a {@link RulesetTable}, or rules with their chains from elsewhere. */
export interface Ruleset extends Iterable<Rule> {
  /** Its chains, with policies and hooks. */
  readonly chains: readonly Chain[];
  /** Its named sets and maps. */
  readonly sets: readonly NamedSet[];
}

/** One way into a chain. */
export interface Visit<State> {
  /** The rules of the chain, verdict maps turned into rules. */
  readonly rules: readonly Rule[];
  /** Which of them is meant. */
  readonly index: number;
  /** What is known of packets that reach it, this rule's own conditions included. */
  readonly state: State;
  /** How the chain was come to: the visit of the jump, or null in the hook's own chain. */
  readonly from: Visit<State> | null;
  /** How many jumps led here. */
  readonly jumps: number;
}

/** What a walk carries from rule to rule. */
export interface Walk<State> {
  /** Says whether a rule is worth a visit; chains that lead to no such rule are not looked into. */
  isWanted(rule: Rule): boolean;
  /** What is known of packets at a hook, or null where the hook is of no interest. */
  start(hook: string): State | null;
  /** Adds a rule's conditions to what is known; null where no packet of interest can meet them. */
  narrow(state: State, rule: Rule): State | null;
  /** Text that is equal for equal states: few distinct ones keep the walk short. */
  key(state: State): string;
  visit(visit: Visit<State>): void;
}

/** The kernel follows 16 jumps and refuses rulesets that need more (NFT_JUMP_STACK_SIZE). */
const MAX_JUMPS = 16;

/** States in which one chain is looked through; hooks, protocols and flags give far fewer. */
const MAX_STATES = 64;

/** Entries of verdict maps that are looked at in one ruleset. */
const MAX_MAP_ENTRIES = 1 << 16;

/**
 * Follows jumps from the hooks' own chains and visits each rule once for each state in which it can
 * be reached. Loops end, and so do rulesets that jump from everywhere to everywhere.
 */
export function walkRules<State>(ruleset: Ruleset, walk: Walk<State>): void {
  const chains = rulesByChain(ruleset);
  const wanted = chainsToWanted(chains, walk);
  const seen = new Map<string, Set<string>>();
  const pending: Entry<State>[] = [];
  for (const { key, hook } of baseChains(ruleset, chains)) {
    const state = wanted.has(key) ? walk.start(hook) : null;
    if (state !== null) pending.push({ chain: key, state, from: null });
  }
  for (let next = 0; next < pending.length; next++) {
    const { chain, state, from } = pending[next] as Entry<State>;
    const rules = chains.get(chain) ?? [];
    const jumps = from === null ? 0 : from.jumps + 1;
    for (const [index, rule] of rules.entries()) {
      const target = jumps < MAX_JUMPS ? targetKey(rule) : null;
      const leads = target !== null && wanted.has(target);
      const isWanted = walk.isWanted(rule);
      const narrowed = leads || isWanted ? walk.narrow(state, rule) : null;
      if (narrowed === null) continue;
      const visit = { rules, index, state: narrowed, from, jumps };
      if (isWanted) walk.visit(visit);
      if (!leads || !isNewState(seen, target, walk.key(narrowed))) continue;
      pending.push({ chain: target, state: narrowed, from: visit });
    }
  }
}

/** Finds the chains that hold a wanted rule, or jump to one that does. */
function chainsToWanted(
  chains: ReadonlyMap<string, readonly Rule[]>,
  { isWanted }: Pick<Walk<unknown>, 'isWanted'>,
): Set<string> {
  const wanted = new Set<string>();
  const callers = new Map<string, string[]>();
  for (const [chain, rules] of chains) {
    for (const rule of rules) {
      if (isWanted(rule)) wanted.add(chain);
      const target = targetKey(rule);
      if (target === null || !chains.has(target)) continue;
      const known = callers.get(target);
      if (known === undefined) callers.set(target, [chain]);
      else if (known.at(-1) !== chain) known.push(chain);
    }
  }
  // A set gives what is added while it is walked.
  for (const chain of wanted) for (const caller of callers.get(chain) ?? []) wanted.add(caller);
  return wanted;
}

/** A chain to look through, and how it was come to. */
interface Entry<State> {
  readonly chain: string;
  readonly state: State;
  readonly from: Visit<State> | null;
}

function isNewState(seen: Map<string, Set<string>>, chain: string, state: string): boolean {
  const states = seen.get(chain) ?? new Set();
  if (states.size === 0) seen.set(chain, states);
  if (states.has(state) || states.size >= MAX_STATES) return false;
  states.add(state);
  return true;
}

function rulesByChain(ruleset: Ruleset): Map<string, Rule[]> {
  const chains = new Map<string, Rule[]>();
  let budget = MAX_MAP_ENTRIES;
  for (const rule of ruleset) {
    const key = chainKey(rule.family, rule.table, rule.chain);
    const rules = chains.get(key) ?? [];
    if (rules.length === 0) chains.set(key, rules);
    const entries = budget > 0 ? expandVerdictMap(rule, ruleset.sets) : [rule];
    for (const entry of entries) rules.push(entry);
    if (entries.length > 1) budget -= entries.length;
  }
  return chains;
}

/** The chains that the kernel calls itself: those with a hook, and built-in ones that no line names. */
function baseChains(
  ruleset: Ruleset,
  rules: ReadonlyMap<string, readonly Rule[]>,
): { key: string; hook: string }[] {
  const hooks = new Map<string, string | null>();
  for (const { family, table, name, hook } of ruleset.chains) {
    // A chain named as a built-in one without a hook is a plain chain of nft.
    if (hook !== null || hookOfBuiltIn(name) !== null)
      hooks.set(chainKey(family, table, name), hook);
  }
  for (const [key, [rule]] of rules) {
    if (rule !== undefined && !hooks.has(key)) hooks.set(key, hookOfBuiltIn(rule.chain));
  }
  return [...hooks].flatMap(([key, hook]) => (hook === null ? [] : { key, hook }));
}

/** The chain that a rule's target would be. */
function targetKey({ family, table, target }: Rule): string | null {
  return target === null ? null : chainKey(family, table, target);
}

function chainKey(family: string, table: string | null, chain: string): string {
  return `${family} ${table ?? ''} ${chain}`;
}
