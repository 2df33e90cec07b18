/** Adds a rule unless the one before it says the same. */
export function pushOnce<Rule>(rules: Rule[], rule: Rule): void {
  if (JSON.stringify(rules.at(-1)) !== JSON.stringify(rule)) rules.push(rule);
}
