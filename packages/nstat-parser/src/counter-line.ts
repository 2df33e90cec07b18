import { isDigit, skipBlanks, startsWithAt, trimEnd, wordEnd } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import { isCounterName, isKernelCounter } from './counter-name.ts';
import { addCounter, readRate } from './counter-value.ts';

/** nstat pads a name to this many columns; a longer one touches its value. */
const NAME_COLUMNS = 32;

/** nstat's own mark: the counter is less than at the last run, so the increase is not known. */
const OVERFLOW = '(overflow)';

/** The parts of a counter's line, as offsets. */
interface Parts {
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** NaN where there is no rate. */
  readonly rate: number;
  /** Offset after the rate, or after the value where there is no rate. */
  readonly end: number;
}

/**
 * Reads a line of `nstat` or of a /proc file of that form, such as /proc/net/snmp6; false where the
 * line is neither.
 *
 *     TcpExtTCPChallengeACK           140                0.0
 *     Ip6InReceives                   	8
 *
 * @param start the first byte of the line that is no blank.
 */
export function readCounterLine(block: Block, start: number): boolean {
  const { bytes, lines, columns, context } = block;
  const lineEnd = trimEnd(bytes, start, lines.end);
  const word = wordEnd(bytes, start, lineEnd);
  if (!isCounterName(bytes, start, word)) return false;
  const second = skipAnnotation(bytes, skipBlanks(bytes, word, lineEnd), lineEnd);
  const parts = splitLine(bytes, start, word, second, lineEnd);
  if (parts === null) return false;
  const { nameEnd, valueStart, valueEnd, rate, end } = parts;
  const rest = skipBlanks(bytes, end, lineEnd);
  // A word after the counter would make it another line: "Ran 5 times out of memory".
  if (rest < lineEnd && !isAnnotation(bytes, rest)) return false;
  if (Number.isNaN(rate) && !isKernelCounter(bytes, start, nameEnd)) return false;

  const name = columns.name(bytes, start, nameEnd);
  const place = { line: lines.line, start, end };
  if (!addCounter(block, name, valueStart, valueEnd, rate || 0, place)) return true;
  reportAround(block, parts, word, rest, lineEnd);
  context.hasRate = !Number.isNaN(rate);
  return true;
}

function splitLine(
  bytes: Uint8Array,
  start: number,
  word: number,
  second: number,
  lineEnd: number,
): Parts | null {
  const secondEnd = wordEnd(bytes, second, lineEnd);
  const third = skipBlanks(bytes, secondEnd, lineEnd);
  const thirdEnd = wordEnd(bytes, third, lineEnd);
  if (!isDigit(bytes[second])) return null;
  const rate = readRate(bytes, third, thirdEnd);
  if (Number.isNaN(rate)) {
    const touching = readRate(bytes, second, secondEnd);
    if (!Number.isNaN(touching)) return splitTouching(bytes, start, word, touching, secondEnd);
  }
  const end = Number.isNaN(rate) ? secondEnd : thirdEnd;
  return { nameEnd: word, valueStart: second, valueEnd: secondEnd, rate, end };
}

/** A long name and its value are one word, and the rate is the second. */
function splitTouching(
  bytes: Uint8Array,
  start: number,
  word: number,
  rate: number,
  end: number,
): Parts | null {
  let valueStart = word;
  while (isDigit(bytes[valueStart - 1])) valueStart--;
  if (valueStart === word || valueStart - start < NAME_COLUMNS) return null;
  return { nameEnd: valueStart, valueStart, valueEnd: word, rate, end };
}

/** People mark what they paste: words of symbols only (an arrow), or all from a bracket on. */
function isAnnotation(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] as number;
  const lower = byte | 0x20;
  return !isDigit(byte) && !(lower >= 97 && lower <= 122);
}

/** Passes over words of symbols between a name and its value. */
function skipAnnotation(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && !isDigit(bytes[i])) {
    const word = wordEnd(bytes, i, end);
    for (let j = i; j < word; j++) if (!isAnnotation(bytes, j)) return i;
    i = skipBlanks(bytes, word, end);
  }
  return i;
}

function reportAround(
  block: Block,
  parts: Parts,
  word: number,
  rest: number,
  lineEnd: number,
): void {
  const { bytes, lines, context } = block;
  const second = skipBlanks(bytes, word, lineEnd);
  if (parts.nameEnd < word) {
    report(block, 'hint', parts.nameEnd, word, 'a blank between the name and the value');
  } else if (second < parts.valueStart) {
    report(block, 'hint', second, trimEnd(bytes, second, parts.valueStart), 'a value');
  }
  if (rest < lineEnd) {
    const overflow = startsWithAt(bytes, rest, lineEnd, OVERFLOW);
    const expected = overflow ? 'a counter that only grows' : 'the end of the line';
    report(block, overflow ? 'warning' : 'hint', rest, lineEnd, expected);
  }
  if (Number.isNaN(parts.rate) && context.hasRate && lines.end === bytes.length) {
    report(block, 'warning', parts.valueStart, parts.valueEnd, 'a value and its rate, not cut off');
  }
}
