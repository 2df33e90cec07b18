import { startsWithAt } from '@tuplescope/scan';
import { ICMP, ICMP6, IPSEC, NO_PROTOCOL, OTHER_PROTOCOL, TCP, UDP } from './log-packet.ts';

/** How the kernel names protocols in `PROTO=`, and which fields then follow. */
const NAMES: readonly (readonly [name: string, protocol: number])[] = [
  ['TCP', TCP],
  ['UDP', UDP],
  ['ICMP', ICMP],
  ['ICMPv6', ICMP6],
  ['UDPLITE', UDP],
  ['AH', IPSEC],
  ['ESP', IPSEC],
];

/** Says which fields follow a protocol's name or number. */
export function protocolOf(bytes: Uint8Array, start: number, end: number): number {
  for (const [name, protocol] of NAMES) {
    if (end - start === name.length && startsWithAt(bytes, start, end, name)) return protocol;
  }
  return start === end ? NO_PROTOCOL : OTHER_PROTOCOL;
}
