import { u16 } from './byte-order.ts';
import type { Layers } from './layers.ts';
import { CUT, LLC, OTHER, type PacketKind } from './packet-kind.ts';
import { readIp } from './read-ip.ts';

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** Up to here the field is a length (IEEE 802.3), an LLC header follows. */
const MOST_LENGTH = 1500;

/** Reads an Ethernet frame: `destination 6 | source 6 | Ethertype 2 | payload`. */
export function readEthernet(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at + 14 > end) return CUT;
  return readEthertype(bytes, at + 14, end, wireEnd, u16(bytes, at + 12), layers);
}

/** Reads what follows an Ethertype: IP, or what stands before it (VLAN, MPLS, PPPoE, LLC). */
export function readEthertype(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  first: number,
  layers: Layers,
): PacketKind {
  let at = start;
  let type = first;
  for (;;) {
    switch (type) {
      case IPV4:
      case IPV6:
        return readIp(bytes, at, end, wireEnd, layers);
      // 802.1Q, 802.1ad, and what switches used before it: `tag 2 | Ethertype 2`.
      case 0x8100:
      case 0x88a8:
      case 0x9100:
      case 0x9200:
      case 0x9300:
        if (at + 4 > end) return CUT;
        type = u16(bytes, at + 2);
        at += 4;
        break;
      case 0x8847:
      case 0x8848:
        return readMpls(bytes, at, end, wireEnd, layers);
      case 0x8864:
        return readPppoe(bytes, at, end, wireEnd, layers);
      default:
        return type <= MOST_LENGTH ? readLlc(bytes, at, end, wireEnd, layers) : type;
    }
  }
}

/** RFC 3032 section 2.1: labels of four bytes, the last has a bit set; then IP, which says so itself. */
function readMpls(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  let at = start;
  for (;;) {
    if (at + 4 > end) return CUT;
    const isLast = ((bytes[at + 2] as number) & 1) !== 0;
    at += 4;
    if (isLast) break;
  }
  if (at >= end) return CUT;
  const version = (bytes[at] as number) >> 4;
  return version === 4 || version === 6 ? readIp(bytes, at, end, wireEnd, layers) : 0x8847;
}

/** RFC 2516 section 4: `version, type 1 | code 1 | session 2 | length 2 | PPP`. */
function readPppoe(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  return readPpp(bytes, at + 6, end, wireEnd, layers);
}

/** RFC 1661 section 2: a protocol of two bytes, of one where that is odd. */
export function readPpp(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  // HDLC's address and control may stand before it (RFC 1662 section 3.1).
  const at = bytes[start] === 0xff && bytes[start + 1] === 0x03 ? start + 2 : start;
  if (at + 2 > end) return CUT;
  const isShort = ((bytes[at] as number) & 1) !== 0;
  const protocol = isShort ? (bytes[at] as number) : u16(bytes, at);
  const payload = at + (isShort ? 1 : 2);
  if (protocol === 0x21 || protocol === 0x57) return readIp(bytes, payload, end, wireEnd, layers);
  if (protocol === 0x281) return readMpls(bytes, payload, end, wireEnd, layers);
  return OTHER;
}

/** IEEE 802.2, and SNAP (RFC 1042): `aa aa 03 | organisation 3 | Ethertype 2`. */
export function readLlc(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at + 3 > end) return CUT;
  const sap = u16(bytes, at);
  const control = bytes[at + 2];
  // IP directly on LLC has a SAP of its own.
  if (sap === 0x0606 && control === 3) return readIp(bytes, at + 3, end, wireEnd, layers);
  if (sap !== 0xaaaa || control !== 3) return LLC;
  if (at + 8 > end) return CUT;
  const isEthernet = bytes[at + 3] === 0 && bytes[at + 4] === 0;
  const type = u16(bytes, at + 6);
  // An organisation other than 0 or 0xf8 (bridged) numbers its own protocols.
  if (!isEthernet || type <= MOST_LENGTH) return LLC;
  return readEthertype(bytes, at + 8, end, wireEnd, type, layers);
}
