import { asciiWord, isBlank } from '@tuplescope/scan';
import { readNumber } from './common-values.ts';
import {
  BLANKS,
  DATE,
  DESTROY_1,
  EW_END,
  NEW_1,
  OY_END,
  TE_END,
  TROY,
  UPDATE_1,
} from './common-words.ts';
import { FIELD } from './fields.ts';
import { eventTime } from './local-time.ts';

const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const POINT = 0x2e;
/** `[`, ten digits, `.`, six digits, `]`, tab: until the year 2286. */
const TIME_LENGTH = 20;

/**
 * Reads `[1795386267.648337]\t` into the cell of `at`. Gives the offset after it; `at` itself where
 * anything else stands.
 */
export function readCommonTime(bytes: Uint8Array, at: number, numbers: Float64Array): number {
  if (bytes[at] !== BRACKET || bytes[at + 11] !== POINT || bytes[at + 18] !== CLOSING_BRACKET) {
    return at;
  }
  if (readNumber(bytes, at + 1, numbers, FIELD.at) !== at + 11) return at;
  const seconds = numbers[FIELD.at] as number;
  if (readNumber(bytes, at + 12, numbers, FIELD.at) !== at + 18) return at;
  if (seconds > 9e9 || !isBlank(bytes[at + 19])) return at;
  numbers[FIELD.at] = eventTime(seconds, numbers[FIELD.at] as number);
  return at + TIME_LENGTH;
}

/** `    [NEW] `, ` [UPDATE] ` and `[DESTROY] ` are ten bytes each. */
export const EVENT_LENGTH = 10;

/** Reads the event of a line of `conntrack -E`: gives its number in the flags, or 0. */
export function readCommonEvent(view: DataView, at: number): number {
  const first = view.getInt32(at, true);
  const second = view.getInt32(at + 4, true);
  const last = view.getInt32(at + 6, true);
  if (first === BLANKS) return second === NEW_1 && last === EW_END ? 1 : 0;
  if (first === UPDATE_1) return second === DATE && last === TE_END ? 2 : 0;
  return first === DESTROY_1 && second === TROY && last === OY_END ? 3 : 0;
}

const TC = asciiWord('tc');
const UD = asciiWord('ud');
const IC = asciiWord('ic');
const IP = asciiWord('ip');

/**
 * Says whether an entry of a common form begins at an offset: then the line before it is whole. A
 * line that begins otherwise may be the rest of the entry before it.
 */
export function beginsCommonLine(bytes: Uint8Array, view: DataView, at: number): boolean {
  const first = view.getInt16(at, true);
  if (first === TC || first === UD || first === IC || first === IP) return true;
  const digit = (bytes[at + 1] as number) - 48;
  if (bytes[at] === BRACKET && digit >= 0 && digit <= 9) return true;
  return readCommonEvent(view, at) !== 0;
}
