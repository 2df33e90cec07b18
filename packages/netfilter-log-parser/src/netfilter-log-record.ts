import type { SourceSpan } from '@tuplescope/scan';

/** What LOG prints of one packet's headers; `null` and absent fields are those that it did not print. */
export interface LoggedPacket {
  /** Source address: IPv4 as printed, IPv6 in the short form of RFC 5952; null without a packet. */
  readonly src: string | null;
  /** Destination address, in the same form. */
  readonly dst: string | null;
  /** Whole packet in bytes, IP header included (`LEN`; for IPv6 payload length + 40). */
  readonly len: number | null;
  /** Time to live (`TTL`) or hop limit (`HOPLIMIT`). */
  readonly ttl: number | null;
  /** IPv4 identification (`ID`); null for IPv6. */
  readonly ipId: number | null;
  /** Protocol as printed: `TCP`, `UDP`, `UDPLITE`, `ICMP`, `ICMPv6`, `AH`, `ESP`, `ARP` or a number. */
  readonly proto: string | null;
  /** Source port in host order. */
  readonly sport: number | null;
  /** Destination port in host order. */
  readonly dport: number | null;
  /** TCP flag letters in the order F S R P A U E W e, empty where none is set; null unless TCP. */
  readonly flags: string | null;
  /** TCP window as on the wire, not scaled. */
  readonly win: number | null;
  /** The IPv4 type of service byte, less its lowest bit (`TOS` and `PREC`), or IPv6's traffic class. */
  readonly tos?: number;
  /** IPv6 flow label. */
  readonly flowLabel?: number;
  /** The reserved first flag bit of the IPv4 header (`CE` in the text). */
  readonly ce?: true;
  /** Don't fragment. */
  readonly df?: true;
  /** More fragments follow (`MF`, or `INCOMPLETE` after IPv6's `FRAG:`). */
  readonly mf?: true;
  /** Offset of this fragment in bytes. */
  readonly fragment?: number;
  /** Identification in an IPv6 fragment header. */
  readonly fragmentId?: number;
  /** IPv4 options in hex, as printed with `--log-ip-options`. */
  readonly ipOptions?: string;
  /** TCP sequence number, printed with `--log-tcp-sequence` and by conntrack. */
  readonly seq?: number;
  /** TCP acknowledgement number, printed even where the ACK flag is not set. */
  readonly ack?: number;
  /** TCP reserved bits (`RES`). */
  readonly res?: number;
  /** TCP urgent pointer. */
  readonly urgp?: number;
  /** TCP options in hex, as printed with `--log-tcp-options`. */
  readonly tcpOptions?: string;
  /** Length in the UDP header in bytes: the second `LEN`. */
  readonly udpLength?: number;
  /** Security parameters index of AH or ESP. */
  readonly spi?: number;
  /** ICMP or ICMPv6 header. */
  readonly icmp?: LoggedIcmp;
  /** ARP payload; `src` and `dst` are then its two protocol addresses. */
  readonly arp?: LoggedArp;
  /** The packet ended before this header did; this many bytes of it were there (`INCOMPLETE`). */
  readonly incomplete?: number;
  /** The packet ended inside a header (`TRUNCATED`). */
  readonly truncated?: true;
}

/** An ICMP or ICMPv6 header as LOG prints it. */
export interface LoggedIcmp {
  /** Message type. */
  readonly type: number;
  /** Message code. */
  readonly code: number | null;
  /** Identifier of an echo. */
  readonly id?: number;
  /** Sequence number of an echo. */
  readonly seq?: number;
  /** Next-hop MTU in bytes of "fragmentation needed" or "packet too big". */
  readonly mtu?: number;
  /** Gateway of an IPv4 redirect. */
  readonly gateway?: string;
  /** Pointer of an IPv4 parameter problem. */
  readonly parameter?: number;
  /** Pointer of an IPv6 parameter problem. */
  readonly pointer?: number;
  /** The packet that the error quotes, in the text between `[` and `]`. */
  readonly inner?: LoggedPacket;
}

/** An ARP packet as LOG prints it. */
export interface LoggedArp {
  /** Hardware type, 1 for Ethernet. */
  readonly hardwareType: number | null;
  /** Protocol type, 0x0800 for IPv4. */
  readonly protocolType: number | null;
  /** Operation: 1 request, 2 reply. */
  readonly opcode: number | null;
  /** Hardware address of the sender. */
  readonly macSource?: string;
  /** Hardware address of the target. */
  readonly macDestination?: string;
}

/** The link-layer header, from `MAC=` or from the fields of `--log-macdecode`. */
export interface LoggedMac {
  /** The bytes of `MAC=` as printed; absent with `--log-macdecode`. */
  readonly header?: string;
  /** Source address; absent where the header is not Ethernet's 14 bytes. */
  readonly source?: string;
  /** Destination address. */
  readonly destination?: string;
  /** EtherType in four hex digits, `0800` for IPv4. */
  readonly protocol?: string;
  /** VLAN tag: `VPROTO` in hex and `VID`. */
  readonly vlan?: { readonly protocol: string; readonly id: number };
  /** Outer addresses of a sit tunnel (`TUNNEL=a->b`). */
  readonly tunnel?: { readonly src: string; readonly dst: string };
}

/** One line of the LOG target, or one message of conntrack or TCP in the kernel log. */
export interface NetfilterLogRecord extends LoggedPacket {
  /** Seconds since the epoch; null where the stamp names no date, or no year and none was given. */
  readonly at: number | null;
  /**
   * The text before `IN=`, as the rule's `--log-prefix` has it. For conntrack's own lines it ends
   * before the reason (`nf_ct_proto_6: `), for other messages it is the part that names the
   * speaker (`nf_conntrack: `, `TCP: `). Empty where there is none.
   */
  readonly prefix: string;
  /** Device that the packet came in by; null where `IN=` is empty. */
  readonly in: string | null;
  /** Device that it goes out by; null where `OUT=` is empty. */
  readonly out: string | null;
  /** What conntrack or TCP says; null for a LOG rule. `classifyReason` takes it apart. */
  readonly reason: string | null;
  /** Seconds since boot, from a `[  874.407272]` stamp. */
  readonly uptime?: number;
  /** Seconds since midnight by the clock of the stamp. */
  readonly timeOfDay?: number;
  /** Host name in the stamp. */
  readonly host?: string;
  /** Syslog facility, 0 for the kernel. */
  readonly facility?: number;
  /** Syslog severity, 0 emergency to 7 debug. */
  readonly level?: number;
  /** Bridge port that the packet came in by. */
  readonly physin?: string;
  /** Bridge port that it goes out by. */
  readonly physout?: string;
  /** Link-layer header. */
  readonly mac?: LoggedMac;
  /** User id of the socket's owner, with `--log-uid` and in conntrack's lines. */
  readonly uid?: number;
  /** Group id of the socket's owner. */
  readonly gid?: number;
  /** Packet mark, printed where it is not 0. */
  readonly mark?: number;
  /** The line lacks fields that the kernel always prints: it was cut or shortened. */
  readonly cut?: true;
  /** Where the record stands in the input. */
  readonly source: SourceSpan;
}
