import { type Chain, hookOfBuiltIn, type NamedSet } from './chain.ts';
import type { Rule } from './rule.ts';
import { expandVerdictMap } from './verdict-map.ts';

/** A ruleset to look through: a {@link RulesetTable}, or rules with their chains from elsewhere. */
export interface Ruleset extends Iterable<Rule> {
  readonly chains: readonly Chain[];
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
const MAX_STATES = 128;

/** Entries of verdict maps that are looked at in one ruleset. */
const MAX_MAP_ENTRIES = 1 << 16;

/**
 * Follows jumps from the hooks' own chains and visits each rule once for each state in which it can
 * be reached. Loops end, and so do rulesets that jump from everywhere to everywhere.
 */
export function walkRules<State>(ruleset: Ruleset, walk: Walk<State>): void {
  const chains = rulesByChain(ruleset);
  const seen = new Map<string, Set<string>>();
  const pending: Entry<State>[] = [];
  for (const { key, hook } of baseChains(ruleset, chains)) {
    const state = walk.start(hook);
    if (state !== null) pending.push({ chain: key, state, from: null });
  }
  for (let next = 0; next < pending.length; next++) {
    const { chain, state, from } = pending[next] as Entry<State>;
    const rules = chains.get(chain) ?? [];
    const jumps = from === null ? 0 : from.jumps + 1;
    for (const [index, rule] of rules.entries()) {
      const narrowed = walk.narrow(state, rule);
      if (narrowed === null) continue;
      const visit = { rules, index, state: narrowed, from, jumps };
      walk.visit(visit);
      if (rule.target === null || jumps >= MAX_JUMPS) continue;
      const target = chainKey({ ...rule, chain: rule.target });
      if (!chains.has(target) || !isNewState(seen, target, walk.key(narrowed))) continue;
      pending.push({ chain: target, state: narrowed, from: visit });
    }
  }
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
    const key = chainKey(rule);
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
  rules: ReadonlyMap<string, unknown>,
): { key: string; hook: string }[] {
  const hooks = new Map<string, string>();
  for (const chain of ruleset.chains) {
    if (chain.hook !== null) hooks.set(chainKey({ ...chain, chain: chain.name }), chain.hook);
    else hooks.delete(chainKey({ ...chain, chain: chain.name }));
  }
  const named = new Set(ruleset.chains.map((chain) => chainKey({ ...chain, chain: chain.name })));
  for (const key of rules.keys()) {
    const hook = named.has(key) ? null : hookOfBuiltIn(key.slice(key.lastIndexOf('\n') + 1));
    if (hook !== null) hooks.set(key, hook);
  }
  return [...hooks].map(([key, hook]) => ({ key, hook }));
}

function chainKey(of: Pick<Rule, 'chain' | 'family' | 'table'>): string {
  return `${of.family}\n${of.table ?? ''}\n${of.chain}`;
}
