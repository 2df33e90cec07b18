/** Blanks, tabs and line ends: an entry that was wrapped goes on after them. */
function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Gives the offset of the first byte from `at` on that is no white space, or `end`. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

/** Gives the offset of the first white space from `at` on, or `end`. */
export function spaceAt(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && !isSpace(bytes[i])) i++;
  return i;
}
