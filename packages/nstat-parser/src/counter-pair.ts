import { skipBlanks, trimEnd, wordEnd } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { isFieldName } from './counter-name.ts';
import { addCounter } from './counter-value.ts';

/**
 * Keeps a line of names until its line of values comes.
 *
 *     Tcp: ActiveOpens PassiveOpens
 *     Tcp: 2 1
 */
export function keepNames(block: Block, start: number): void {
  const { line, end } = block.lines;
  block.names = { line, start, end: trimEnd(block.bytes, start, end) };
}

/** Says of a line of names that its values did not come. */
export function reportNamesWithoutValues(block: Block): void {
  const { names } = block;
  if (names === null) return;
  const expected = 'names of counters, then a line of their values';
  block.diagnostics.add({ severity: 'error', ...names, lineStart: names.start, expected });
  block.names = null;
}

/** Says whether the line of names that waits is of the same group as this line. */
export function isPairOfNames(block: Block, start: number, groupEnd: number): boolean {
  const { bytes, names } = block;
  if (names === null || names.end - names.start < groupEnd - start) return false;
  for (let i = 0; i < groupEnd - start; i++) {
    if (bytes[names.start + i] !== bytes[start + i]) return false;
  }
  return true;
}

/**
 * Reads a line of values by the line of names before it (/proc/net/snmp, /proc/net/netstat). Each
 * counter is named for its group and its field, as nstat does: `Tcp` and `InSegs` are `TcpInSegs`.
 *
 * @param start the group's first byte.
 * @param groupEnd offset after the group's colon.
 */
export function readValues(block: Block, start: number, groupEnd: number): void {
  const { bytes, lines, names } = block;
  if (names === null) return;
  block.names = null;
  const lineEnd = trimEnd(bytes, start, lines.end);
  const group = groupEnd - start - 1;
  let name = skipBlanks(bytes, names.start + group + 1, names.end);
  let value = skipBlanks(bytes, groupEnd, lineEnd);
  while (name < names.end && value < lineEnd) {
    const nameEnd = wordEnd(bytes, name, names.end);
    const valueEnd = wordEnd(bytes, value, lineEnd);
    readValue(block, bytes.subarray(start, start + group), name, nameEnd, value, valueEnd);
    name = skipBlanks(bytes, nameEnd, names.end);
    value = skipBlanks(bytes, valueEnd, lineEnd);
  }
  if (value < lineEnd) report(block, 'error', value, lineEnd, 'a name in the line above');
  if (name >= names.end) return;
  report(block, 'error', lineEnd, lineEnd, `a value of ${countWords(bytes, name, names.end)} more`);
  if (lines.end === bytes.length) {
    report(block, 'warning', lastWord(bytes, groupEnd, lineEnd), lineEnd, 'a value, not cut off');
  }
}

function readValue(
  block: Block,
  group: Uint8Array,
  nameStart: number,
  nameEnd: number,
  start: number,
  end: number,
): void {
  const { bytes, lines, columns } = block;
  const place = { line: lines.line, start, end };
  if (!isFieldName(bytes, nameStart, nameEnd)) {
    report(block, 'error', start, end, 'the value of a name made of letters and digits');
    return;
  }
  const name = new Uint8Array(group.length + nameEnd - nameStart);
  name.set(group);
  name.set(bytes.subarray(nameStart, nameEnd), group.length);
  addCounter(block, columns.name(name, 0, name.length), start, end, 0, place);
}

function countWords(bytes: Uint8Array, start: number, end: number): number {
  let words = 0;
  for (let i = start; i < end; i = skipBlanks(bytes, wordEnd(bytes, i, end), end)) words++;
  return words;
}

function lastWord(bytes: Uint8Array, start: number, end: number): number {
  let word = start;
  for (let i = start; i < end; i = skipBlanks(bytes, wordEnd(bytes, i, end), end)) word = i;
  return word;
}
