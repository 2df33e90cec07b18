import type { CaptureOf } from '@tuplescope/incident';
import { type Chains, chainsOf, tableOf } from './chains.ts';
import type { Rule } from './rule.ts';

/** The chains of an incident's rules, and where each rule stands. */
export interface PickedTables extends Chains {
  /** Says where a rule stands: its file and line. */
  placeOf(rule: Rule): { readonly file: string; readonly line: number };
}

/**
 * Takes each table from one listing: iptables-save and nft show the same tables, and a later snapshot
 * shows them again. The listing that prints the options of all extensions goes first, then the last.
 *
 * @param isIpv6 which family the packets are of that the rules are for.
 */
export function pickTables(
  captures: readonly CaptureOf<'ruleset'>[],
  isIpv6: boolean,
): PickedTables {
  const families = new Set(['inet', isIpv6 ? 'ip6' : 'ip']);
  const best = new Map<string, { capture: CaptureOf<'ruleset'>; opaque: number }>();
  for (const capture of captures) {
    for (const [table, opaque] of tablesIn(capture, families)) {
      const known = best.get(table);
      if (known === undefined || opaque <= known.opaque) best.set(table, { capture, opaque });
    }
  }
  const rules = new Map<string, readonly Rule[]>();
  const base: Chains['base'][number][] = [];
  const captureOf = new Map<number | Rule, CaptureOf<'ruleset'>>();
  for (const capture of new Set([...best.values()].map((one) => one.capture))) {
    const tables = [...best].filter(([, one]) => one.capture === capture).map(([name]) => name);
    const chains = chainsOf(capture.content.table, new Set(tables));
    base.push(...chains.base);
    for (const [key, own] of chains.rules) {
      rules.set(key, own);
      for (const rule of own) captureOf.set(rule, capture);
    }
  }
  return {
    base,
    rules,
    placeOf(rule) {
      const capture = captureOf.get(rule);
      const line = (capture?.origin.line ?? 1) + rule.source.line - 1;
      return { file: capture?.path ?? '', line };
    },
  };
}

/** The tables in a listing, each with how many of its rules have options that it does not print. */
function tablesIn(
  { content: { table } }: CaptureOf<'ruleset'>,
  families: ReadonlySet<string>,
): Map<string, number> {
  const tables = new Map<string, number>();
  for (const chain of table.chains) if (families.has(chain.family)) tables.set(tableOf(chain), 0);
  for (const rule of table) {
    if (!families.has(rule.family)) continue;
    const options = [...Object.keys(rule.match), ...Object.keys(rule.targetOptions)];
    const isOpaque = options.some((key) => key === 'xt' || key.startsWith('xt '));
    tables.set(tableOf(rule), (tables.get(tableOf(rule)) ?? 0) + Number(isOpaque));
  }
  return tables;
}
