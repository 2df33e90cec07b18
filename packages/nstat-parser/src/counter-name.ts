import { isDigit, startsWithAt } from '@tuplescope/scan';

const UNDERSCORE = 0x5f;

/** Says whether a byte is a letter from A to Z. */
export function isUpperCase(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 65 && byte <= 90;
}

/** Says whether bytes are a field's name: letters, digits, underscores, not a digit first. */
export function isFieldName(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end || isDigit(bytes[start])) return false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const lower = byte | 0x20;
    const isLetter = lower >= 97 && lower <= 122;
    if (!isLetter && !isDigit(byte) && byte !== UNDERSCORE) return false;
  }
  return true;
}

/** Says whether bytes are a counter's name: a field's name with a capital first. */
export function isCounterName(bytes: Uint8Array, start: number, end: number): boolean {
  return isUpperCase(bytes[start]) && isFieldName(bytes, start, end);
}

/**
 * The groups of the kernel's counters, longer ones before those that they begin with: proc.c of
 * net/ipv4, net/ipv6, net/mptcp, net/sctp, net/xfrm and net/tls.
 */
const GROUPS = [
  ...['TcpExt', 'Tcp', 'IpExt', 'Ip6', 'Ip', 'IcmpMsg', 'Icmp6', 'Icmp'],
  ...['UdpLite6', 'UdpLite', 'Udp6', 'Udp', 'MPTcpExt', 'Sctp', 'Xfrm', 'Tls'],
];

/** Says whether a name is one of a group that the kernel has: the group, then a capital. */
export function isKernelCounter(bytes: Uint8Array, start: number, end: number): boolean {
  return GROUPS.some((group) => {
    const field = start + group.length;
    return startsWithAt(bytes, start, end, group) && field < end && isUpperCase(bytes[field]);
  });
}

/** Says whether `netstat -s` is known to print a group. */
export function isKnownGroup(group: string): boolean {
  return GROUPS.includes(group) || group === 'Tcp6';
}
