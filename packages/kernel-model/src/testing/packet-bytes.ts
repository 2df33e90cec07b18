import { ACK, PSH, SYN } from '@tuplescope/net';
import { NO_SCALE, type Segment } from '../conntrack/segment.ts';

// A packet as a pcap file has it, in network byte order throughout:
//
//    0 .. 15  record header: seconds, microseconds, length captured, length on the wire
//   16 .. 29  Ethernet
//   30 .. 49  IPv4
//   50 .. 81  TCP, with 12 bytes of options
const RECORD = 16;
const ETHERNET = 14;
const HEADERS = 52;
const PACKET = RECORD + ETHERNET + HEADERS;

const SYN_OPTIONS = [2, 4, 5, 0xb4, 4, 2, 1, 3, 3, 7, 1, 1];
const OTHER_OPTIONS = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
const ETHERTYPE_IPV4 = 0x0800;
const PROTOCOL_TCP = 6;
const DATA = 100;

/** The three packets that open each of many connections, in a capture's memory. */
export function handshakes(connections: number): Uint8Array {
  const bytes = new Uint8Array(connections * 3 * PACKET);
  for (let i = 0; i < connections; i++) {
    const n = i * 3;
    write(bytes, n, i, true, SYN, isn(i), 0);
    write(bytes, n + 1, i, false, SYN | ACK, isn(i) + 7, isn(i) + 1);
    write(bytes, n + 2, i, true, ACK, isn(i) + 1, isn(i) + 8);
  }
  return bytes;
}

/** Data and its acknowledgement in turn, the connections in a scattered order. */
export function conversation(connections: number, packets: number): Uint8Array {
  const bytes = new Uint8Array(packets * PACKET);
  const sent = new Uint32Array(connections);
  for (let n = 0; n < packets; n += 2) {
    // A step that shares no factor with the number of connections visits each of them.
    const i = ((n / 2) * 7_368_787) % connections;
    const seq = isn(i) + 1 + (sent[i] as number);
    sent[i] = (sent[i] as number) + DATA;
    write(bytes, n, i, true, PSH | ACK, seq, isn(i) + 8);
    write(bytes, n + 1, i, false, ACK, isn(i) + 8, seq + DATA);
  }
  return bytes;
}

/**
 * Reads the packet whose record begins at a place into a segment: all that conntrack asks for.
 *
 * @returns where the next record begins.
 */
export function readRecord(bytes: Uint8Array, record: number, segment: Segment): number {
  segment.at = (word(bytes, record) >>> 0) + (word(bytes, record + 4) >>> 0) * 1e-6;
  const next = record + RECORD + word(bytes, record + 8);
  const ip = record + RECORD + ETHERNET;
  if (half(bytes, ip - 2) !== ETHERTYPE_IPV4 || bytes[ip + 9] !== PROTOCOL_TCP) return next;
  segment.src = word(bytes, ip + 12);
  segment.dst = word(bytes, ip + 16);
  const tcp = ip + ((bytes[ip] as number) & 15) * 4;
  segment.sport = half(bytes, tcp);
  segment.dport = half(bytes, tcp + 2);
  segment.seq = word(bytes, tcp + 4);
  segment.ack = word(bytes, tcp + 8);
  const end = tcp + ((bytes[tcp + 12] as number) >> 4) * 4;
  segment.flags = bytes[tcp + 13] as number;
  segment.win = half(bytes, tcp + 14);
  segment.len = half(bytes, ip + 2) - (end - ip);
  readOptions(bytes, tcp + 20, end, segment);
  return next;
}

function readOptions(bytes: Uint8Array, start: number, end: number, segment: Segment): void {
  segment.hasOptions = end > start;
  segment.wscale = NO_SCALE;
  segment.sackPermitted = false;
  segment.sackBlocks = 0;
  for (let at = start; at < end; ) {
    const kind = bytes[at] as number;
    if (kind === 0) return;
    if (kind === 1) {
      at++;
      continue;
    }
    const length = bytes[at + 1] as number;
    if (length < 2 || at + length > end) return;
    if (kind === 3) segment.wscale = bytes[at + 2] as number;
    else if (kind === 4) segment.sackPermitted = true;
    else if (kind === 5) {
      segment.sackBlocks = (length - 2) >> 3;
      for (let i = 0; i < segment.sackBlocks; i++) {
        segment.sackEdges[i] = word(bytes, at + 6 + i * 8);
      }
    }
    at += length;
  }
}

function write(
  bytes: Uint8Array,
  n: number,
  connection: number,
  fromClient: boolean,
  flags: number,
  seq: number,
  ack: number,
): void {
  const view = new DataView(bytes.buffer, n * PACKET, PACKET);
  const client = 0x0a000000 + (connection >>> 14);
  const port = 1024 + (connection & 0x3fff);
  const data = flags & PSH ? DATA : 0;
  const ip = RECORD + ETHERNET;
  const tcp = ip + 20;
  view.setUint32(4, n % 1_000_000);
  view.setUint32(8, ETHERNET + HEADERS);
  view.setUint32(12, ETHERNET + HEADERS + data);
  view.setUint16(ip - 2, ETHERTYPE_IPV4);
  view.setUint8(ip, 0x45);
  view.setUint16(ip + 2, HEADERS + data);
  view.setUint8(ip + 9, PROTOCOL_TCP);
  view.setUint32(ip + 12, fromClient ? client : 0xac100001);
  view.setUint32(ip + 16, fromClient ? 0xac100001 : client);
  view.setUint16(tcp, fromClient ? port : 443);
  view.setUint16(tcp + 2, fromClient ? 443 : port);
  view.setUint32(tcp + 4, seq);
  view.setUint32(tcp + 8, ack);
  view.setUint8(tcp + 12, 8 << 4);
  view.setUint8(tcp + 13, flags);
  view.setUint16(tcp + 14, 64_240);
  bytes.set(flags & SYN ? SYN_OPTIONS : OTHER_OPTIONS, n * PACKET + tcp + 20);
}

function isn(connection: number): number {
  return Math.imul(connection, 2_654_435_761) >>> 0;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

function half(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}
