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
const IPV4 = 0x0800;
const BITS = is.HAS_TIME | is.HAS_LINK;

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
  const { capacity, n, seconds, nanoseconds, family, src, dst, sport, dport, seq, ack } = columns;
  const { win, flags, payload, ipId, ttl, interfaceNumber: interfaces, bits, kind } = columns;
  const { offset, recordLength, dataStart, ipStart, tcpStart, optionsLength } = columns;
  let { at, lastSeconds, lastNanoseconds } = walk;
  let row = columns.length;
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

    const versionAndLength = view.getUint8(ip);
    if (view.getUint16(ip - 2) !== IPV4 || versionAndLength >> 4 !== 4) break;
    if (view.getUint8(ip + 9) !== TCP || (view.getUint16(ip + 6) & 0x3fff) !== 0) break;
    const tcp = ip + (versionAndLength & 0x0f) * 4;
    const packetEnd = ip + view.getUint16(ip + 2);
    if (tcp < ip + IP || packetEnd > next || tcp + HEADER > packetEnd) break;
    const lengthAndFlags = view.getUint16(tcp + 12);
    const headerEnd = tcp + (lengthAndFlags >> 12) * 4;
    if (headerEnd < tcp + HEADER || headerEnd > packetEnd) break;

    n[row] = ++packet;
    seconds[row] = second;
    nanoseconds[row] = nanosecond;
    family[row] = 4;
    src[row] = view.getUint32(ip + 12);
    dst[row] = view.getUint32(ip + 16);
    sport[row] = view.getUint16(tcp);
    dport[row] = view.getUint16(tcp + 2);
    seq[row] = view.getUint32(tcp + 4);
    ack[row] = view.getUint32(tcp + 8);
    win[row] = view.getUint16(tcp + 14);
    flags[row] = lengthAndFlags & 0x1ff;
    payload[row] = packetEnd - headerEnd;
    ipId[row] = view.getUint16(ip + 4);
    ttl[row] = view.getUint8(ip + 8);
    interfaces[row] = interfaceNumber;
    bits[row] = BITS;
    kind[row] = TCP;
    offset[row] = base + at;
    recordLength[row] = RECORD + captured;
    dataStart[row] = RECORD;
    ipStart[row] = RECORD + LINK;
    tcpStart[row] = tcp - at;
    optionsLength[row] = headerEnd - tcp - HEADER;
    lastSeconds = second;
    lastNanoseconds = nanosecond;
    at = next;
  }
  columns.length = row;
  walk.n = packet;
  walk.at = at;
  walk.lastSeconds = lastSeconds;
  walk.lastNanoseconds = lastNanoseconds;
}
