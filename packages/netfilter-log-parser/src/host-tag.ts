import { indexOfByte, isBlank, startsWithAt, wordEnd } from '@tuplescope/scan';
import type { LineStamp } from './line-stamp.ts';
import { readFacilityAndLevel } from './priority.ts';

const COLON = 0x3a;
const OPEN = 0x5b;
/** Programs that write the kernel's messages, or LOG lines of their own, into syslog. */
const SPEAKERS = ['kernel', 'klogd', 'ulogd'];

/**
 * Reads `host kernel: ` or `kernel: ` into the stamp and gives the offset after it, or `at` where
 * no such tag stands there.
 *
 * @param isSyslog a host name follows the stamp whatever comes behind it (RFC 3164 section 4.1.2).
 */
export function readHost(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: LineStamp,
  isSyslog: boolean,
): number {
  const ownTag = tagEnd(bytes, at, end);
  if (ownTag > at) return ownTag;
  const hostEnd = wordEnd(bytes, at, end);
  if (hostEnd === at || hostEnd === end) return at;
  const tag = tagEnd(bytes, hostEnd + 1, end);
  if (tag === hostEnd + 1 && (!isSyslog || bytes[hostEnd - 1] === COLON)) return at;
  if (!readFacilityAndLevel(bytes, at, hostEnd, stamp)) {
    stamp.hostStart = at;
    stamp.hostEnd = hostEnd;
  }
  return tag;
}

/**
 * Reads what follows the time in RFC 5424 section 6: `host kernel - - - `, and structured data in
 * place of the last dash. Gives the offset of the message.
 */
export function readStructuredHost(
  bytes: Uint8Array,
  start: number,
  end: number,
  stamp: LineStamp,
): number {
  stamp.hostStart = start;
  stamp.hostEnd = wordEnd(bytes, start, end);
  let at = afterBlank(bytes, stamp.hostEnd, end);
  for (let field = 0; field < 3; field++) at = afterBlank(bytes, wordEnd(bytes, at, end), end);
  while (bytes[at] === OPEN) {
    const close = indexOfByte(bytes, 0x5d, at, end);
    if (close < 0) return at;
    at = close + 1;
  }
  if (bytes[at] === 0x2d) at++;
  at = afterBlank(bytes, at, end);
  // The byte order mark says that the message is UTF-8.
  return startsWithAt(bytes, at, end, '\xef\xbb\xbf') ? at + 3 : at;
}

/** Passes over exactly one blank: a LOG prefix may begin with another. */
export function afterBlank(bytes: Uint8Array, at: number, end: number): number {
  return at < end && isBlank(bytes[at]) ? at + 1 : at;
}

/** Gives the offset after `kernel: ` or `kernel[123]: `, or `at`. */
function tagEnd(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first !== 0x6b && first !== 0x75) return at;
  for (const speaker of SPEAKERS) {
    if (!startsWithAt(bytes, at, end, speaker)) continue;
    let colon = at + speaker.length;
    if (bytes[colon] === OPEN) {
      const close = indexOfByte(bytes, 0x5d, colon, Math.min(end, colon + 12));
      if (close < 0) return at;
      colon = close + 1;
    }
    return colon < end && bytes[colon] === COLON ? afterBlank(bytes, colon + 1, end) : at;
  }
  return at;
}
