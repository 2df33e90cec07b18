/** A set of ASCII bytes, as a table that is asked with one load. */
function setOf(...ranges: readonly string[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const range of ranges) {
    const last = range.charCodeAt(range.length - 1);
    for (let byte = range.charCodeAt(0); byte <= last; byte++) set[byte] = 1;
  }
  return set;
}

const NAMES = ['09', 'AZ', 'az', '.', '-', '_'];
const ADDRESS: Uint8Array = setOf(...NAMES, ':', '%', '*', '@', '[', ']', '/');
const SERVICE: Uint8Array = setOf(...NAMES, '+', '/', '*', '?', '@');

/** Says whether all bytes can stand in an address: IPv6, a zone, a host name, `*`. */
export function areAddressBytes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (ADDRESS[bytes[i] as number] === 0) return false;
  return end > start;
}

/** Says whether all bytes can stand in the name of a service: `https`, `ipv6-icmp`, `rpc.mountd`. */
export function areServiceBytes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (SERVICE[bytes[i] as number] === 0) return false;
  return end > start;
}
