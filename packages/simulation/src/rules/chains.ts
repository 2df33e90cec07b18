import { expandVerdictMap } from './expand-verdict-map.ts';
import type { Chain, Rule, Ruleset } from './rule.ts';
import type { RulePlace } from './rule-place.ts';

/** A chain that the kernel calls itself, at a hook. */
export interface BaseChain {
  /** Its table's family and name. */
  readonly table: string;
  readonly name: string;
  readonly hook: RulePlace['hook'];
  /** Which of the model's tables it is like. */
  readonly kind: 'nat' | 'mangle' | 'filter' | 'raw';
  readonly dropsByDefault: boolean;
}

/** The chains of the tables that concern packets of one family. */
export interface Chains {
  readonly base: readonly BaseChain[];
  /** The rules of each chain, verdict maps turned into rules; keys are those of `chainKey`. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}

/** Names a chain among those of all tables. */
export function chainKey(table: string, chain: string): string {
  return `${table} ${chain}`;
}

/** Names the table of a rule or chain. */
export function tableOf({ family, table }: Pick<Rule, 'family' | 'table'>): string {
  return `${family} ${table ?? ''}`;
}

/**
 * Sorts rules by chain and finds the base chains, in the order in which the kernel calls them.
 *
 * @param tables which tables to take, by the names that `tableOf` gives.
 */
export function chainsOf(ruleset: Ruleset, tables: ReadonlySet<string>): Chains {
  const rules = new Map<string, Rule[]>();
  for (const rule of ruleset) {
    if (!tables.has(tableOf(rule))) continue;
    const key = chainKey(tableOf(rule), rule.chain);
    const known = rules.get(key) ?? [];
    if (known.length === 0) rules.set(key, known);
    known.push(...expandVerdictMap(rule, ruleset.sets));
  }
  const described = ruleset.chains.filter((chain) => tables.has(tableOf(chain)));
  const named = new Set(described.map((chain) => chainKey(tableOf(chain), chain.name)));
  // A chain without rules can be jumped to as well.
  for (const key of named) if (!rules.has(key)) rules.set(key, []);
  const bare = [...rules].flatMap(([key, [rule]]) =>
    rule === undefined || named.has(key) ? [] : [bareChain(rule)],
  );
  const base = [...described, ...bare].flatMap((chain) => baseChain(chain, rules) ?? []);
  return { base: base.sort((a, b) => a.priority - b.priority), rules };
}

type ChainLine = Pick<Chain, 'family' | 'table' | 'name' | 'policy' | 'hook' | 'type' | 'priority'>;

/** A chain of which only rules are there: its name tells whether it is one of iptables' own. */
function bareChain({ family, table, chain }: Rule): ChainLine {
  const isBuiltIn = /^[A-Z]+$/.test(chain) && isHook(chain.toLowerCase());
  const hook = isBuiltIn ? chain.toLowerCase() : null;
  return { family, table, name: chain, policy: null, hook, type: null, priority: null };
}

function baseChain(
  chain: ChainLine,
  rules: ReadonlyMap<string, readonly Rule[]>,
): (BaseChain & { priority: number }) | null {
  const { hook, name, policy } = chain;
  if (hook === null || !isHook(hook)) return null;
  const table = tableOf(chain);
  const own = rules.get(chainKey(table, name)) ?? [];
  const priority = priorityOf(chain, own);
  const isNat = chain.type === null ? priority === PRIORITIES.dstnat : chain.type === 'nat';
  let kind: BaseChain['kind'] = priority < 0 ? 'mangle' : 'filter';
  if (isNat) kind = 'nat';
  else if (priority <= CONNTRACK) kind = 'raw';
  return { table, name, hook, kind, dropsByDefault: policy === 'DROP', priority };
}

function isHook(text: string): text is BaseChain['hook'] {
  return ['prerouting', 'input', 'output', 'postrouting'].includes(text);
}

/** Chains before this see packets that conntrack has not judged yet (NF_IP_PRI_CONNTRACK). */
const CONNTRACK = -200;

/** The names that nft has for priorities, and the tables of iptables (enum nf_ip_hook_priorities). */
const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  nat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

/** `filter`, `-150`, `mangle + 5`; an iptables table has that of its name. */
function priorityOf({ priority, table }: ChainLine, rules: readonly Rule[]): number {
  const [, name = '', offset = '0'] =
    /^([a-z]*)\s*([+-]?\s*\d+)?$/.exec(priority ?? table ?? '') ?? [];
  const base = name === '' ? 0 : PRIORITIES[name];
  if (base !== undefined) return base + Number(offset.replaceAll(' ', ''));
  // `iptables -L` names no table: its rules do.
  const isNat = rules.some(({ target }) =>
    /^(?:REDIRECT|DNAT|SNAT|MASQUERADE)$/.test(target ?? ''),
  );
  return isNat ? -100 : 0;
}
