/** Bytes of the line that are looked at. */
const HEAD = 12;

/**
 * Says whether a line begins the packet as text that `-A` and `-AA` print below it: bytes without a
 * character are dots, and a header has many, some side by side. Dots alone are an ellipsis.
 *
 *     E..<..@.@.&.........
 */
export function startsPayload(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0;
  let hasPair = false;
  const headEnd = Math.min(end, start + HEAD);
  for (let at = start; at < headEnd; at++) {
    if (bytes[at] !== 0x2e) continue;
    dots++;
    hasPair ||= bytes[at + 1] === 0x2e;
  }
  // A byte that happens to be a line feed can end the line early, after `E..8`.
  const least = bytes[start] === 0x45 ? 2 : 3;
  return hasPair && dots >= least && dots < end - start;
}
