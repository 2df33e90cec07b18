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
  const { bytes, lines, names, columns } = block;
  if (names === null) return;
  block.names = null;
  const lineEnd = trimEnd(bytes, start, lines.end);
  const group = groupEnd - start - 1;
  // Room for the longest name: the group stands at its front, each field is put behind it.
  const name = new Uint8Array(group + names.end - names.start);
  name.set(bytes.subarray(start, start + group));
  let field = skipBlanks(bytes, names.start + group + 1, names.end);
  let value = skipBlanks(bytes, groupEnd, lineEnd);
  while (field < names.end && value < lineEnd) {
    const fieldEnd = wordEnd(bytes, field, names.end);
    const valueEnd = wordEnd(bytes, value, lineEnd);
    if (isFieldName(bytes, field, fieldEnd)) {
      for (let i = field; i < fieldEnd; i++) name[group + i - field] = bytes[i] as number;
      const id = columns.name(name, 0, group + fieldEnd - field);
      addCounter(block, id, value, valueEnd, 0, { line: lines.line, start: value, end: valueEnd });
    } else {
      report(block, 'error', value, valueEnd, 'the value of a name made of letters and digits');
    }
    field = skipBlanks(bytes, fieldEnd, names.end);
    value = skipBlanks(bytes, valueEnd, lineEnd);
  }
  if (value < lineEnd) report(block, 'error', value, lineEnd, 'a name in the line above');
  if (field >= names.end) return;
  const missing = countWords(bytes, field, names.end);
  report(block, 'error', lineEnd, lineEnd, `a value for each name, ${missing} more`);
  if (lines.end === bytes.length) {
    report(block, 'warning', lastWord(bytes, groupEnd, lineEnd), lineEnd, 'a value, not cut off');
  }
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
