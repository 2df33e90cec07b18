import { fieldWord } from './field-cursor.ts';
import { ICMP, ICMP6, IPSEC, NO_PROTOCOL, OTHER_PROTOCOL, TCP, UDP } from './log-packet.ts';

const TCP_WORD = fieldWord('TCP');
const UDP_WORD = fieldWord('UDP');
const ICMP_WORD = fieldWord('ICM');
const ESP_WORD = fieldWord('ESP');
const AH_WORD = fieldWord('AH ');

/** Says which fields follow a protocol's name or number, as the kernel prints it in `PROTO=`. */
export function protocolOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length < 2) return length === 0 ? NO_PROTOCOL : OTHER_PROTOCOL;
  const third = length > 2 ? (bytes[start + 2] as number) : 0x20;
  const word = ((bytes[start] as number) << 16) | ((bytes[start + 1] as number) << 8) | third;
  if (word === TCP_WORD && length === 3) return TCP;
  // UDP and UDPLITE.
  if (word === UDP_WORD && (length === 3 || length === 7)) return UDP;
  if (word === ICMP_WORD && length === 4) return ICMP;
  // ICMPv6.
  if (word === ICMP_WORD && length === 6) return ICMP6;
  if (word === ESP_WORD && length === 3) return IPSEC;
  return word === AH_WORD ? IPSEC : OTHER_PROTOCOL;
}
