/**
 * Counts opening braces less closing ones, outside of quotes.
 *
 * @example
 * braceDepth(toBytes('{ "}" {'), 0, 7) // 2
 */
export function braceDepth(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === 0x7b) depth++;
    else if (byte === 0x7d) depth--;
  }
  return depth;
}
