/**
 * Gives four ASCII characters as the number that `DataView.getInt32(at, true)` reads where they
 * stand: one comparison for four bytes.
 *
 * @example
 * asciiWord('user') === view.getInt32(at, true)
 */
export function asciiWord(text: string): number {
  let word = 0;
  for (let i = 3; i >= 0; i--) word = (word << 8) | text.charCodeAt(i);
  return word;
}

const BLANKS = asciiWord('    ');

/** Gives the offset of the first byte that is no blank and no tab, four blanks a step. */
export function skipWideBlanks(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
): number {
  let at = start;
  const last = end - 4;
  while (at <= last && view.getInt32(at, true) === BLANKS) at += 4;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}
