import { decodeText, type LineScanner, skipBlanks, startsWithAt, wordEnd } from '@tuplescope/scan';
import { type BlockState, complain, type Line } from './block-state.ts';
import { braceDepth } from './brace-depth.ts';

/**
 * Reads a named set or map with its elements, which may be on thousands of lines. Where the block
 * ends inside of it, the rest is passed over in the next one.
 */
export function readNftSet(state: BlockState, at: Line, lines: LineScanner): boolean {
  const { rows, context } = state;
  const { bytes, origin } = rows;
  const nameStart = skipBlanks(bytes, at.start + 4, at.end);
  const nameEnd = wordEnd(bytes, nameStart, at.end);
  let depth = braceDepth(bytes, at.start, at.end);
  if (depth < 1) return false;
  let end = lines.end;
  while (depth > 0 && !startsNftBlock(bytes, lines.following, bytes.length) && lines.next()) {
    depth += braceDepth(bytes, lines.start, lines.end);
    end = lines.end;
  }
  const isCut = depth > 0 && lines.following < bytes.length;
  if (isCut) complain(state, 'error', at, 'a closing } after the elements');
  context.nft.depth = depth;
  if (depth > 0) context.nft.inside = isCut ? 'table' : 'set';
  rows.sets.push({
    family: context.family,
    table: context.table,
    name: decodeText(bytes, nameStart, nameEnd),
    kind: bytes[at.start] === 0x6d /* m */ ? 'map' : 'set',
    elements: elementsIn(decodeText(bytes, at.start, end)),
    source: {
      line: origin.line + at.line - 1,
      start: origin.offset + at.start,
      end: origin.offset + end,
    },
  });
  return true;
}

/** Says whether a line begins a chain or a table, which stand in no set: what was open is cut. */
export function startsNftBlock(bytes: Uint8Array, lineStart: number, end: number): boolean {
  const start = skipBlanks(bytes, lineStart, end);
  return startsWithAt(bytes, start, end, 'chain ') || startsWithAt(bytes, start, end, 'table ');
}

/** Reads a line of an object that holds no rules, to the brace that closes it. */
export function readNftObjectLine(state: BlockState, at: Line): boolean {
  const { nft } = state.context;
  const before = nft.inside === 'table' ? 0 : nft.depth;
  nft.depth = Math.max(0, before + braceDepth(state.rows.bytes, at.start, at.end));
  nft.inside = nft.depth === 0 ? 'table' : 'other';
  return true;
}

/** `elements = { 10.0.0.0/8, 192.0.2.1 . 80 : jump web }` */
function elementsIn(text: string): string[] {
  const start = text.indexOf('elements = {');
  if (start < 0) return [];
  const end = text.indexOf('}', start);
  const list = text.slice(start + 12, end < 0 ? text.length : end);
  const elements = list.split(',').map((element) => element.trim().replace(/\s+/g, ' '));
  return elements.filter((element) => element !== '');
}
