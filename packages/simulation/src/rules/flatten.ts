import { type BaseChain, type Chains, chainKey, tableOf } from './chains.ts';
import { readCondition } from './read-condition.ts';
import { EVERYTHING, narrow, type Region } from './region.ts';
import type { Rule } from './rule.ts';
import type { RulePlace } from './rule-place.ts';

/** A rule that cannot be translated, and why. */
export interface Untranslated {
  readonly rule: Rule;
  readonly why: string;
}

/** What comes of chains: told in the order in which a packet would meet it. */
export interface Sink {
  /** Takes what a rule does to some packets, where that is not ACCEPT, RETURN or a jump. */
  take(region: Region, rule: Rule): void;
  /** Packets that no later rule sees. */
  accept(region: Region): void;
  /** Packets that a chain's policy drops. */
  dropByPolicy(region: Region): void;
  /** A rule that is passed over because its conditions are not known. */
  skip(untranslated: Untranslated): void;
}

/** More rules than this are no longer a pod's. */
const MAX_RULES = 2000;

/** Rules that are looked at, again and again where chains are left early. */
const MAX_STEPS = 200_000;

/** The kernel follows 16 jumps (NFT_JUMP_STACK_SIZE); what returns from them is followed too. */
const MAX_DEPTH = 64;

/** Thrown, and caught here, where chains lead to more rules than are worth having. */
class TooMany extends Error {}

/**
 * Makes one list of the base chains of a hook and all chains that they jump to: the first rule that fits
 * a packet decides. Where a packet leaves a chain early, what follows the jump is written before the
 * rest of the chain, for these packets alone.
 *
 * @returns false where the list would be too long; the sink has its beginning then.
 */
export function flatten(
  bases: readonly BaseChain[],
  { rules: chains }: Pick<Chains, 'rules'>,
  place: RulePlace,
  sink: Sink,
): boolean {
  let count = 0;
  let steps = 0;
  const conditions = new Map<Rule, ReturnType<typeof readCondition>>();
  const effective = effectiveChains(chains);

  /** What may follow for packets that a base chain accepts: the next one. */
  function enter(index: number, region: Region): void {
    const base = bases[index];
    if (base === undefined) return;
    const own = chains.get(chainKey(base.table, base.name)) ?? [];
    const accept = (some: Region): void => {
      enter(index + 1, some);
      end(some);
    };
    const byPolicy = (some: Region): void => {
      if (base.dropsByDefault) sink.dropByPolicy(some);
      else accept(some);
    };
    follow(own, 0, region, { accept, leave: byPolicy }, 0);
    if (base.dropsByDefault) sink.dropByPolicy(region);
    else enter(index + 1, region);
  }

  function end(region: Region): void {
    if (++count > MAX_RULES) throw new TooMany();
    sink.accept(region);
  }

  function follow(
    own: readonly Rule[],
    from: number,
    region: Region,
    exits: Exits,
    depth: number,
  ): void {
    if (depth > MAX_DEPTH) throw new TooMany();
    for (let i = from; i < own.length; i++) {
      const rule = own[i] as Rule;
      const target = rule.target === null ? null : chainKey(tableOf(rule), rule.target);
      const isJump = target !== null && chains.has(target);
      if (rule.target === null || (isJump && !rule.goto && !effective.has(target))) continue;
      if (++steps > MAX_STEPS) throw new TooMany();
      const condition = conditions.get(rule) ?? readCondition(rule, place);
      conditions.set(rule, condition);
      if (condition === 'none') continue;
      if ('unknown' in condition) {
        sink.skip({ rule, why: `the model knows nothing of ${condition.unknown.join(', ')}` });
        continue;
      }
      for (const part of narrow(region, condition)) {
        if (++count > MAX_RULES) throw new TooMany();
        if (isJump) jump(chains.get(target) ?? [], own, i, part, exits, rule.goto, depth);
        else if (rule.target === 'ACCEPT') exits.accept(part);
        else if (rule.target === 'RETURN') exits.leave(part);
        else sink.take(part, rule);
      }
    }
  }

  function jump(
    into: readonly Rule[],
    caller: readonly Rule[],
    at: number,
    part: Region,
    exits: Exits,
    isGoto: boolean,
    depth: number,
  ): void {
    if (isGoto) {
      follow(into, 0, part, exits, depth + 1);
      exits.leave(part);
      return;
    }
    const leave = (some: Region): void => {
      follow(caller, at + 1, some, exits, depth + 1);
      exits.leave(some);
    };
    follow(into, 0, part, { accept: exits.accept, leave }, depth + 1);
  }

  try {
    enter(0, EVERYTHING);
    return true;
  } catch (error) {
    if (error instanceof TooMany) return false;
    throw error;
  }
}

/** Where packets go that leave a chain before its end. */
interface Exits {
  readonly accept: (region: Region) => void;
  readonly leave: (region: Region) => void;
}

/** Chains that decide something, themselves or by a jump: counting and returning decides nothing. */
function effectiveChains(chains: ReadonlyMap<string, readonly Rule[]>): ReadonlySet<string> {
  const effective = new Set<string>();
  const callers = new Map<string, string[]>();
  for (const [key, rules] of chains) {
    for (const rule of rules) {
      if (rule.target === null || rule.target === 'RETURN') continue;
      const target = chainKey(tableOf(rule), rule.target);
      if (!chains.has(target)) effective.add(key);
      else if (callers.get(target)?.push(key) === undefined) callers.set(target, [key]);
    }
  }
  // A set gives what is added while it is walked.
  for (const key of effective) for (const caller of callers.get(key) ?? []) effective.add(caller);
  return effective;
}
