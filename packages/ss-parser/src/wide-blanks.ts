import { asciiWord, BLANK, TAB } from '@tuplescope/scan';

const BLANKS = asciiWord('    ');

/**
 * Gives the offset of the first byte that is no blank and no tab, four blanks a step: `ss` pads its
 * columns widely.
 */
export function skipWideBlanks(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
): number {
  let at = start;
  const last = end - 4;
  while (at <= last && view.getInt32(at, true) === BLANKS) at += 4;
  while (at < end && (bytes[at] === BLANK || bytes[at] === TAB)) at++;
  return at;
}
