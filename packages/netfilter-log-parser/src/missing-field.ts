import {
  ICMP,
  ICMP6,
  IPSEC,
  type LogPacket,
  NO_PROTOCOL,
  TCP,
  TRUNCATED,
  UDP,
} from './log-packet.ts';

const ECHO_TYPES: ReadonlySet<number> = new Set([0, 8]);
const ECHO_TYPES_6: ReadonlySet<number> = new Set([128, 129]);

/**
 * Names the field that the kernel would have printed and the line does not have, or gives null
 * where it is whole. Where the packet itself ended early, or is a later fragment, nothing more is
 * to come.
 */
export function missingField(packet: LogPacket): string | null {
  const { protocol, rare } = packet;
  if (packet.isOpen) return '"]" after the quoted packet';
  const hasEnded = packet.bits & TRUNCATED || rare?.incomplete !== undefined;
  if (hasEnded || (rare?.fragment ?? 0) > 0) return null;
  switch (protocol) {
    case TCP:
      return packet.urgp < 0 ? 'URGP=' : null;
    case UDP:
      return packet.udpLength < 0 ? "UDP's LEN=" : null;
    case ICMP:
      return missingIcmpField(packet, ECHO_TYPES);
    case ICMP6:
      return missingIcmpField(packet, ECHO_TYPES_6);
    case IPSEC:
      return rare?.spi === undefined ? 'SPI=' : null;
    case NO_PROTOCOL:
      // Of an IPv6 packet that is encrypted (ESP), the kernel prints no protocol.
      return rare?.flowLabel !== undefined && packet.sport < 0 ? null : 'PROTO=';
    default:
      return null;
  }
}

function missingIcmpField(packet: LogPacket, echoTypes: ReadonlySet<number>): string | null {
  const icmp = packet.rare?.icmp;
  if (icmp === undefined) return 'TYPE=';
  if (icmp.code === null) return 'CODE=';
  return echoTypes.has(icmp.type) && icmp.seq === undefined ? 'SEQ=' : null;
}
