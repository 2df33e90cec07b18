const ESCAPE = 0x1b;
const CARET = 0x5e;
const BRACKET = 0x5b;
const BLANK = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const COLON = 0x3a;

/**
 * Gives a copy of a pasted line without what people and terminals add to it, or null where there is
 * nothing of that: colours (ESC [ … m and its printed form ^[[ … m), remarks in parentheses with
 * the colon after them, and characters that are not ASCII, such as arrows.
 *
 * @example
 * tidyText(toBytes('54(seconds) CLOSE'), 0, 17) // the bytes of '54          CLOSE'
 */
export function tidyText(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const tidy = new Uint8Array(end - start);
  let length = 0;
  let isTidied = false;
  // After the last ) no remark can close, so none is looked for.
  const lastClose = bytes.subarray(start, end).lastIndexOf(CLOSE) + start;
  for (let at = start; at < end; ) {
    const byte = bytes[at] as number;
    const isOpen = byte === OPEN && at < lastClose;
    const next = isOpen ? remarkEnd(bytes, at) : colourEnd(bytes, at, end);
    if (next > at) {
      // A colour stands inside a word, a remark between two.
      if (isOpen) tidy[length++] = BLANK;
      at = next;
      isTidied = true;
    } else {
      tidy[length++] = byte > 0x7f ? BLANK : byte;
      isTidied ||= byte > 0x7f;
      at++;
    }
  }
  return isTidied ? tidy.subarray(0, length) : null;
}

/** Gives the offset after `( … )` or `( … ):`, which is closed. */
function remarkEnd(bytes: Uint8Array, at: number): number {
  const close = bytes.indexOf(CLOSE, at);
  return bytes[close + 1] === COLON ? close + 2 : close + 1;
}

/** Gives the offset after a control sequence (ECMA-48 section 5.4), or `at` where there is none. */
function colourEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  if (bytes[i] === ESCAPE && bytes[i + 1] === BRACKET) i += 2;
  else if (bytes[i] === CARET && bytes[i + 1] === BRACKET && bytes[i + 2] === BRACKET) i += 3;
  else return at;
  // Parameters: digits, colon, semicolon; then one final letter.
  while (i < end && (bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x3f) i++;
  const final = (bytes[i] ?? 0) | 0x20;
  return i < end && final >= 0x61 && final <= 0x7a ? i + 1 : at;
}
