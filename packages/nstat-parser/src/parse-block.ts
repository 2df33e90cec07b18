import {
  DiagnosticList,
  isOversizedLine,
  LineScanner,
  MAX_LINE_BYTES,
  type SourceOrigin,
  skipBlanks,
  trimEnd,
  wordEnd,
} from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { CounterColumns } from './counter-columns.ts';
import { readCounterLine } from './counter-line.ts';
import { isCounterName, isUpperCase } from './counter-name.ts';
import { isPairOfNames, keepNames, readValues, reportNamesWithoutValues } from './counter-pair.ts';
import { beginsJson, continuesJson, readJsonLine } from './json-line.ts';
import { openGroup, readField, readSentence } from './netstat-line.ts';
import { NstatTable } from './nstat-table.ts';
import type { NstatContext } from './parse-context.ts';
import { isValue, startsRecord } from './starts-record.ts';
import { readHashLine, readSurrounding } from './surroundings.ts';

const COLON = 0x3a;
const HASH = 0x23;

/** A line of nstat has 55 bytes: about as many rows as the block can hold. */
const BYTES_A_ROW = 48;

/** Parses whole lines; what the lines before them said is in the context. */
export function parseBlock(
  bytes: Uint8Array,
  origin: SourceOrigin,
  context: NstatContext,
): NstatTable {
  const lines = new LineScanner(bytes);
  const columns = new CounterColumns(origin, Math.ceil(bytes.length / BYTES_A_ROW));
  const diagnostics = new DiagnosticList(bytes, origin);
  const block: Block = { bytes, lines, columns, diagnostics, context, names: null };
  while (lines.next()) {
    const { start, end } = lines;
    if (block.names !== null && endsWaiting(bytes, start, end)) reportNamesWithoutValues(block);
    if (isOversizedLine(lines, diagnostics)) continue;
    const first = skipBlanks(bytes, start, end);
    if (first < end) readLine(block, first);
  }
  reportNamesWithoutValues(block);
  columns.trim();
  return new NstatTable(columns, diagnostics.all());
}

function endsWaiting(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > MAX_LINE_BYTES || startsRecord(bytes, start, end);
}

/** Tells the form of a line from its first bytes. */
function readLine(block: Block, start: number): void {
  const { bytes, lines, context } = block;
  const first = bytes[start] as number;
  if (context.jsonDepth > 0 && !continuesJson(block, start)) {
    report(block, 'error', start, lines.end, 'the rest of a JSON document');
    context.jsonDepth = 0;
    context.jsonIgnored = 0;
  }
  if (context.jsonDepth > 0 || beginsJson(bytes, start, lines.end)) {
    readJsonLine(block, start);
    return;
  }
  if (first === HASH) {
    readHashLine(block, start);
    return;
  }
  if (isUpperCase(first)) {
    const word = wordEnd(bytes, start, lines.end);
    if (bytes[word - 1] === COLON) {
      if (readColonLine(block, start, word)) return;
    } else if (readCounterLine(block, start)) return;
  }
  if (readSentence(block, start) || readSurrounding(block, start)) return;
  report(block, 'error', start, trimEnd(bytes, start, lines.end), 'a counter');
}

/** Reads a line whose first word ends in a colon. */
function readColonLine(block: Block, start: number, word: number): boolean {
  const { bytes, lines } = block;
  const second = skipBlanks(bytes, word, lines.end);
  if (second >= lines.end) return openGroup(block, start, word - 1);
  if (!isValue(bytes, second)) {
    keepNames(block, start);
    return true;
  }
  if (isPairOfNames(block, start, word)) {
    readValues(block, start, word);
    return true;
  }
  if (readField(block, start, word - 1)) return true;
  if (!isCounterName(bytes, start, word - 1)) return false;
  report(block, 'error', start, trimEnd(bytes, start, lines.end), 'a line of names before values');
  return true;
}
