/** Bytes of the line that are looked at. */
const HEAD = 12;

/**
 * Says whether a line begins the packet as text that `-A` prints below it. That begins with the IP
 * header: `E` is 0x45, version 4 and no options; a backquote is 0x60, version 6; bytes without a
 * character are dots, and a header has many.
 *
 *     E..<..@.@.&.........
 */
export function startsPayload(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first !== 0x45 && first !== 0x60) return false;
  let dots = 0;
  const headEnd = Math.min(end, start + HEAD);
  for (let at = start; at < headEnd; at++) if (bytes[at] === 0x2e) dots++;
  return dots >= 3;
}
