import {
  decodeText,
  type LineScanner,
  skipBlanks,
  startsWithAt,
  toBytes,
  trimEnd,
  wordEnd,
} from '@tuplescope/scan';
import { addChain, type BlockState, complain, type Line } from './block-state.ts';
import { braceDepth } from './brace-depth.ts';
import { readNftRule } from './nft-rule.ts';
import { readNftObjectLine, readNftSet, startsNftBlock } from './nft-set.ts';
import type { RuleFamily } from './rule.ts';
import { NFT } from './ruleset-rows.ts';

const TABLE = /^table (?:(arp|bridge|inet|ip|ip6|netdev) )?("?)([^\s{"]+)\2 \{/;

/** Says whether a line begins a table of nft's text, whatever came before it. */
export function isNftTable(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWithAt(bytes, start, end, 'table ') && end - start < 400;
}

/**
 * Reads a line of `nft list ruleset` by where it stands: a table, in it chains, sets and other
 * objects, in a chain its rules. Takes following lines too where one statement is on several.
 */
export function readNftLine(state: BlockState, lines: LineScanner): boolean {
  const { bytes } = state.rows;
  const { nft } = state.context;
  const start = skipBlanks(bytes, lines.start, lines.end);
  const at = { line: lines.line, lineStart: lines.start, start, end: lines.end };
  if (isNftTable(bytes, start, at.end)) return openTable(state, at);
  if (nft.inside === 'none') return false;
  if (nft.inside === 'set' || nft.inside === 'other') {
    if (!startsNftBlock(bytes, start, at.end)) return readNftObjectLine(state, at);
    nft.inside = 'table';
  }
  if (bytes[start] === 0x7d /* } */) {
    nft.inside = nft.inside === 'chain' ? 'table' : 'none';
    return true;
  }
  return nft.inside === 'table' ? readInTable(state, at, lines) : readInChain(state, at, lines);
}

function openTable(state: BlockState, { start, end }: Line): boolean {
  const { context, rows } = state;
  const found = TABLE.exec(decodeText(rows.bytes, start, end));
  if (found === null) return false;
  context.family = (found[1] ?? 'ip') as RuleFamily;
  context.table = found[3] as string;
  context.listedChain = null;
  context.nft.inside = 'table';
  return true;
}

/** `chain OUTPUT {`, `set exempt {`, `counter stray {`, `flags dormant`, `comment "…"` */
function readInTable(state: BlockState, at: Line, lines: LineScanner): boolean {
  const { bytes } = state.rows;
  const { nft } = state.context;
  if (startsWithAt(bytes, at.start, at.end, 'chain ')) {
    const nameStart = skipBlanks(bytes, at.start + 6, at.end);
    const nameEnd = wordEnd(bytes, nameStart, at.end);
    if (bytes[skipBlanks(bytes, nameEnd, at.end)] !== 0x7b) return false;
    addChain(state, NFT, { ...at, end: trimEnd(bytes, at.start, at.end) }, nameStart, nameEnd);
    nft.chain = decodeText(bytes, nameStart, nameEnd);
    nft.inside = 'chain';
    return true;
  }
  if (
    startsWithAt(bytes, at.start, at.end, 'set ') ||
    startsWithAt(bytes, at.start, at.end, 'map ')
  ) {
    return readNftSet(state, at, lines);
  }
  const first = decodeText(
    bytes,
    at.start,
    Math.min(wordEnd(bytes, at.start, at.end), at.start + 20),
  );
  if (OBJECTS.has(first)) return readNftObjectLine(state, at);
  return first === 'flags' || first === 'comment';
}

const OBJECTS: ReadonlySet<string> = new Set(
  'flowtable counter quota limit ct secmark synproxy meter tunnel'.split(' '),
);

function readInChain(state: BlockState, at: Line, lines: LineScanner): boolean {
  const { rows, context } = state;
  const { bytes } = rows;
  const { start } = at;
  if (isChainProperty(bytes, start, at.end)) {
    rows.setHook(start, at.end);
    return true;
  }
  const isProperty = ['policy ', 'devices = ', 'flags '].some((word) =>
    startsWithAt(bytes, start, at.end, word),
  );
  if (isProperty) return true;
  const end = endOfRule(bytes, lines);
  if (end < 0) {
    complain(state, 'error', at, 'a rule whose braces close');
    return true;
  }
  const text = decodeText(bytes, start, end);
  // A comment alone in a chain is the chain's own.
  if (/^comment "[^"]*"$/.test(text)) return true;
  for (const doubt of readNftRule(text).doubts) {
    complain(state, 'warning', { ...at, end }, doubt);
  }
  const chain = toBytes(context.nft.chain);
  const name = rows.names.intern(chain, 0, chain.length);
  rows.addRule(NFT, rows.section(context.family, context.table), name, {
    line: at.line,
    start,
    end,
  });
  return true;
}

/** `type nat hook prerouting priority dstnat; policy accept;` */
function isChainProperty(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    startsWithAt(bytes, start, end, 'type ') && decodeText(bytes, start, end).includes(' hook ')
  );
}

/** A rule has braces in braces at most twice; the bound keeps what does not close from costing much. */
const MAX_BRACES = 8;

/**
 * Gives the offset after the rule, or -1 where its braces do not close. A set in braces may go on
 * over lines, each but the last with a comma at its end.
 */
function endOfRule(bytes: Uint8Array, lines: LineScanner): number {
  let depth = braceDepth(bytes, lines.start, lines.end);
  const { line, following, start, end } = lines;
  while (depth > 0 && depth <= MAX_BRACES) {
    if (bytes[trimEnd(bytes, lines.start, lines.end) - 1] !== COMMA || !lines.next()) break;
    depth += braceDepth(bytes, lines.start, lines.end);
  }
  if (depth === 0) return lines.end;
  Object.assign(lines, { line, following, start, end });
  return -1;
}

const COMMA = 0x2c;
