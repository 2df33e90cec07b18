import { type Rule, type Ruleset, valuesOf } from './rule.ts';

/** A map with more entries stays what it is: one rule, which then is not translated. */
const MAX_ENTRIES = 4096;

/**
 * Turns a rule with a verdict map of nft into a rule for each of its entries, in their order; any other
 * rule is given back alone.
 *
 * @example
 * expandVerdictMap(rule, []) // of `ct state vmap { invalid : drop }`: match { ctstate: 'INVALID' }
 */
export function expandVerdictMap(rule: Rule, sets: Ruleset['sets']): readonly Rule[] {
  if (rule.target !== 'VMAP') return [rule];
  const [key = ''] = valuesOf(rule.targetOptions, 'key');
  const [map = ''] = valuesOf(rule.targetOptions, 'map');
  const named = sets.find(
    ({ family, table, name }) =>
      name === map.slice(1) && family === rule.family && table === rule.table,
  );
  const entries = map.startsWith('@') ? (named?.elements ?? []) : map.split(',');
  if (entries.length > MAX_ENTRIES) return [rule];
  return entries.map((entry) => {
    const colon = entry.lastIndexOf(' : ');
    const value = entry.slice(0, Math.max(0, colon)).trim();
    const [verdict = '', chain] = entry.slice(colon + 3).split(' ');
    const isAny = colon < 0 || value === '*';
    const spelled = key === 'ctstate' ? value.toUpperCase() : value;
    return {
      ...rule,
      match: isAny ? rule.match : { ...rule.match, [key]: spelled },
      target: chain ?? verdict.toUpperCase(),
      goto: verdict === 'goto',
      targetOptions: {},
    };
  });
}
