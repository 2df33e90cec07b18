import { decodeText, skipBlanks, startsWithAt, toBytes, trimEnd, wordEnd } from '@tuplescope/scan';
import { addChain, type BlockState, complain, type Line } from './block-state.ts';
import { listedColumns } from './listed-rule.ts';
import { LIST } from './ruleset-rows.ts';

/**
 * Reads a line of `iptables -L`, with or without `-v`, `-n`, `-x`, `--line-numbers`, and says
 * whether it was one: `Chain OUTPUT (policy ACCEPT …)`, the heading of its columns, a rule.
 */
export function readListedLine(state: BlockState, line: Line): boolean {
  const { bytes } = state.rows;
  const start = skipBlanks(bytes, line.start, line.end);
  const end = trimEnd(bytes, start, line.end);
  if (startsWithAt(bytes, start, end, 'Chain '))
    return readListedChain(state, { ...line, start, end });
  if (state.context.listedChain === null) return false;
  if (isHeading(bytes, start, end)) {
    const heading = decodeText(bytes, start, Math.min(end, start + 200));
    const at = { ...line, start, end };
    if (!heading.includes(' in ')) complain(state, 'warning', at, NO_INTERFACES);
    return true;
  }
  return readListedRow(state, { ...line, start, end });
}

/** Without them a rule for `lo` reads as one for every interface. */
const NO_INTERFACES = 'the columns in and out, which iptables -v prints';

/** `Chain OUTPUT (policy ACCEPT 1 packets, 60 bytes)` or `Chain ISTIO_OUTPUT (1 references)` */
function readListedChain(state: BlockState, at: Line): boolean {
  const { start, end } = at;
  const { bytes } = state.rows;
  const nameStart = skipBlanks(bytes, start + 6, end);
  const nameEnd = wordEnd(bytes, nameStart, end);
  const rest = decodeText(bytes, skipBlanks(bytes, nameEnd, end), Math.min(end, nameEnd + 200));
  if (!/^\((?:policy [A-Z]+|\d+ references?)/.test(rest)) return false;
  state.context.listedChain = decodeText(bytes, nameStart, nameEnd);
  addChain(state, LIST, at, nameStart, nameEnd);
  if (/\d[KMGT] (?:packets|bytes)/.test(rest)) {
    complain(state, 'warning', at, 'exact counters, which iptables -x prints');
  }
  return true;
}

/** `pkts bytes target prot opt in out source destination`, in part. */
function isHeading(bytes: Uint8Array, start: number, end: number): boolean {
  const first = decodeText(bytes, start, Math.min(wordEnd(bytes, start, end), start + 16));
  return first === 'pkts' || first === 'num' || (first === 'target' && end - start < 200);
}

function readListedRow(state: BlockState, at: Line): boolean {
  const { rows, context } = state;
  const columns = listedColumns(decodeText(rows.bytes, at.start, at.end));
  if (columns === null) return false;
  if (columns.isRounded) complain(state, 'warning', at, 'exact counters, which iptables -x prints');
  const family = columns.source.includes(':') ? 'ip6' : 'ip';
  if (family !== context.family && (family === 'ip6' || context.family === 'ip6')) {
    context.family = family;
    if (rows.chains > 0) {
      rows.chain.arrays.section[rows.chains - 1] = rows.section(family, context.table);
    }
  }
  const name = toBytes(context.listedChain as string);
  const id = rows.names.intern(name, 0, name.length);
  rows.addRule(LIST, rows.section(family, context.table), id, at);
  return true;
}
