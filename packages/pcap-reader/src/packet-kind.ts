/**
 * What a packet is, as one number: an IP protocol (0 to 255), an Ethertype (from 0x600 on), or one of
 * these.
 */
export type PacketKind = number;

/** The kind of a TCP segment, in `PcapColumns.kind`. */
export const TCP = 6;
export const UDP = 17;

/** A fragment of an IP packet that is not its first. */
export const FRAGMENT = 0x100;
/** The capture ends before what would tell. */
export const CUT = 0x101;
/** A header that cannot be true. */
export const MALFORMED = 0x102;
/** A frame of IEEE 802.2 that carries no IP. */
export const LLC = 0x103;
/** A frame of IEEE 802.11 that carries no data. */
export const WIRELESS_CONTROL = 0x104;
/** A frame of IEEE 802.11 that is encrypted. */
export const WIRELESS_ENCRYPTED = 0x105;
/** A packet of a link type that is not read. */
export const UNREAD_LINK = 0x106;
/** A packet of a kind that the link's own numbers name. */
export const OTHER = 0x107;

const NAMES: ReadonlyMap<PacketKind, string> = new Map([
  [0, 'hopopt'],
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipip'],
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [33, 'dccp'],
  [41, 'ipv6'],
  [46, 'rsvp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [59, 'ipv6-nonxt'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [103, 'pim'],
  [112, 'vrrp'],
  [132, 'sctp'],
  [136, 'udplite'],
  [0x0800, 'ipv4'],
  [0x0806, 'arp'],
  [0x8035, 'rarp'],
  [0x86dd, 'ipv6'],
  [0x8809, 'slow'],
  [0x8863, 'pppoe-discovery'],
  [0x8864, 'pppoe'],
  [0x888e, 'eapol'],
  [0x88cc, 'lldp'],
  [FRAGMENT, 'fragment'],
  [CUT, 'cut'],
  [MALFORMED, 'malformed'],
  [LLC, 'llc'],
  [WIRELESS_CONTROL, '802.11'],
  [WIRELESS_ENCRYPTED, '802.11-encrypted'],
  [UNREAD_LINK, 'unread-link-type'],
  [OTHER, 'other'],
]);

/**
 * Names a kind of packet: as /etc/protocols does, or by its number.
 *
 * @example
 * kindName(17) // 'udp'
 * kindName(0x88e5) // 'ethertype-0x88e5'
 */
export function kindName(kind: PacketKind): string {
  const name = NAMES.get(kind);
  if (name !== undefined) return name;
  if (kind < 0x100) return `ip-protocol-${kind}`;
  return `ethertype-0x${kind.toString(16).padStart(4, '0')}`;
}
