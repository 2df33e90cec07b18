import {
  checkRow,
  type Diagnostic,
  decodeText,
  iterateRows,
  type SourceSpan,
  spanAt,
  type Table,
} from '@tuplescope/scan';
import type { Chain, NamedSet } from './chain.ts';
import { readChain } from './read-chain.ts';
import { readRuleBody } from './read-rule.ts';
import type { Rule } from './rule.ts';
import type { Form, RulesetRows, Section } from './ruleset-rows.ts';

/**
 * The rules of one ruleset in the order of the input, with its chains and named sets. It keeps the
 * bytes that it was parsed from and reads a rule from them when it is asked for: leave them as they
 * are while the table lives.
 *
 * @example
 * const table = parseRuleset('*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n');
 * table.at(0).targetOptions // { 'to-ports': '15001' }
 */
export class RulesetTable implements Table<Rule> {
  /** How many rules there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  /** The named sets and maps of nftables, in the order of the input. */
  readonly sets: readonly NamedSet[];
  readonly #rows: RulesetRows;
  #chains: readonly Chain[] | null = null;

  /** @internal Tables come from `parseRuleset`. */
  constructor(rows: RulesetRows, diagnostics: readonly Diagnostic[]) {
    this.length = rows.rules;
    this.diagnostics = diagnostics;
    this.sets = rows.sets;
    this.#rows = rows;
  }

  /** Makes the rule of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): Rule {
    checkRow(row, this.length);
    const { rule, sections, names } = this.#rows;
    const { arrays } = rule;
    const { family, table } = sections[arrays.section[row] as number] as Section;
    const start = arrays.start[row] as number;
    const end = arrays.end[row] as number;
    const raw = this.#text(start, end);
    const body = readRuleBody(arrays.form[row] as Form, raw);
    return {
      family,
      table,
      chain: names.text(arrays.name[row] as number),
      match: body.match,
      target: body.target,
      goto: body.goto,
      targetOptions: body.targetOptions,
      counters: body.counters,
      raw,
      source: this.#span(arrays.line[row] as number, start, end),
    };
  }

  [Symbol.iterator](): Iterator<Rule> {
    return iterateRows(this);
  }

  /** The chains with their policies and hooks, in the order of the input. */
  get chains(): readonly Chain[] {
    this.#chains ??= Array.from({ length: this.#rows.chains }, (_, row) => this.#chain(row));
    return this.#chains;
  }

  #chain(row: number): Chain {
    const { chain, sections, names } = this.#rows;
    const { arrays } = chain;
    const { family, table } = sections[arrays.section[row] as number] as Section;
    const name = names.text(arrays.name[row] as number);
    const start = arrays.start[row] as number;
    const end = arrays.end[row] as number;
    const hook = this.#text(arrays.hookStart[row] as number, arrays.hookEnd[row] as number);
    const said = readChain(arrays.form[row] as Form, name, this.#text(start, end), hook);
    const source = this.#span(arrays.line[row] as number, start, end);
    return { family, table, name, ...said, source };
  }

  #text(start: number, end: number): string {
    const text = decodeText(this.#rows.bytes, start, end);
    return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  }

  #span(line: number, start: number, end: number): SourceSpan {
    return spanAt(this.#rows.origin, line, start, end);
  }
}
