import { readUnsigned, skipBlanks, wordEnd } from '@tuplescope/scan';

const STAR = 0x2a;
const COLON = 0x3a;

/**
 * Gives the offset after the local end of a netlink socket: the owner in it can have blanks in its
 * name, so the end is before ` *` or ` 0:12`.
 */
export function netlinkEnd(bytes: Uint8Array, wordStop: number, end: number): number {
  let stop = wordStop;
  while (stop - wordStop < 64) {
    const at = skipBlanks(bytes, stop, end);
    const next = wordEnd(bytes, at, end);
    if (at >= end) break;
    if (bytes[at] === STAR && next === at + 1) return stop;
    let colon = at;
    while (colon < next && bytes[colon] !== COLON) colon++;
    if (colon < next && readUnsigned(bytes, at, colon) >= 0) return stop;
    stop = next;
  }
  return wordStop;
}
