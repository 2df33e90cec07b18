import {
  type ColumnArrays,
  Columns,
  type ColumnType,
  Interner,
  type SourceOrigin,
} from '@tuplescope/scan';
import type { NamedSet } from './chain.ts';
import type { RuleFamily } from './rule.ts';

/** Which grammar a row's text is written in. */
export const SAVE = 0;
export const LIST = 1;
export const NFT = 2;
export const NFT_JSON = 3;
export type Form = typeof SAVE | typeof LIST | typeof NFT | typeof NFT_JSON;

/** The family and table that rows stand in. */
export interface Section {
  readonly family: RuleFamily;
  readonly table: string | null;
}

/** Where a row's text stands in its block. */
export interface Place {
  /** Line, from 1. */
  readonly line: number;
  /** Offset of the first byte. */
  readonly start: number;
  /** Offset after the last byte. */
  readonly end: number;
}

/** The columns of a rule. */
export interface RuleColumns extends Record<string, ColumnType> {
  readonly form: Uint8ArrayConstructor;
  readonly section: Uint32ArrayConstructor;
  readonly name: Uint32ArrayConstructor;
  readonly line: Uint32ArrayConstructor;
  readonly start: Uint32ArrayConstructor;
  readonly end: Uint32ArrayConstructor;
}

/** The columns of a chain: those of a rule, and where the line with its hook stands. */
export interface ChainColumns extends RuleColumns {
  readonly hookStart: Uint32ArrayConstructor;
  readonly hookEnd: Uint32ArrayConstructor;
}

const RULE_COLUMNS: RuleColumns = {
  form: Uint8Array,
  section: Uint32Array,
  name: Uint32Array,
  line: Uint32Array,
  start: Uint32Array,
  end: Uint32Array,
};

const CHAIN_COLUMNS: ChainColumns = {
  ...RULE_COLUMNS,
  hookStart: Uint32Array,
  hookEnd: Uint32Array,
};

/**
 * The rows of one block while it is parsed: rules and chains as places in the bytes with their
 * chain's name, 21 bytes a rule. What a rule says is read from its text when it is asked for.
 */
export class RulesetRows {
  readonly bytes: Uint8Array;
  readonly origin: SourceOrigin;
  readonly names: Interner = new Interner();
  readonly sections: Section[] = [];
  readonly sets: NamedSet[] = [];
  rules = 0;
  readonly rule: Columns<RuleColumns>;
  chains = 0;
  readonly chain: Columns<ChainColumns>;

  constructor(bytes: Uint8Array, origin: SourceOrigin) {
    this.bytes = bytes;
    this.origin = origin;
    this.rule = new Columns(RULE_COLUMNS, Math.min(bytes.length >> 6, 1 << 20) + 16);
    this.chain = new Columns(CHAIN_COLUMNS, Math.min(bytes.length >> 9, 1 << 20) + 16);
  }

  /** Adds a rule of the chain whose name has this number. */
  addRule(form: Form, section: number, name: number, at: Place): void {
    const row = this.rules++;
    this.rule.reserve(row);
    fill(this.rule.arrays, row, form, section, name, at);
  }

  /** Adds a chain by the line that names it. */
  addChain(form: Form, section: number, name: number, at: Place): void {
    const row = this.chains++;
    this.chain.reserve(row);
    const { arrays } = this.chain;
    fill(arrays, row, form, section, name, at);
    arrays.hookStart[row] = 0;
    arrays.hookEnd[row] = 0;
  }

  /** Gives the last chain the line that says its hook (nft's text has it inside of the braces). */
  setHook(start: number, end: number): void {
    if (this.chains === 0) return;
    this.chain.arrays.hookStart[this.chains - 1] = start;
    this.chain.arrays.hookEnd[this.chains - 1] = end;
  }

  /** Gives the number of a family and table, the last used first. */
  section(family: RuleFamily, table: string | null): number {
    for (let i = this.sections.length - 1; i >= 0; i--) {
      const known = this.sections[i] as Section;
      if (known.table === table && known.family === family) return i;
      // Rulesets have a handful of tables; an input that names thousands must not cost their square.
      if (this.sections.length - i > 64) break;
    }
    return this.sections.push({ family, table }) - 1;
  }
}

function fill(
  arrays: ColumnArrays<RuleColumns>,
  row: number,
  form: Form,
  section: number,
  name: number,
  { line, start, end }: Place,
): void {
  arrays.form[row] = form;
  arrays.section[row] = section;
  arrays.name[row] = name;
  arrays.line[row] = line;
  arrays.start[row] = start;
  arrays.end[row] = end;
}
