/** A set of ASCII bytes, as a table that is asked with one load. */
function setOf(...ranges: readonly string[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const range of ranges) {
    const last = range.charCodeAt(range.length - 1);
    for (let byte = range.charCodeAt(0); byte <= last; byte++) set[byte] = 1;
  }
  return set;
}

const HEX = setOf('09', 'af', 'AF', ':', '.');
const NAME = setOf('09', 'AZ', 'az', '.', '-', '_', '*', '?', '@', '/');
const SERVICE = setOf('09', 'AZ', 'az', '.', '-', '_', '+', '/', '*', '?', '@');
const COLON = 0x3a;
const DOT = 0x2e;
const PERCENT = 0x25;

/** Says whether all bytes can stand in the name of a service: `https`, `ipv6-icmp`, `rpc.mountd`. */
export function areServiceBytes(bytes: Uint8Array, start: number, end: number): boolean {
  return areIn(SERVICE, bytes, start, end);
}

/**
 * Says whether the bytes have the shape of an IPv6 address: a dotted quad stands at its end only. The
 * groups are not counted: without -W netstat cuts a long address to its column.
 */
export function isIpv6Shape(bytes: Uint8Array, start: number, end: number): boolean {
  if (!areIn(HEX, bytes, start, end)) return false;
  let colons = 0;
  let dots = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === DOT) dots++;
    else if (bytes[i] === COLON) {
      if (dots > 0) return false;
      colons++;
    }
  }
  return colons >= 2 && (dots === 0 || dots === 3);
}

/**
 * Says whether the bytes have the shape of an address without brackets: IPv6, a host name, `*`, the
 * number or name of a protocol, each perhaps with a zone behind `%`; IPv4 is told before.
 */
export function isAddressShape(bytes: Uint8Array, start: number, end: number): boolean {
  let stop = start;
  let hasColon = false;
  let hasLetter = false;
  for (; stop < end && bytes[stop] !== PERCENT; stop++) {
    const byte = bytes[stop] as number;
    if (byte === COLON) hasColon = true;
    else if (byte !== DOT && (byte < 0x30 || byte > 0x39)) hasLetter = true;
  }
  if (stop < end && !areServiceBytes(bytes, stop + 1, end)) return false;
  if (hasColon) return isIpv6Shape(bytes, start, stop);
  if (hasLetter) return areIn(NAME, bytes, start, stop);
  // Digits and dots: a protocol's number, or an IPv4 address with a zone.
  let dots = 0;
  for (let i = start; i < stop; i++) if (bytes[i] === DOT) dots++;
  return stop > start && (dots === 0 || (dots === 3 && stop < end));
}

function areIn(set: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (set[bytes[i] as number] === 0) return false;
  return end > start;
}
