import { BLANK, isBlank, isDigit, skipBlanks, startsWithAt, wordEnd } from '@tuplescope/scan';

/** What stands wrong in a rule, and where. */
export interface Flaw {
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
const HYPHEN = 0x2d;
const EXCLAMATION = 0x21;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

/**
 * Gives the offset after `[1:60]` and its blanks, or the offset it was given where there is none.
 *
 * @example
 * skipCounters(toBytes('[1:60] -A OUTPUT'), 0, 16) // 7
 */
export function skipCounters(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== BRACKET) return start;
  let at = start + 1;
  let colons = 0;
  for (; at < end && bytes[at] !== CLOSING_BRACKET; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x3a) colons++;
    else if (byte < 0x30 || byte > 0x39) return start;
  }
  return at < end && colons === 1 ? skipBlanks(bytes, at + 1, end) : start;
}

/**
 * Gives the offset of a rule's chain, after `-A` or `-I`, or -1 where no such option stands.
 *
 * @example
 * ruleChainStart(toBytes('-A OUTPUT -j DROP'), 0, 17) // 3
 */
export function ruleChainStart(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== HYPHEN || end - at < 4) return -1;
  const letter = bytes[at + 1];
  if ((letter === 0x41 || letter === 0x49) && isBlank(bytes[at + 2])) {
    return skipBlanks(bytes, at + 3, end);
  }
  if (startsWithAt(bytes, at, end, '--append ')) return skipBlanks(bytes, at + 9, end);
  return startsWithAt(bytes, at, end, '--insert ') ? skipBlanks(bytes, at + 9, end) : -1;
}

/**
 * Looks for what is wrong in a rule after its chain: options begin with a hyphen, quotes close, `!`
 * and `-j` have something after them. What each option means is read when the rule is asked for.
 */
export function findRuleFlaw(bytes: Uint8Array, from: number, end: number): Flaw | null {
  let at = skipBlanks(bytes, from, end);
  // `-I CHAIN 3` has a number before its options.
  if (at < end && isDigit(bytes[at])) at = skipBlanks(bytes, wordEnd(bytes, at, end), end);
  const first = bytes[at];
  if (at < end && first !== HYPHEN && first !== EXCLAMATION) {
    return { start: at, end, expected: 'an option such as -p, -s or -j' };
  }
  let needsValue = false;
  let needsAt = at;
  while (at < end) {
    const start = at;
    const byte = bytes[at] as number;
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      at = closingQuote(bytes, at, end);
      if (at < 0) return { start, end, expected: 'a closing quote' };
      needsValue = false;
      at++;
    } else {
      do at++;
      while (at < end && ((bytes[at] as number) > BLANK || !isBlank(bytes[at])));
      if (needsValue && byte === HYPHEN && bytes[needsAt] === HYPHEN) break;
      needsValue = needsWord(bytes, start, at);
      if (needsValue) needsAt = start;
    }
    while (at < end && (bytes[at] as number) <= BLANK && isBlank(bytes[at])) at++;
  }
  if (!needsValue) return null;
  const expected = bytes[needsAt] === EXCLAMATION ? 'an option after !' : 'a target after -j or -g';
  return { start: needsAt, end, expected };
}

/** `!`, `-j` and `-g` mean nothing alone. */
function needsWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === EXCLAMATION) return end === start + 1;
  const letter = bytes[start + 1];
  return bytes[start] === HYPHEN && end === start + 2 && (letter === 0x6a || letter === 0x67);
}

function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  const quote = bytes[start];
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === BACKSLASH && quote === DOUBLE_QUOTE) at++;
  }
  return -1;
}
