import { u16 } from './byte-order.ts';
import { readEthernet, readEthertype } from './ethernet.ts';
import type { Layers } from './layers.ts';
import { type PacketKind, UDP } from './packet-kind.ts';
import { readIp } from './read-ip.ts';

/** Tunnels in tunnels are followed so far. */
const DEEPEST = 8;

const IPV4_INSIDE = 4;
const IPV6_INSIDE = 41;
const GRE = 47;
const VXLAN_PORT = 4789;
/** The port of VXLAN in Linux before it had one; flannel uses it still. */
const VXLAN_LINUX_PORT = 8472;
const GENEVE_PORT = 6081;
/** Ethertype of Ethernet itself, "transparent Ethernet bridging". */
const ETHERNET = 0x6558;

/**
 * Looks inside a packet of the kind that was read, and inside what is there: gives the kind of the
 * innermost, whose layers stand in `layers` then, or the kind as it was where there is no tunnel.
 */
export function readTunnels(
  bytes: Uint8Array,
  end: number,
  outermost: PacketKind,
  layers: Layers,
): PacketKind {
  let kind = outermost;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (layers.isFirstFragment || kind > 0xff) return kind;
    const inside = readInside(bytes, end, kind, layers);
    if (inside < 0) return kind;
    kind = inside;
  }
  return kind;
}

const NOTHING_INSIDE = -1;

function readInside(bytes: Uint8Array, end: number, kind: PacketKind, layers: Layers): number {
  const { transport, packetEnd } = layers;
  switch (kind) {
    case IPV4_INSIDE:
    case IPV6_INSIDE:
      return readIp(bytes, transport, end, packetEnd, layers);
    case GRE:
      return readGre(bytes, end, layers);
    case UDP:
      return readUdpTunnel(bytes, end, layers);
    default:
      return NOTHING_INSIDE;
  }
}

/** RFC 2784 and 2890: `C K S flags and version 2 | Ethertype 2 | checksum 4 | key 4 | sequence 4`. */
function readGre(bytes: Uint8Array, end: number, layers: Layers): number {
  const at = layers.transport;
  if (at + 4 > end) return NOTHING_INSIDE;
  const flags = u16(bytes, at);
  if ((flags & 0x4007) !== 0) return NOTHING_INSIDE;
  const optional = ((flags >> 15) & 1) + ((flags >> 13) & 1) + ((flags >> 12) & 1);
  const type = u16(bytes, at + 2);
  return readPayload(bytes, at + 4 + optional * 4, end, type, layers);
}

function readUdpTunnel(bytes: Uint8Array, end: number, layers: Layers): number {
  const at = layers.transport;
  if (at + 16 > end) return NOTHING_INSIDE;
  const port = u16(bytes, at + 2);
  const header = at + 8;
  if (port === VXLAN_PORT || port === VXLAN_LINUX_PORT) {
    // RFC 7348 section 5: the I flag must be set; then network identifier and Ethernet.
    if (((bytes[header] as number) & 0x08) === 0) return NOTHING_INSIDE;
    return readPayload(bytes, header + 8, end, ETHERNET, layers);
  }
  if (port === GENEVE_PORT) {
    // RFC 8926 section 3.4: version 2 bits | options in words 6 bits | flags 1 | Ethertype 2 | …
    const first = bytes[header] as number;
    if (first >> 6 !== 0) return NOTHING_INSIDE;
    const payload = header + 8 + (first & 0x3f) * 4;
    return readPayload(bytes, payload, end, u16(bytes, header + 2), layers);
  }
  return NOTHING_INSIDE;
}

function readPayload(
  bytes: Uint8Array,
  at: number,
  end: number,
  type: number,
  layers: Layers,
): number {
  const wireEnd = layers.packetEnd;
  return type === ETHERNET
    ? readEthernet(bytes, at, end, wireEnd, layers)
    : readEthertype(bytes, at, end, wireEnd, type, layers);
}
