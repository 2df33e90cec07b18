/**
 * Reads a dotted quad and gives the address as an unsigned 32-bit number in host order, or -1 where
 * the bytes are anything else (RFC 6943 section 3.1.1: the strict four-part decimal form).
 *
 * @param bytes ASCII bytes.
 * @param start first byte, inclusive.
 * @param end last byte, exclusive.
 * @example
 * readIpv4(new TextEncoder().encode('127.0.0.1'), 0, 9) // 2130706433
 */
export function readIpv4(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 7 || end - start > 15) return -1;
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === 46 /* . */) {
      if (digits === 0 || ++dots > 3) return -1;
      address = address * 256 + part;
      part = 0;
      digits = 0;
    } else {
      const digit = byte - 48;
      // A leading zero is octal to some tools and decimal to others, so it is neither here.
      if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return -1;
      part = part * 10 + digit;
      digits++;
      if (part > 255) return -1;
    }
  }
  return dots === 3 && digits > 0 ? address * 256 + part : -1;
}

/**
 * Parses a dotted quad into an unsigned 32-bit number in host order, or null where it is none.
 *
 * @example
 * parseIpv4('172.29.73.7') // 2887600391
 */
export function parseIpv4(text: string): number | null {
  if (text.length < 7 || text.length > 15) return null;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = Math.min(text.charCodeAt(i), 0xff);
  const address = readIpv4(bytes, 0, bytes.length);
  return address < 0 ? null : address;
}

/**
 * Writes an unsigned 32-bit number in host order as a dotted quad.
 *
 * @example
 * formatIpv4(2130706433) // '127.0.0.1'
 */
export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
