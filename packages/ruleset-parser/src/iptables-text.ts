import { decodeText, isBlank, skipBlanks, startsWithAt, trimEnd, wordEnd } from '@tuplescope/scan';
import { addChain, addRule, type BlockState, complain, type Line } from './block-state.ts';
import { findRuleFlaw, ruleChainStart, skipCounters } from './iptables-line.ts';
import { enterTable, type RulesetContext } from './parse-context.ts';
import { SAVE } from './ruleset-rows.ts';

/** Built-in chains of each table: `iptables -S` names them with `-P`, and not the table. */
const TABLE_OF_CHAINS: Readonly<Record<string, string>> = {
  'INPUT,FORWARD,OUTPUT': 'filter',
  'PREROUTING,INPUT,OUTPUT,POSTROUTING': 'nat',
  'PREROUTING,OUTPUT,POSTROUTING': 'nat',
  'PREROUTING,POSTROUTING,OUTPUT': 'nat',
  'PREROUTING,INPUT,FORWARD,OUTPUT,POSTROUTING': 'mangle',
  'PREROUTING,OUTPUT': 'raw',
};

/**
 * Reads a line of `iptables-save` or `iptables -S`, and says whether it was one: `*nat`, `:OUTPUT
 * ACCEPT [0:0]`, `[0:0] -A OUTPUT …`, `-P OUTPUT ACCEPT`, `-N ISTIO_OUTPUT`, `COMMIT`.
 */
export function readIptablesLine(state: BlockState, at: Line): boolean {
  const { bytes } = state.rows;
  const { start, end } = at;
  switch (bytes[start]) {
    case 0x2a /* * */:
      return readTable(state, at);
    case 0x3a /* : */:
      return readChainLine(state, at, start + 1);
    case 0x43 /* C */:
      return readCommit(state, at);
    case 0x2d /* - */:
      return readRuleLine(state, at, start) || readPolicyOrChain(state, at, start);
    case 0x5b /* [ */:
      return readRuleLine(state, at, skipCounters(bytes, start, end));
    default:
      return false;
  }
}

/** `*nat`; istio's own listing has a blank after the star. */
function readTable({ rows, context }: BlockState, { start, end }: Line): boolean {
  const from = skipBlanks(rows.bytes, start + 1, end);
  const to = wordEnd(rows.bytes, from, end);
  if (to === from || skipBlanks(rows.bytes, to, end) < end || to - from > 32) return false;
  const table = decodeText(rows.bytes, from, to);
  if (!/^[a-z]\w*$/.test(table)) return false;
  enterTable(context, table);
  return true;
}

function readCommit({ rows, context }: BlockState, { start, end }: Line): boolean {
  const { bytes } = rows;
  if (!startsWithAt(bytes, start, end, 'COMMIT')) return false;
  if (trimEnd(bytes, start, end) !== start + 6) return false;
  enterTable(context, null);
  return true;
}

/** `:OUTPUT ACCEPT [1:60]` */
function readChainLine(state: BlockState, at: Line, nameStart: number): boolean {
  const { bytes } = state.rows;
  const nameEnd = wordEnd(bytes, nameStart, at.end);
  const policy = skipBlanks(bytes, nameEnd, at.end);
  if (nameEnd === nameStart || policy === at.end) return false;
  const first = bytes[policy] as number;
  const isWord = (first >= 0x41 && first <= 0x5a) || first === 0x2d;
  if (!isWord) return false;
  addChain(state, SAVE, at, nameStart, nameEnd);
  return true;
}

/** `-A OUTPUT -p tcp -j ISTIO_OUTPUT`, from the offset of `-A` on. */
export function readRuleLine(state: BlockState, line: Line, from: number): boolean {
  const { bytes } = state.rows;
  const end = trimEnd(bytes, line.start, line.end);
  const nameStart = ruleChainStart(bytes, from, end);
  if (nameStart < 0 || nameStart >= end || bytes[nameStart] === 0x2d) return false;
  const nameEnd = wordEnd(bytes, nameStart, end);
  const at = { ...line, end };
  const flaw = findRuleFlaw(bytes, nameEnd, end);
  if (flaw !== null) {
    complain(state, 'error', at, flaw.expected, flaw.start, flaw.end);
    return true;
  }
  settleTable(state, at);
  addRule(state, SAVE, at, nameStart, nameEnd);
  return true;
}

/** `-P OUTPUT ACCEPT` and `-N ISTIO_OUTPUT`, from the offset of the option on. */
export function readPolicyOrChain(state: BlockState, line: Line, from: number): boolean {
  const { bytes } = state.rows;
  const { context } = state;
  const end = trimEnd(bytes, line.start, line.end);
  const letter = bytes[from + 1];
  if ((letter !== 0x50 && letter !== 0x4e) || !isBlank(bytes[from + 2])) return false;
  const nameStart = skipBlanks(bytes, from + 3, end);
  const nameEnd = wordEnd(bytes, nameStart, end);
  if (nameStart === nameEnd || bytes[nameStart] === 0x2d) return false;
  const at = { ...line, end };
  if (letter === 0x4e) settleTable(state, at);
  else if (skipBlanks(bytes, nameEnd, end) === end) return false;
  else notePolicy(context, decodeText(bytes, nameStart, nameEnd));
  addChain(state, SAVE, at, nameStart, nameEnd);
  if (letter === 0x50 && context.isTableInferred) moveLastChains(state, context.policies.length);
  return true;
}

/** A built-in chain that was named before, or one after rules, begins the listing of a table. */
function notePolicy(context: RulesetContext, chain: string): void {
  if (context.table !== null && !context.isTableInferred) return;
  if (!context.namesPolicies || context.policies.includes(chain)) context.policies = [];
  context.namesPolicies = true;
  context.isTableInferred = true;
  context.policies = [...context.policies, chain].slice(-5);
  context.table = TABLE_OF_CHAINS[context.policies.join(',')] ?? null;
}

/** Each further `-P` line tells more of the table that the ones before it stand in. */
function moveLastChains({ rows, context }: BlockState, count: number): void {
  const section = rows.section(context.family, context.table);
  const first = Math.max(0, rows.chains - count);
  for (let row = first; row < rows.chains; row++) rows.chain.arrays.section[row] = section;
}

function settleTable(state: BlockState, at: Line): void {
  const { context } = state;
  context.namesPolicies = false;
  if (context.table !== null || context.complainedOfTable) return;
  context.complainedOfTable = true;
  complain(state, 'warning', at, 'a table such as *nat before its rules');
}
