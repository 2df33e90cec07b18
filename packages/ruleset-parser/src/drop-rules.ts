import type { Rule, RuleOptions } from './rule.ts';
import { optionValues } from './rule-body.ts';
import { type Ruleset, type Visit, walkRules } from './rule-walk.ts';
import { meetsFlags } from './tcp-flag-match.ts';

/** Kinds of TCP packets that a rule can catch. */
export interface CaughtPackets {
  /** A packet with RST set. */
  readonly rst: boolean;
  /** A SYN without ACK. */
  readonly syn: boolean;
  /** A packet that conntrack calls INVALID. */
  readonly invalid: boolean;
  /** A packet that conntrack calls something else: NEW, ESTABLISHED… */
  readonly valid: boolean;
}

/** A rule that throws TCP packets away. */
export interface DropRule {
  /** The rule; an entry of a verdict map has the entry's condition in its match. */
  readonly rule: Rule;
  /** `drop` is silent, `reject` answers. */
  readonly verdict: 'drop' | 'reject';
  /** Hooks from which jumps lead here; empty where none does. */
  readonly hooks: readonly string[];
  /** What it can catch, as far as protocol, TCP flags and ctstate go, on the way here too; addresses, ports and the rest are in `rule.match`. */
  readonly catches: CaughtPackets;
}

const NOTHING: CaughtPackets = { rst: false, syn: false, invalid: false, valid: false };
const EVERYTHING: CaughtPackets = { rst: true, syn: true, invalid: true, valid: true };

interface Flow {
  readonly hook: string;
  readonly catches: CaughtPackets;
}

/**
 * Finds the rules that drop or reject TCP packets, with what they can catch, so that a lost RST can
 * be laid at a rule's door. A chain's policy is no rule: see `chains`.
 *
 * @example
 * const text = '*mangle\n-A OUTPUT -p tcp -m tcp --tcp-flags RST RST -j DROP\nCOMMIT\n';
 * findDropRules(parseRuleset(text))[0].catches // { rst: true, syn: false, invalid: true, valid: true }
 */
export function findDropRules(rules: Ruleset): DropRule[] {
  const found = new Map<string, DropRule>();
  walkRules<Flow>(rules, {
    isWanted: (rule) => verdictOf(rule) !== null,
    start: (hook) => ({ hook, catches: EVERYTHING }),
    narrow: (flow, rule) => {
      const catches = intersection(flow.catches, caughtBy(rule.match));
      return isNothing(catches) ? null : { hook: flow.hook, catches };
    },
    key: ({ hook, catches }) => `${hook} ${Object.values(catches).join()}`,
    visit: (visit) => addReached(found, visit),
  });
  // Rules that nothing leads to are listed too: a jump may be missing from the text.
  for (const rule of rules) addUnreached(found, rule);
  return [...found.values()].sort((a, b) => a.rule.source.start - b.rule.source.start);
}

function addReached(found: Map<string, DropRule>, visit: Visit<Flow>): void {
  const rule = visit.rules[visit.index] as Rule;
  const verdict = verdictOf(rule);
  if (verdict === null) return;
  const { hook, catches } = visit.state;
  const key = keyOf(rule);
  const known = found.get(key);
  const hooks = known?.hooks ?? [];
  found.set(key, {
    rule,
    verdict,
    hooks: hooks.includes(hook) ? hooks : [...hooks, hook],
    catches: known === undefined ? catches : union(known.catches, catches),
  });
}

function addUnreached(found: Map<string, DropRule>, rule: Rule): void {
  const verdict = verdictOf(rule);
  const catches = caughtBy(rule.match);
  if (verdict === null || isNothing(catches) || found.has(keyOf(rule))) return;
  found.set(keyOf(rule), { rule, verdict, hooks: [], catches });
}

/** Entries of one verdict map have one place and differ by their match. */
function keyOf({ source, match, target }: Rule): string {
  return target === 'DROP' || target === 'REJECT'
    ? `${source.start} ${JSON.stringify(match)}`
    : `${source.start}`;
}

function verdictOf({ target }: Rule): DropRule['verdict'] | null {
  if (target === 'DROP') return 'drop';
  return target === 'REJECT' ? 'reject' : null;
}

/** What of TCP can meet the conditions that say something of protocol, flags and state. */
function caughtBy(match: RuleOptions): CaughtPackets {
  if (!mayBeTcp(match)) return NOTHING;
  const positive = optionValues(match, 'tcp-flags');
  const negated = optionValues(match, '!tcp-flags');
  const states = optionValues(match, 'ctstate').flatMap((list) => list.split(','));
  const notStates = optionValues(match, '!ctstate').flatMap((list) => list.split(','));
  const can = (flags: readonly string[]): boolean =>
    positive.every((condition) => meetsFlags(condition, flags) !== false) &&
    negated.every((condition) => meetsFlags(condition, flags) !== true);
  return {
    rst: can(['RST']) || can(['RST', 'ACK']),
    syn: can(['SYN']),
    invalid: (states.length === 0 || states.includes('INVALID')) && !notStates.includes('INVALID'),
    valid: states.length === 0 || states.some((state) => state !== 'INVALID'),
  };
}

function mayBeTcp(match: RuleOptions): boolean {
  const named = optionValues(match, 'protocol').flatMap((list) => list.split(','));
  const not = optionValues(match, '!protocol').flatMap((list) => list.split(','));
  return (named.length === 0 || named.includes('tcp')) && !not.includes('tcp');
}

function isNothing({ invalid, valid }: CaughtPackets): boolean {
  return !invalid && !valid;
}

function intersection(a: CaughtPackets, b: CaughtPackets): CaughtPackets {
  return {
    rst: a.rst && b.rst,
    syn: a.syn && b.syn,
    invalid: a.invalid && b.invalid,
    valid: a.valid && b.valid,
  };
}

function union(a: CaughtPackets, b: CaughtPackets): CaughtPackets {
  return {
    rst: a.rst || b.rst,
    syn: a.syn || b.syn,
    invalid: a.invalid || b.invalid,
    valid: a.valid || b.valid,
  };
}
