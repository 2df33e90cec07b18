const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Any JSON value. */
export type Json =
  | boolean
  | number
  | string
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** Where a JSON value ends, and how deeply it nests. */
export interface JsonExtent {
  /** Offset after the value, or -1 where it does not end before the limit. */
  readonly end: number;
  readonly depth: number;
}

/**
 * Finds the end of an object or array by its brackets, without recursion; what is in strings does
 * not count.
 *
 * @example
 * jsonExtent(toBytes('{"a":[1]} '), 0, 10) // { end: 9, depth: 2 }
 */
export function jsonExtent(bytes: Uint8Array, start: number, limit: number): JsonExtent {
  let depth = 0;
  let deepest = 0;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at++;
      while (at < limit && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      depth--;
      if (depth <= 0) return { end: at + 1, depth: deepest };
    }
  }
  return { end: -1, depth: deepest };
}

/** A string of JSON, or a number so long that a double would round it. */
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?/g;

/**
 * Parses JSON text, or gives undefined where it is none. Numbers of 16 digits and more become text,
 * so that none is rounded.
 *
 * @example
 * parseJson('{"bytes": 18446744073709551615}') // { bytes: '18446744073709551615' }
 */
export function parseJson(text: string): Json | undefined {
  const exact = /\d{16}/.test(text)
    ? text.replace(STRING_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`))
    : text;
  try {
    return JSON.parse(exact) as Json;
  } catch {
    return undefined;
  }
}

/** Gives a member of an object, or undefined where the value is no object or has no such member. */
export function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: Json })[name]
    : undefined;
}

/** Gives a member that is text or a number as text, or null. */
export function textMember(value: Json | undefined, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}
