import type { NamedSet } from './chain.ts';
import { normalizeMatchValue } from './match-value.ts';
import type { Rule } from './rule.ts';
import { optionValues } from './rule-body.ts';

/**
 * Turns a rule with a verdict map of nft into one rule for each of its entries, in their order; any
 * other rule is given back alone.
 *
 * @param sets the named maps that `vmap @name` may mean.
 * @example
 * expandVerdictMap(rule, []) // of `ct state vmap { invalid : drop }`: match { ctstate: 'INVALID' }
 */
export function expandVerdictMap(rule: Rule, sets: readonly NamedSet[]): readonly Rule[] {
  if (rule.target !== 'VMAP') return [rule];
  const [key = ''] = optionValues(rule.targetOptions, 'key');
  const [map = ''] = optionValues(rule.targetOptions, 'map');
  const entries = map.startsWith('@')
    ? (sets.find((set) => isMapOf(set, rule, map.slice(1)))?.elements ?? [])
    : map.split(',');
  return entries.map((entry) => entryRule(rule, key, entry));
}

function isMapOf(set: NamedSet, { family, table }: Rule, name: string): boolean {
  return set.name === name && set.table === table && set.family === family;
}

/** `22 : accept`, `80 : jump web`, `10.0.0.1 . 80 : goto web`, `* : drop` */
function entryRule(rule: Rule, key: string, entry: string): Rule {
  const colon = entry.lastIndexOf(' : ');
  const value = entry.slice(0, colon).trim();
  const [verdict = '', chain] = entry.slice(colon + 3).split(' ');
  const isAny = colon < 0 || value === '*';
  return {
    ...rule,
    match: isAny ? rule.match : { ...rule.match, [key]: normalizeMatchValue(key, value) },
    target: chain ?? verdict.toUpperCase(),
    goto: verdict === 'goto',
    targetOptions: {},
  };
}
