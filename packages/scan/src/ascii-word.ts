/**
 * Gives up to four ASCII characters as the number that `DataView.getInt32(at, true)` reads where they
 * stand, the missing ones 0: one comparison for four bytes.
 *
 * @example
 * asciiWord('src=') === new DataView(toBytes('src=').buffer).getInt32(0, true) // true
 */
export function asciiWord(text: string): number {
  let word = 0;
  for (let i = 0; i < text.length; i++) word |= text.charCodeAt(i) << (8 * i);
  return word;
}
