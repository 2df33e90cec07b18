import {
  decodeText,
  LINE_FEED,
  type LineScanner,
  lineEndAt,
  skipSpace,
  spanAt,
  startsWithAt,
  toBytes,
} from '@tuplescope/scan';
import { type BlockState, complain, type Line } from './block-state.ts';
import { type Json, jsonExtent, member, parseJson, textMember } from './json.ts';
import { readNftJsonRule } from './nft-json-rule.ts';
import { elementWords } from './nft-json-words.ts';
import type { RuleFamily } from './rule.ts';
import { NFT_JSON } from './ruleset-rows.ts';

/** nft nests some ten levels deep; what is deeper is reported and not read. */
const MAX_NESTING = 64;

const FAMILIES: ReadonlySet<string> = new Set(['arp', 'bridge', 'inet', 'ip', 'ip6', 'netdev']);

/** Objects of the document that hold nothing that a rule needs. */
const OTHER_OBJECTS: ReadonlySet<string> = new Set(
  'metainfo table element flowtable counter quota limit secmark synproxy meter tunnel'.split(' '),
);

/**
 * Reads a document of `nft -j list ruleset` that begins in the scanner's line, moves the scanner
 * behind it, and says whether it was one: `{"nftables": [{…}, {…}]}`, on one line or on many.
 */
export function readNftJson(state: BlockState, lines: LineScanner): boolean {
  const { bytes } = state.rows;
  const first = firstElement(bytes, lines.start);
  if (first < 0) return false;
  const walk = { at: first, line: lines.line, counted: lines.start, lineStart: lines.start };
  while (walk.at < bytes.length && bytes[walk.at] === 0x7b /* { */) {
    readElement(state, walk);
    walk.at = skipSpace(bytes, walk.at, bytes.length);
    if (bytes[walk.at] !== 0x2c /* , */) break;
    walk.at = skipSpace(bytes, walk.at + 1, bytes.length);
  }
  leave(state, walk, lines);
  return true;
}

/** Where the reader stands, and the line of the bytes that it has counted. */
interface Walk {
  at: number;
  line: number;
  counted: number;
  /** Offset of that line's first byte. */
  lineStart: number;
}

/** Gives the offset after `{"nftables": [`, or -1. */
function firstElement(bytes: Uint8Array, start: number): number {
  let at = skipSpace(bytes, start, bytes.length);
  for (const token of ['{', '"nftables"', ':', '[']) {
    if (!startsWithAt(bytes, at, bytes.length, token)) return -1;
    at = skipSpace(bytes, at + token.length, bytes.length);
  }
  return at;
}

function readElement(state: BlockState, walk: Walk): void {
  const { bytes } = state.rows;
  const start = walk.at;
  countLines(bytes, walk, start);
  // Looked for once in the block, not once in each document.
  if (state.nextElement <= start) state.nextElement = nextElement(bytes, start + 1);
  const limit = state.nextElement;
  const { end, depth } = jsonExtent(bytes, start, limit);
  if (end < 0) {
    const span = { line: walk.line, lineStart: walk.lineStart, start, end: limit };
    complain(state, 'error', span, 'a closing }');
    // Go on with the next object that is surely an element of the list.
    walk.at = limit - 1;
    while (walk.at > start && bytes[walk.at] !== 0x2c) walk.at--;
    if (walk.at === start || limit === bytes.length) walk.at = limit;
    return;
  }
  walk.at = end;
  const at = { line: walk.line, lineStart: walk.lineStart, start, end };
  if (depth > MAX_NESTING) {
    complain(state, 'error', at, `at most ${MAX_NESTING} levels of nesting`);
    return;
  }
  const element = parseJson(decodeText(bytes, start, end));
  const name = Object.keys(element ?? {})[0] ?? '';
  if (element === undefined) complain(state, 'error', at, 'an object of JSON');
  else if (name === 'rule' || name === 'chain' || name === 'set' || name === 'map') {
    addElement(state, name, member(element, name), at);
  } else if (!OTHER_OBJECTS.has(name) && !name.startsWith('ct ')) {
    complain(state, 'hint', at, 'a table, chain, rule, set or map');
  }
}

function addElement(
  state: BlockState,
  kind: 'chain' | 'map' | 'rule' | 'set',
  value: Json | undefined,
  at: Line,
): void {
  const { rows } = state;
  const family = textMember(value, 'family') ?? '';
  const table = textMember(value, 'table');
  const name = textMember(value, kind === 'rule' ? 'chain' : 'name');
  if (!FAMILIES.has(family) || table === null || name === null) {
    complain(state, 'error', at, `a ${kind} with its family, table and name`);
    return;
  }
  const nameBytes = toBytes(name);
  const id = rows.names.intern(nameBytes, 0, nameBytes.length);
  const section = rows.section(family as RuleFamily, table);
  if (kind === 'chain') rows.addChain(NFT_JSON, section, id, at);
  else if (kind === 'rule') {
    const { doubts } = readNftJsonRule(decodeText(rows.bytes, at.start, at.end));
    for (const doubt of doubts) complain(state, 'warning', at, doubt);
    rows.addRule(NFT_JSON, section, id, at);
  } else {
    const list = member(value, 'elem') ?? [];
    const elements = (Array.isArray(list) ? (list as Json[]) : [list]).map((element) =>
      elementWords(element)
        .map(({ text }) => text)
        .join(' '),
    );
    const source = spanAt(rows.origin, at.line, at.start, at.end);
    rows.sets.push({ family: family as RuleFamily, table, name, kind, elements, source });
  }
}

/** Passes over `]}` and puts the scanner on what follows. */
function leave(state: BlockState, walk: Walk, lines: LineScanner): void {
  const { bytes } = state.rows;
  let at = walk.at;
  for (const token of [0x5d, 0x7d]) {
    at = skipSpace(bytes, at, bytes.length);
    if (bytes[at] !== token) {
      countLines(bytes, walk, at);
      const lineEnd = lineEndAt(bytes, at);
      const span = { line: walk.line, lineStart: walk.lineStart, start: at, end: lineEnd };
      complain(
        state,
        'error',
        span,
        at < bytes.length ? 'a comma or ]}' : ']} after the last object',
      );
      at = lineEnd;
      break;
    }
    at++;
  }
  at = skipSpace(bytes, at, bytes.length);
  countLines(bytes, walk, at);
  lines.following = at;
  // The scanner counts up when it moves on.
  lines.line = walk.line - 1;
}

function countLines(bytes: Uint8Array, walk: Walk, to: number): void {
  for (let at = walk.counted; at < to; at++) {
    if (bytes[at] !== LINE_FEED) continue;
    walk.line++;
    walk.lineStart = at + 1;
  }
  walk.counted = Math.max(walk.counted, to);
}

/** Finds the next `{"rule"`, `{"chain"` or `{"table"`: these stand nowhere but in the list. */
function nextElement(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x7b, from); at >= 0; at = bytes.indexOf(0x7b, at + 1)) {
    const name = skipSpace(bytes, at + 1, bytes.length);
    if (MARKS.some((mark) => startsWithAt(bytes, name, bytes.length, mark))) return at;
  }
  return bytes.length;
}

const MARKS: readonly string[] = ['"rule"', '"chain"', '"table"'];
