import { parseIpv4 } from '@tuplescope/net';

const COLON = 0x3a;
const DOT = 0x2e;

/**
 * Says whether bytes are an IPv6 address in one of the three forms of RFC 4291 section 2.2.
 *
 * @example
 * isIpv6(toBytes('fd00::1'), 0, 7) // true
 */
export function isIpv6(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || end - start > 45) return false;
  let groups = 0;
  let digits = 0;
  let isShortened = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === COLON) {
      if (bytes[i + 1] === COLON && i + 1 < end) {
        if (isShortened) return false;
        isShortened = true;
        i++;
      } else if (digits === 0 || i + 1 === end) return false;
      digits = 0;
    } else if (byte === DOT) {
      return endsInQuad(bytes, i - digits, end, groups - 1, isShortened);
    } else {
      const letter = byte | 0x20;
      const isHex = (byte >= 48 && byte <= 57) || (letter >= 97 && letter <= 102);
      if (!isHex || ++digits > 4) return false;
      if (digits === 1) groups++;
    }
  }
  return isShortened ? groups < 8 : groups === 8;
}

/** `::ffff:10.0.0.1`: the quad stands for two groups. */
function endsInQuad(
  bytes: Uint8Array,
  start: number,
  end: number,
  groups: number,
  isShortened: boolean,
): boolean {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] as number);
  return (isShortened ? groups < 6 : groups === 6) && parseIpv4(text) !== null;
}
