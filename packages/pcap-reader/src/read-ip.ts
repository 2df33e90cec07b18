import { u16 } from './byte-order.ts';
import type { Layers } from './layers.ts';
import { CUT, FRAGMENT, MALFORMED, type PacketKind, TCP } from './packet-kind.ts';

/**
 * Reads the IP header at an offset, and IPv6 extension headers, into `layers`; gives the kind of what
 * it carries.
 *
 * @param end where the bytes end.
 * @param wireEnd where the packet ended on the wire, as the capture says.
 */
export function readIp(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at >= end) return CUT;
  const version = (bytes[at] as number) >> 4;
  if (version !== 4 && version !== 6) return MALFORMED;
  return version === 4
    ? readIpv4(bytes, at, end, wireEnd, layers)
    : readIpv6(bytes, at, end, wireEnd, layers);
}

/** RFC 791 section 3.1. */
function readIpv4(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at + 20 > end) return CUT;
  const headerLength = ((bytes[at] as number) & 0x0f) * 4;
  if (headerLength < 20) return MALFORMED;
  const length = u16(bytes, at + 2);
  layers.ip = at;
  layers.isIpv6 = false;
  layers.transport = at + headerLength;
  // A packet that the network card was to cut into segments has no length yet.
  layers.packetEnd = length === 0 ? wireEnd : at + length;
  if (length !== 0 && length < headerLength) return MALFORMED;
  const fragment = u16(bytes, at + 6);
  layers.isFirstFragment = (fragment & 0x2000) !== 0;
  if ((fragment & 0x1fff) !== 0) return FRAGMENT;
  const protocol = bytes[at + 9] as number;
  return protocol === AUTHENTICATION ? skipHeaders(bytes, end, protocol, layers) : protocol;
}

/** RFC 8200 section 3. */
function readIpv6(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at + 40 > end) return CUT;
  const length = u16(bytes, at + 4);
  layers.ip = at;
  layers.isIpv6 = true;
  layers.transport = at + 40;
  // A jumbogram (RFC 2675) has no length here, nor one that the network card was to cut.
  layers.packetEnd = length === 0 ? wireEnd : at + 40 + length;
  layers.isFirstFragment = false;
  const next = bytes[at + 6] as number;
  return next === TCP ? TCP : skipHeaders(bytes, end, next, layers);
}

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT_HEADER = 44;
const AUTHENTICATION = 51;
const DESTINATION = 60;
const MOBILITY = 135;
const HIP = 139;
const SHIM6 = 140;

/** Passes over extension headers (RFC 8200 section 4); each has eight bytes at least. */
function skipHeaders(bytes: Uint8Array, end: number, first: number, layers: Layers): PacketKind {
  let next = first;
  for (;;) {
    const at = layers.transport;
    switch (next) {
      case HOP_BY_HOP:
      case ROUTING:
      case DESTINATION:
      case MOBILITY:
      case HIP:
      case SHIM6:
        if (at + 2 > end) return CUT;
        layers.transport = at + ((bytes[at + 1] as number) + 1) * 8;
        break;
      case AUTHENTICATION:
        // RFC 4302 section 2.2: in units of four bytes, less two.
        if (at + 2 > end) return CUT;
        layers.transport = at + ((bytes[at + 1] as number) + 2) * 4;
        break;
      case FRAGMENT_HEADER: {
        if (at + 8 > end) return CUT;
        const fragment = u16(bytes, at + 2);
        layers.isFirstFragment ||= (fragment & 1) !== 0;
        if (fragment >> 3 !== 0) return FRAGMENT;
        layers.transport = at + 8;
        break;
      }
      default:
        return next;
    }
    next = bytes[at] as number;
    if (layers.transport > layers.packetEnd) return MALFORMED;
  }
}
