import { isDigit } from '@tuplescope/scan';

const MICROSECONDS = 1_000_000;

/** Gives the offset after `874.407272` or `56,407272`, `at` itself where no digit stands there. */
export function decimalEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(bytes[i])) i++;
  const isFraction = i > at && i + 1 < end && (bytes[i] === 0x2e || bytes[i] === 0x2c);
  if (!isFraction || !isDigit(bytes[i + 1])) return i;
  i++;
  while (i < end && isDigit(bytes[i])) i++;
  return i;
}

/** Reads the decimal that fills the range to the microsecond; finer digits are passed over. */
export function readDecimal(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  let at = start;
  for (; at < end && isDigit(bytes[at]); at++) {
    whole = whole * 10 + (bytes[at] as number) - 48;
  }
  let fraction = 0;
  let unit = MICROSECONDS / 10;
  for (at++; at < end && unit >= 1; at++, unit /= 10) {
    fraction += ((bytes[at] as number) - 48) * unit;
  }
  // One division of whole numbers gives the double that is nearest to the decimal text.
  return (whole * MICROSECONDS + fraction) / MICROSECONDS;
}

/** Adds seconds without gathering the errors of binary fractions: whole microseconds are summed. */
export function addSeconds(a: number, b: number): number {
  return (Math.round(a * MICROSECONDS) + Math.round(b * MICROSECONDS)) / MICROSECONDS;
}
