import { isDigit, skipBlanks, wordEnd } from '@tuplescope/scan';
import { isKernelCounter, isUpperCase } from './counter-name.ts';
import { beginsJson } from './json-line.ts';

const COLON = 0x3a;
const MINUS = 0x2d;

/**
 * Says whether a line begins something new: a counter, a group, a line of names, a JSON document.
 * Before it the input may be cut, and names that wait for their values wait no longer.
 */
export function startsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  const first = skipBlanks(bytes, start, end);
  if (!isUpperCase(bytes[first])) return beginsJson(bytes, first, end);
  const word = wordEnd(bytes, first, end);
  const second = skipBlanks(bytes, word, end);
  if (bytes[word - 1] === COLON) return !isValue(bytes, second);
  return isDigit(bytes[second]) && isKernelCounter(bytes, first, word);
}

/** Says whether a value, perhaps a negative one, begins at an offset. */
export function isValue(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) || (bytes[at] === MINUS && isDigit(bytes[at + 1]));
}
