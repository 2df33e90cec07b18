import { decodeText, isDigit, skipBlanks, trimEnd, visible, wordEnd } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { isCounterName, isKnownGroup } from './counter-name.ts';
import { addCounter } from './counter-value.ts';
import { counterOfLoneWording, counterOfWording } from './netstat-wordings.ts';

const FULL_STOP = 0x2e;

/** Twice the longest sentence that netstat has; what is longer is something else. */
const MAX_SENTENCE = 160;

/** Opens a group of `netstat -s`, a name and a colon alone on a line; false where it is no name. */
export function openGroup(block: Block, start: number, colon: number): boolean {
  const { bytes, context } = block;
  if (colon - start > MAX_SENTENCE || !isCounterName(bytes, start, colon)) return false;
  context.group = decodeText(bytes, start, colon);
  context.histogram = '';
  if (!isKnownGroup(context.group)) {
    report(block, 'hint', start, colon, 'a group that netstat -s is known to print');
  }
  return true;
}

/**
 * Reads a field of `netstat -s` that has no sentence of its own; false where the line is none.
 *
 *     TCPOrigDataSent: 5
 *
 * @param colon offset of the colon that ends the name.
 */
export function readField(block: Block, start: number, colon: number): boolean {
  const { bytes, lines, context, columns } = block;
  const lineEnd = trimEnd(bytes, start, lines.end);
  const value = skipBlanks(bytes, colon + 1, lineEnd);
  if (!isCounterName(bytes, start, colon) || wordEnd(bytes, value, lineEnd) !== lineEnd) {
    return false;
  }
  const field = decodeText(bytes, start, colon);
  // Without its group the field's own beginning says it: only TcpExt has names in TCP.
  const group = context.group ?? (field.startsWith('TCP') ? 'TcpExt' : null);
  if (group === null) return false;
  if (context.group === null || start === lines.start) reportLostIndent(block, start, lineEnd);
  const name = columns.nameOf(field.startsWith(group) ? field : `${group}${field}`);
  addCounter(block, name, value, lineEnd, 0, { line: lines.line, start, end: lineEnd });
  return true;
}

/**
 * Reads a sentence of `netstat -s`, or the heading of an ICMP histogram; false where the line is
 * neither.
 *
 *     14 total packets received
 *     Quick ack mode was activated 2 times
 */
export function readSentence(block: Block, start: number): boolean {
  const { bytes, lines, context, columns } = block;
  const end = trimEnd(bytes, start, lines.end);
  if (end - start > MAX_SENTENCE) return false;
  const number = findNumber(bytes, start, end);
  if (number === null) return openHistogram(block, start, end);
  const textEnd = bytes[end - 1] === FULL_STOP ? end - 1 : end;
  const wording = wordingOf(bytes, start, textEnd, number);
  const { group, histogram } = context;
  let name = group === null ? null : counterOfWording(group, histogram, wording);
  const isLone = name === null || start === lines.start;
  name ??= counterOfLoneWording(wording);
  if (name === null && (group === null || start === lines.start)) return false;
  if (name === null) {
    name = `${group}: ${visible(wording.replace('#', 'N'))}`;
    report(block, 'warning', start, end, 'a sentence that netstat -s is known to print');
  } else if (isLone) {
    reportLostIndent(block, start, end);
  }
  const place = { line: lines.line, start, end };
  addCounter(block, columns.nameOf(name), number.start, number.end, 0, place);
  return true;
}

/** A sentence that was filtered out of its group, or lost its blanks, is read all the same. */
function reportLostIndent(block: Block, start: number, end: number): void {
  report(block, 'hint', start, end, 'the line below its group, indented');
}

function openHistogram(block: Block, start: number, end: number): boolean {
  const text = decodeText(block.bytes, start, Math.min(end, start + 40));
  if (text === 'ICMP input histogram:') block.context.histogram = 'In';
  else if (text === 'ICMP output histogram:') block.context.histogram = 'Out';
  else return false;
  return true;
}

/** Finds the only word of digits; null where there is none or more than one. */
function findNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
): { start: number; end: number } | null {
  let found: { start: number; end: number } | null = null;
  for (let word = start; word < end; ) {
    const next = wordEnd(bytes, word, end);
    let digits = word;
    while (digits < next && isDigit(bytes[digits])) digits++;
    if (digits === next) {
      if (found !== null) return null;
      found = { start: word, end: next };
    }
    word = skipBlanks(bytes, next, end);
  }
  return found;
}

/** Writes a sentence with `#` for the number and one blank between words. */
function wordingOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  number: { start: number; end: number },
): string {
  const words: string[] = [];
  for (let word = start; word < end; ) {
    const next = wordEnd(bytes, word, end);
    words.push(word === number.start ? '#' : decodeText(bytes, word, next));
    word = skipBlanks(bytes, next, end);
  }
  return words.join(' ');
}
