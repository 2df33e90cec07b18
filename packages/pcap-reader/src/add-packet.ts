import { u16, u32 } from './byte-order.ts';
import { ETHERNET, LINUX_SLL2 } from './link-type.ts';
import { CUT, MALFORMED, type PacketKind, TCP, UDP, UNREAD_LINK } from './packet-kind.ts';
import type { PcapColumns } from './pcap-columns.ts';
import type { PcapRun } from './pcap-run.ts';
import { readIp } from './read-ip.ts';
import { readLink } from './read-link.ts';
import * as is from './row-bits.ts';
import { readTunnels } from './tunnels.ts';
import type { Walk } from './walk.ts';

/** Bytes of a TCP header up to its flags, its window, its options (RFC 9293 section 3.1). */
const THROUGH_FLAGS = 14;
const THROUGH_WINDOW = 16;
const HEADER = 20;
/** A header that begins so far into a record is none that a network sends. */
const DEEPEST = 0xffff;

/** Bytes of a cooked header, version 2. */
const LARGEST_COOKED = 20;

/** SCTP, DCCP and UDP-Lite begin with ports as UDP does. */
const WITH_PORTS: ReadonlySet<PacketKind> = new Set([UDP, 33, 132, 136]);

/** Adds the packet where the walk stands to the columns, if it gives a row; counts it if not. */
export function addPacket(run: PcapRun, columns: PcapColumns): void {
  const { walk, layers } = run;
  const { bytes, dataStart, dataEnd, wire } = walk;
  const wireEnd = dataStart + wire;
  // Nearly every packet is IPv4 on Ethernet, which needs no search for the IP header.
  const isPlain =
    walk.linkType === ETHERNET &&
    dataEnd - dataStart >= 34 &&
    bytes[dataStart + 12] === 8 &&
    bytes[dataStart + 13] === 0;
  let kind: PacketKind;
  if (isPlain) {
    layers.ip = -1;
    kind = readIp(bytes, dataStart + 14, dataEnd, wireEnd, layers);
  } else {
    const { isLittle } = walk.section;
    kind = readLink(bytes, dataStart, dataEnd, wireEnd, walk.linkType, isLittle, layers);
  }
  if (kind !== TCP && run.tunnels) kind = readTunnels(bytes, dataEnd, kind, layers);
  if (kind === TCP) {
    if (layers.transport + THROUGH_FLAGS > dataEnd) kind = CUT;
    else if (((bytes[layers.transport + 12] as number) & 0xf0) < 0x50) kind = MALFORMED;
    else if (layers.transport + HEADER > layers.packetEnd) kind = MALFORMED;
    else if (layers.transport - walk.start > DEEPEST) kind = MALFORMED;
    else {
      addSegment(run, columns);
      return;
    }
  }
  if (!run.all || kind === UNREAD_LINK) {
    run.others.add(kind, walk.linkType, walk.base + walk.start, walk.base + walk.at);
  }
  if (run.all) addOther(run, columns, kind);
}

function addSegment(run: PcapRun, columns: PcapColumns): void {
  const { walk, layers } = run;
  const { bytes, dataEnd } = walk;
  const { transport, packetEnd } = layers;
  const row = columns.length++;
  const headerEnd = transport + ((bytes[transport + 12] as number) >> 4) * 4;
  const bits = addRecord(run, columns, row);
  addAddresses(run, columns, row);
  columns.kind[row] = TCP;
  columns.sport[row] = u16(bytes, transport);
  columns.dport[row] = u16(bytes, transport + 2);
  columns.seq[row] = u32(bytes, transport + 4);
  columns.ack[row] = u32(bytes, transport + 8);
  columns.flags[row] = u16(bytes, transport + 12) & 0x1ff;
  const hasWindow = transport + THROUGH_WINDOW <= dataEnd;
  columns.win[row] = hasWindow ? u16(bytes, transport + 14) : 0;
  columns.payload[row] = Math.max(0, packetEnd - headerEnd);
  columns.tcpStart[row] = transport - walk.start;
  const optionsEnd = Math.min(headerEnd, dataEnd, packetEnd);
  columns.optionsLength[row] = Math.max(0, optionsEnd - transport - HEADER);
  let lacks = hasWindow ? 0 : is.LACKS_WINDOW;
  if (transport + HEADER > dataEnd) lacks |= is.LACKS_URGENT;
  columns.bits[row] = bits | lacks;
  if (headerEnd > packetEnd) tellLongHeader(walk, headerEnd - transport, packetEnd - transport);
}

function tellLongHeader(walk: Walk, length: number, room: number): void {
  walk.damage.tally('tcp header', {
    severity: 'warning',
    start: walk.base + walk.start,
    end: walk.base + walk.at,
    expected: `a TCP header within the ${room} bytes of its packet`,
    found: `one of ${length}`,
  });
}

/** Adds what every record has; gives the bits of the row. */
function addRecord({ walk, layers }: PcapRun, columns: PcapColumns, row: number): number {
  const { start } = walk;
  columns.n[row] = walk.n;
  columns.seconds[row] = walk.seconds;
  columns.nanoseconds[row] = walk.nanoseconds;
  columns.offset[row] = walk.base + start;
  columns.recordLength[row] = walk.at - start;
  columns.dataStart[row] = walk.dataStart - start;
  columns.interfaceNumber[row] =
    walk.linkType === LINUX_SLL2 ? indexedInterface(walk) : walk.interfaceNumber;
  let bits = walk.hasTime ? is.HAS_TIME : 0;
  if (walk.dataEnd - walk.dataStart >= LARGEST_COOKED) bits |= is.HAS_LINK;
  if (walk.dataEnd - walk.dataStart < walk.wire) bits |= is.IS_TRUNCATED;
  if (layers.ip < 0) return bits;
  if (layers.packetEnd > walk.dataEnd) bits |= is.IS_TRUNCATED | is.LACKS_PAYLOAD;
  return layers.isFirstFragment ? bits | is.IS_FIRST_FRAGMENT : bits;
}

/** Adds a row for a packet that is no TCP segment. */
function addOther(run: PcapRun, columns: PcapColumns, kind: PacketKind): void {
  const { walk, layers } = run;
  const { bytes, start, dataEnd } = walk;
  const row = columns.length++;
  const bits = addRecord(run, columns, row);
  const hasIp = layers.ip >= 0 && layers.transport - start <= DEEPEST;
  columns.family[row] = 0;
  columns.src[row] = 0;
  columns.dst[row] = 0;
  columns.ipId[row] = 0;
  columns.ttl[row] = 0;
  columns.ipStart[row] = 0;
  if (hasIp) addAddresses(run, columns, row);
  const { transport, packetEnd } = layers;
  const hasPorts = hasIp && WITH_PORTS.has(kind) && transport + 4 <= dataEnd;
  columns.sport[row] = hasPorts ? u16(bytes, transport) : 0;
  columns.dport[row] = hasPorts ? u16(bytes, transport + 2) : 0;
  columns.tcpStart[row] = hasIp ? transport - start : 0;
  columns.payload[row] = hasIp ? Math.max(0, packetEnd - transport) : walk.wire;
  columns.kind[row] = kind;
  columns.seq[row] = 0;
  columns.ack[row] = 0;
  columns.win[row] = 0;
  columns.flags[row] = 0;
  columns.optionsLength[row] = 0;
  columns.bits[row] = bits;
}

/** SLL2 has the kernel's number of the interface in its fifth to eighth byte. */
function indexedInterface(walk: Walk): number {
  const { bytes, dataStart, dataEnd, interfaceNumber, interfaces } = walk;
  if (dataStart + 8 > dataEnd) return interfaceNumber;
  return interfaces.withIndex(interfaceNumber, u32(bytes, dataStart + 4));
}

/** Adds what an IP header has. */
function addAddresses(
  { walk, layers, addresses }: PcapRun,
  columns: PcapColumns,
  row: number,
): void {
  const { bytes } = walk;
  const { ip } = layers;
  columns.ipStart[row] = ip - walk.start;
  if (layers.isIpv6) {
    columns.family[row] = 6;
    columns.src[row] = addresses.add(bytes, ip + 8);
    columns.dst[row] = addresses.add(bytes, ip + 24);
    columns.ipId[row] = 0;
    columns.ttl[row] = bytes[ip + 7] as number;
  } else {
    columns.family[row] = 4;
    columns.src[row] = u32(bytes, ip + 12);
    columns.dst[row] = u32(bytes, ip + 16);
    columns.ipId[row] = u16(bytes, ip + 4);
    columns.ttl[row] = bytes[ip + 8] as number;
  }
}
