const MICROSECONDS = 1_000_000;

/** Reads so many digits, or gives -1. */
export function readDigits(bytes: Uint8Array, at: number, end: number, count: number): number {
  if (at + count > end) return -1;
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Gives the offset after `874.407272` or `56,407272`, `at` itself where no digit stands there. */
export function decimalEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(bytes[i] as number)) i++;
  const isFraction = i > at && i + 1 < end && (bytes[i] === 0x2e || bytes[i] === 0x2c);
  if (!isFraction || !isDigit(bytes[i + 1] as number)) return i;
  i++;
  while (i < end && isDigit(bytes[i] as number)) i++;
  return i;
}

/** Reads the decimal that fills the range to the microsecond; finer digits are passed over. */
export function readDecimal(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  let at = start;
  for (; at < end && isDigit(bytes[at] as number); at++) {
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

/** Says whether a byte is a decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Adds seconds without gathering the errors of binary fractions: whole microseconds are summed. */
export function addSeconds(a: number, b: number): number {
  return (Math.round(a * MICROSECONDS) + Math.round(b * MICROSECONDS)) / MICROSECONDS;
}
