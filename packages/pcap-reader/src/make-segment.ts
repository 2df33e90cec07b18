import { ACK, formatTcpFlags, URG } from '@tuplescope/net';
import { u16, u32 } from './byte-order.ts';
import { type CaptureInterface, interfaceName } from './capture-interface.ts';
import { judgeChecksum } from './checksum.ts';
import { LINUX_SLL, LINUX_SLL2, NO_LINK } from './link-type.ts';
import { kindName, TCP } from './packet-kind.ts';
import type { PcapColumns } from './pcap-columns.ts';
import type { PcapSegment } from './pcap-segment.ts';
import { readTcpOptions } from './read-tcp-options.ts';
import * as is from './row-bits.ts';

/** Of a packet before any interface was described. */
const NOWHERE: CaptureInterface = { linkType: NO_LINK };

/** Makes the record of a row from the columns and the bytes that they were read from. */
export function makeSegment(columns: PcapColumns, row: number): PcapSegment {
  const bits = columns.bits[row] as number;
  const start = columns.offset[row] as number;
  const from = columns.interfaces[columns.interfaceNumber[row] as number] ?? NOWHERE;
  const name = interfaceName(from);
  const isTcp = columns.kind[row] === TCP;
  return {
    n: columns.n[row] as number,
    ...timeOf(columns, row, bits),
    ...(name !== undefined && { interface: name }),
    ...directionOf(columns, row, from.linkType),
    ...(!isTcp && { proto: kindName(columns.kind[row] as number) }),
    src: columns.srcText(row),
    sport: columns.sport[row] as number,
    dst: columns.dstText(row),
    dport: columns.dport[row] as number,
    ...(isTcp ? tcpOf(columns, row, bits) : { flags: '' }),
    len: columns.payload[row] as number,
    ...(columns.family[row] !== 0 && ipOf(columns, row, bits)),
    truncated: (bits & is.IS_TRUNCATED) !== 0,
    source: { line: 1, start, end: start + (columns.recordLength[row] as number) },
  };
}

/** Where a row's record begins in the columns' bytes. */
function recordStart(columns: PcapColumns, row: number): number {
  return (columns.offset[row] as number) - columns.base;
}

/**
 * Both parts are exact; as one number of seconds microseconds are as near as a number can be, and
 * nanoseconds to about 0.2 microseconds.
 */
function timeOf(
  columns: PcapColumns,
  row: number,
  bits: number,
): Pick<PcapSegment, 'at' | 'nanoseconds'> {
  if ((bits & is.HAS_TIME) === 0) return { at: null };
  const seconds = columns.seconds[row] as number;
  const nanoseconds = columns.nanoseconds[row] as number;
  const at =
    nanoseconds % 1000 === 0
      ? (seconds * 1e6 + nanoseconds / 1000) / 1e6
      : seconds + nanoseconds / 1e9;
  return { at, nanoseconds };
}

/** Packet types of a cooked header (linux/if_packet.h), in the letters of tcpdump. */
const DIRECTIONS: readonly string[] = ['In', 'B', 'M', 'P', 'Out'];

function directionOf(
  columns: PcapColumns,
  row: number,
  linkType: number,
): Pick<PcapSegment, 'direction'> {
  const at = recordStart(columns, row) + (columns.dataStart[row] as number);
  const { bytes } = columns;
  if (((columns.bits[row] as number) & is.HAS_LINK) === 0) return {};
  let type = -1;
  if (linkType === LINUX_SLL) type = u16(bytes, at);
  if (linkType === LINUX_SLL2) type = bytes[at + 10] as number;
  const direction = DIRECTIONS[type];
  return direction === undefined ? {} : { direction };
}

type TcpFields = Pick<
  PcapSegment,
  'flags' | 'seq' | 'ack' | 'win' | 'urg' | 'options' | 'checksum'
>;

function tcpOf(columns: PcapColumns, row: number, bits: number): TcpFields {
  const { bytes } = columns;
  const flags = columns.flags[row] as number;
  const tcp = recordStart(columns, row) + (columns.tcpStart[row] as number);
  const optionsLength = columns.optionsLength[row] as number;
  const headerEnd = tcp + ((bytes[tcp + 12] as number) >> 4) * 4;
  const options = readTcpOptions(bytes, tcp + 20, tcp + 20 + optionsLength, headerEnd);
  return {
    flags: formatTcpFlags(flags),
    seq: columns.seq[row] as number,
    ...(flags & ACK && { ack: columns.ack[row] as number }),
    ...((bits & is.LACKS_WINDOW) === 0 && { win: columns.win[row] as number }),
    ...(flags & URG && (bits & is.LACKS_URGENT) === 0 && { urg: u16(bytes, tcp + 18) }),
    ...(Object.keys(options).length > 0 && { options }),
    ...checksumOf(columns, row, bits, tcp),
  };
}

function checksumOf(
  columns: PcapColumns,
  row: number,
  bits: number,
  tcp: number,
): Pick<PcapSegment, 'checksum'> {
  if (bits & (is.LACKS_PAYLOAD | is.IS_FIRST_FRAGMENT)) return {};
  const { bytes } = columns;
  const headerLength = ((bytes[tcp + 12] as number) >> 4) * 4;
  if (headerLength > 20 + (columns.optionsLength[row] as number)) return {};
  const end = tcp + headerLength + (columns.payload[row] as number);
  const ip = recordStart(columns, row) + (columns.ipStart[row] as number);
  const checksum =
    columns.family[row] === 6
      ? judgeChecksum(bytes, ip + 8, 32, tcp, end)
      : judgeChecksum(bytes, ip + 12, 8, tcp, end);
  return { checksum };
}

type IpFields = Pick<
  PcapSegment,
  'ipId' | 'ttl' | 'tos' | 'df' | 'fragment' | 'ipLength' | 'flowLabel'
>;

function ipOf(columns: PcapColumns, row: number, bits: number): IpFields {
  const { bytes } = columns;
  const ip = recordStart(columns, row) + (columns.ipStart[row] as number);
  const ttl = columns.ttl[row] as number;
  const fragment = bits & is.IS_FIRST_FRAGMENT ? { fragment: true as const } : {};
  if (columns.family[row] === 6) {
    const flowLabel = u32(bytes, ip) & 0xf_ffff;
    return {
      ttl,
      tos: (u16(bytes, ip) >> 4) & 0xff,
      ipLength: u16(bytes, ip + 4),
      ...(flowLabel !== 0 && { flowLabel }),
      ...fragment,
    };
  }
  return {
    ipId: columns.ipId[row] as number,
    ttl,
    tos: bytes[ip + 1] as number,
    df: (u16(bytes, ip + 6) & 0x4000) !== 0,
    ipLength: u16(bytes, ip + 2),
    ...fragment,
  };
}
