import { decodeText, indexOfByte, isDigit, readUnsigned } from '@tuplescope/scan';
import { type Block, report } from './block.ts';
import type { BlockPlace } from './counter-columns.ts';

const MINUS = 0x2d;
const POINT = 0x2e;

/** The kernel's counters have 64 bits: 18446744073709551615 at most, 20 digits. */
const MAX_DIGITS = 20;

/**
 * Reads a counter's value from a whole range, or gives NaN: digits, with a minus where the field is
 * signed (TcpMaxConn is -1). Over 2^53 - 1 it is the nearest number that there is.
 *
 * @example
 * readCounterValue(toBytes('140'), 0, 3) // 140
 */
function readCounterValue(bytes: Uint8Array, start: number, end: number): number {
  const digits = bytes[start] === MINUS ? start + 1 : start;
  const exact = readUnsigned(bytes, digits, end);
  const value = exact >= 0 ? exact : readLarge(bytes, digits, end);
  return digits > start && value !== 0 ? -value : value;
}

function readLarge(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > MAX_DIGITS || end <= start) return Number.NaN;
  for (let i = start; i < end; i++) if (!isDigit(bytes[i])) return Number.NaN;
  return Number(decodeText(bytes, start, end));
}

/**
 * Reads a rate as nstat prints it (`%6.1f`: digits, a point, digits), or gives NaN.
 *
 * @example
 * readRate(toBytes('12.5'), 0, 4) // 12.5
 */
export function readRate(bytes: Uint8Array, start: number, end: number): number {
  const point = indexOfByte(bytes, POINT, start, end);
  if (point < 0) return Number.NaN;
  const whole = readUnsigned(bytes, start, point);
  const fraction = readUnsigned(bytes, point + 1, end);
  if (whole < 0 || fraction < 0) return Number.NaN;
  return whole + fraction / 10 ** (end - point - 1);
}

/** Adds a counter whose value stands in a range, or says that none does; false then. */
export function addCounter(
  block: Block,
  name: number,
  valueStart: number,
  valueEnd: number,
  rate: number,
  place: BlockPlace,
): boolean {
  const value = readCounterValue(block.bytes, valueStart, valueEnd);
  if (Number.isNaN(value)) {
    report(block, 'error', valueStart, valueEnd, 'the value of a counter');
    return false;
  }
  if (!Number.isSafeInteger(value)) {
    const expected = `a value up to ${Number.MAX_SAFE_INTEGER}, which keeps its last digits`;
    report(block, 'warning', valueStart, valueEnd, expected);
  }
  block.columns.add(name, value, rate, place);
  return true;
}
