import { ETHERNET } from './link-type.ts';
import { TCP } from './packet-kind.ts';
import type { PcapColumns } from './pcap-columns.ts';
import { MOST_CAPTURED } from './record-limits.ts';
import * as is from './row-bits.ts';
import type { Walk } from './walk.ts';

/** Bytes of a record's header in a pcap, and of an Ethernet header. */
const RECORD = 16;
const LINK = 14;
/** Bytes of an IPv4 header without options and of a TCP header without options. */
const IP = 20;
const HEADER = 20;
/** The Ethertype of IPv4 and the version of its header. */
const IPV4_HEADER = 0x0800_4;
const BITS = is.HAS_TIME | is.HAS_LINK;
/** From so many rows on a call of `fill` for each column is worth it. */
const MANY = 64;

/**
 * Takes the walk over packets that are as nearly all are, and adds their rows: in a pcap, whole, in
 * the order of time, TCP in IPv4 on Ethernet with nothing between, no fragments. Stops before the
 * first packet in which anything is otherwise; `nextPacket` and `addPacket` give the same rows.
 *
 *     record    seconds 4 | fraction 4 | captured 4 | wire 4
 *     Ethernet  addresses 12 | Ethertype 2
 *     IPv4      version, length 1 | 1 | length 2 | identification 2 | fragment 2 |
 *               TTL 1 | protocol 1 | checksum 2 | addresses 4 + 4
 *     TCP       ports 2 + 2 | seq 4 | ack 4 | length, flags 2 | window 2 | 4
 */
export function fillPlain(walk: Walk, columns: PcapColumns): void {
  const { view, end, base, section, interfaceNumber } = walk;
  const { isLittle, fractions, nanosecondsOfFraction, snapLength, headerLength } = section;
  if (walk.format !== 'pcap' || walk.linkType !== ETHERNET || headerLength !== RECORD) return;
  if (walk.lostAt >= 0) return;
  const most = snapLength === 0 ? MOST_CAPTURED : Math.min(snapLength, MOST_CAPTURED);
  const { capacity, n, seconds, nanoseconds, src, dst, sport, dport, seq, ack } = columns;
  const { win, flags, payload, ipId, ttl, offset, recordLength, tcpStart, optionsLength } = columns;
  let { at, lastSeconds, lastNanoseconds } = walk;
  let row = columns.length;
  const from = row;
  let packet = walk.n;
  for (; row < capacity; row++) {
    const ip = at + RECORD + LINK;
    if (ip + IP + HEADER > end) break;
    const second = view.getUint32(at, isLittle);
    const fraction = view.getUint32(at + 4, isLittle);
    const captured = view.getUint32(at + 8, isLittle);
    const next = at + RECORD + captured;
    if (captured > most || next > end || captured !== view.getUint32(at + 12, isLittle)) break;
    const nanosecond = fraction * nanosecondsOfFraction;
    const isOrdered =
      second > lastSeconds || (second === lastSeconds && nanosecond >= lastNanoseconds);
    if (fraction >= fractions || !isOrdered) break;

    const typeAndVersion = view.getUint32(ip - 2);
    if (typeAndVersion >>> 12 !== IPV4_HEADER) break;
    const fragmentAndProtocol = view.getUint32(ip + 6);
    if ((fragmentAndProtocol & 0x3fff_00ff) !== TCP) break;
    const lengthAndId = view.getUint32(ip + 2);
    const tcp = ip + ((typeAndVersion >>> 6) & 0x3c);
    const packetEnd = ip + (lengthAndId >>> 16);
    if (tcp < ip + IP || packetEnd > next || tcp + HEADER > packetEnd) break;
    const flagsAndWindow = view.getUint32(tcp + 12);
    const headerEnd = tcp + ((flagsAndWindow >>> 26) & 0x3c);
    if (headerEnd < tcp + HEADER || headerEnd > packetEnd) break;

    const ports = view.getUint32(tcp);
    n[row] = ++packet;
    seconds[row] = second;
    nanoseconds[row] = nanosecond;
    src[row] = view.getUint32(ip + 12);
    dst[row] = view.getUint32(ip + 16);
    sport[row] = ports >>> 16;
    dport[row] = ports & 0xffff;
    seq[row] = view.getUint32(tcp + 4);
    ack[row] = view.getUint32(tcp + 8);
    win[row] = flagsAndWindow & 0xffff;
    flags[row] = (flagsAndWindow >>> 16) & 0x1ff;
    payload[row] = packetEnd - headerEnd;
    ipId[row] = lengthAndId & 0xffff;
    ttl[row] = (fragmentAndProtocol >>> 8) & 0xff;
    offset[row] = base + at;
    recordLength[row] = RECORD + captured;
    tcpStart[row] = tcp - at;
    optionsLength[row] = headerEnd - tcp - HEADER;
    lastSeconds = second;
    lastNanoseconds = nanosecond;
    at = next;
  }
  writeSame(columns, from, row, interfaceNumber);
  columns.length = row;
  walk.n = packet;
  walk.at = at;
  walk.lastSeconds = lastSeconds;
  walk.lastNanoseconds = lastNanoseconds;
}

/** Writes what is the same in all plain rows. */
function writeSame(columns: PcapColumns, from: number, to: number, interfaceNumber: number): void {
  const { family, interfaceNumber: interfaces, bits, kind, dataStart, ipStart } = columns;
  if (to - from >= MANY) {
    family.fill(4, from, to);
    interfaces.fill(interfaceNumber, from, to);
    bits.fill(BITS, from, to);
    kind.fill(TCP, from, to);
    dataStart.fill(RECORD, from, to);
    ipStart.fill(RECORD + LINK, from, to);
    return;
  }
  for (let row = from; row < to; row++) {
    family[row] = 4;
    interfaces[row] = interfaceNumber;
    bits[row] = BITS;
    kind[row] = TCP;
    dataStart[row] = RECORD;
    ipStart[row] = RECORD + LINK;
  }
}
