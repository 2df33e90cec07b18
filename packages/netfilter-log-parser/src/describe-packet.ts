import { formatTcpFlags } from '@tuplescope/net';
import { decodeText } from '@tuplescope/scan';
import { readAddressText } from './address-text.ts';
import { CE, DF, type LogPacket, MF, TCP, TRUNCATED, type Writable } from './log-packet.ts';
import type { LoggedPacket } from './netfilter-log-record.ts';

/** Makes the plain object of a packet that an ICMP error quotes. */
export function describePacket(bytes: Uint8Array, packet: LogPacket): LoggedPacket {
  const { protoStart, protoEnd, tcpOptionsStart, tcpOptionsEnd } = packet;
  const described: Writable<LoggedPacket> = {
    src: readAddressText(bytes, packet.srcStart, packet.srcEnd),
    dst: readAddressText(bytes, packet.dstStart, packet.dstEnd),
    len: known(packet.len),
    ttl: known(packet.ttl),
    ipId: known(packet.ipId),
    proto: protoEnd > protoStart ? decodeText(bytes, protoStart, protoEnd) : null,
    sport: known(packet.sport),
    dport: known(packet.dport),
    flags: hasFlags(packet) ? formatTcpFlags(packet.flags) : null,
    win: known(packet.win),
    ...packet.rare,
  };
  if (packet.tos >= 0) described.tos = packet.tos;
  addBits(described, packet.bits);
  if (packet.seq >= 0) described.seq = packet.seq;
  if (packet.ack >= 0) described.ack = packet.ack;
  if (packet.res >= 0) described.res = packet.res;
  if (packet.urgp >= 0) described.urgp = packet.urgp;
  if (packet.udpLength >= 0) described.udpLength = packet.udpLength;
  if (tcpOptionsEnd > tcpOptionsStart) {
    described.tcpOptions = decodeText(bytes, tcpOptionsStart, tcpOptionsEnd);
  }
  return described;
}

/** Sets the properties that stand for bits of the packet. */
export function addBits(described: Writable<LoggedPacket>, bits: number): void {
  if (bits === 0) return;
  if (bits & CE) described.ce = true;
  if (bits & DF) described.df = true;
  if (bits & MF) described.mf = true;
  if (bits & TRUNCATED) described.truncated = true;
}

/** Whether the line came as far as TCP's flags, so that an empty set of them means that none is set. */
export function hasFlags(packet: LogPacket): boolean {
  return packet.flags > 0 || packet.urgp >= 0 || (packet.protocol === TCP && packet.res >= 0);
}

function known(value: number): number | null {
  return value < 0 ? null : value;
}
