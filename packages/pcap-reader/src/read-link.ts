import { u16, u16In, u32, u32In } from './byte-order.ts';
import { readEthernet, readEthertype, readLlc, readPpp } from './ethernet.ts';
import type { Layers } from './layers.ts';
import * as link from './link-type.ts';
import { CUT, MALFORMED, OTHER, type PacketKind, UNREAD_LINK } from './packet-kind.ts';
import { readIp } from './read-ip.ts';
import { readRadiotap, readWireless } from './wireless.ts';

/**
 * Reads a packet from its link header on into `layers`; gives the kind of what it carries.
 *
 * @param isLittle the byte order of the host that captured it: some link headers are in it.
 */
export function readLink(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  linkType: number,
  isLittle: boolean,
  layers: Layers,
): PacketKind {
  layers.ip = -1;
  switch (linkType) {
    case link.NO_LINK:
      return MALFORMED;
    case link.ETHERNET:
      return readEthernet(bytes, at, end, wireEnd, layers);
    case link.RAW_BSD:
    case link.RAW_OPENBSD:
    case link.RAW:
    case link.IPV4:
    case link.IPV6:
      return readIp(bytes, at, end, wireEnd, layers);
    case link.LINUX_SLL:
      // packet type 2 | ARPHRD_ type 2 | address length 2 | address 8 | Ethertype 2
      if (at + 16 > end) return CUT;
      return readCooked(bytes, at + 16, end, wireEnd, u16(bytes, at + 14), layers);
    case link.LINUX_SLL2:
      // Ethertype 2 | reserved 2 | interface 4 | ARPHRD_ type 2 | packet type 1 | address 1 + 8
      if (at + 20 > end) return CUT;
      return readCooked(bytes, at + 20, end, wireEnd, u16(bytes, at), layers);
    case link.NULL:
    case link.LOOP:
      if (at + 4 > end) return CUT;
      return isFamily(bytes, at) ? readIp(bytes, at + 4, end, wireEnd, layers) : OTHER;
    case link.PPP:
    case link.PPP_HDLC:
      return readPpp(bytes, at, end, wireEnd, layers);
    case link.PPP_ETHERNET:
      return readPpp(bytes, at + 6, end, wireEnd, layers);
    case link.IEEE802_11:
      return readWireless(bytes, at, end, wireEnd, false, layers);
    case link.IEEE802_11_RADIOTAP:
      return readRadiotap(bytes, at, end, wireEnd, layers);
    case link.PPI:
      return readPpi(bytes, at, end, wireEnd, isLittle, layers);
    case link.NFLOG:
      return readNflog(bytes, at, end, wireEnd, isLittle, layers);
    default:
      return UNREAD_LINK;
  }
}

/** In a cooked header small numbers stand for what has no Ethertype: 4 is LLC (linux/if_ether.h). */
function readCooked(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  type: number,
  layers: Layers,
): PacketKind {
  if (type === 4) return readLlc(bytes, at, end, wireEnd, layers);
  return type < 0x600 ? OTHER : readEthertype(bytes, at, end, wireEnd, type, layers);
}

/** AF_INET is 2 everywhere, AF_INET6 is not: NetBSD 24, FreeBSD 28, Darwin 30, Linux 10. */
const FAMILIES: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

/** The family is in the byte order of some host, which may not be the one that wrote the file. */
function isFamily(bytes: Uint8Array, at: number): boolean {
  return FAMILIES.has(u32(bytes, at)) || FAMILIES.has(u32In(bytes, at, true));
}

/** `version 1 | flags 1 | length 2 | link type 4 | fields`, always with the lowest byte first. */
function readPpi(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  isLittle: boolean,
  layers: Layers,
): PacketKind {
  if (at + 8 > end) return CUT;
  const length = u16In(bytes, at + 2, true);
  const linkType = u32In(bytes, at + 4, true);
  if (length < 8) return MALFORMED;
  // A header of its own inside would let it nest without end.
  if (linkType === link.PPI) return MALFORMED;
  if (at + length > end) return CUT;
  return readLink(bytes, at + length, end, wireEnd, linkType, isLittle, layers);
}

/** Type of the field that holds the packet: NFULA_PAYLOAD of linux/netfilter/nfnetlink_log.h. */
const NFULA_PAYLOAD = 9;
/** The highest bits of a type are flags: NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
const NLA_TYPE_MASK = 0x3fff;

/** `family 1 | version 1 | group 2`, then fields `length 2 | type 2 | value | padding to 4`. */
function readNflog(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  isLittle: boolean,
  layers: Layers,
): PacketKind {
  let at = start + 4;
  while (at + 4 <= end) {
    const length = u16In(bytes, at, isLittle);
    if (length < 4) return MALFORMED;
    if ((u16In(bytes, at + 2, isLittle) & NLA_TYPE_MASK) === NFULA_PAYLOAD) {
      return readIp(
        bytes,
        at + 4,
        Math.min(end, at + length),
        Math.min(wireEnd, at + length),
        layers,
      );
    }
    at += (length + 3) & ~3;
  }
  return at > end ? CUT : OTHER;
}
