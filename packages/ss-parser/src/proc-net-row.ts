import { formatIpv6 } from '@tuplescope/net';
import { decodeText, readHex, readUnsigned, skipBlanks, toBytes, wordEnd } from '@tuplescope/scan';
import { NO_NETID, netidNumber } from './netids.ts';
import { HAS, PORT, type SocketColumns } from './socket-columns.ts';
import { FROM_KERNEL, stateNumber } from './states.ts';
import { TimerDraft } from './timer.ts';

const TCP = netidNumber('tcp');
const TCP6 = netidNumber('tcp6');
const ON = 1;
/** The names by the kernel's number (net/ipv4/tcp_ipv4.c: get_tcp4_sock); TIMERS has this order. */
const LAST_TIMER = 4;
const UNKNOWN_TIMER = 5;
/** USER_HZ: the kernel shows 100 ticks a second to programs, whatever it counts itself. */
const MILLISECONDS_PER_TICK = 10;

const draft = new TimerDraft();

/**
 * Reads a line of /proc/net/tcp or tcp6 (and udp, udp6, raw, which have the same shape) into the
 * row after the last, true when it is one:
 * `   2: 01004D0A:8874 02004D0A:1E61 06 00000000:00000000 03:00000F72 00000000     0        0 0 3 …`.
 *
 * Addresses are 32-bit words as the machine keeps them, taken to be little-endian; ports are not.
 * The transmit queue stands before the receive queue. What follows the inode is kept as `extra`.
 */
export function readProcNetRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  sockets: SocketColumns,
): boolean {
  const words: number[] = [];
  let at = skipBlanks(bytes, start, end);
  while (at < end && words.length < 24) {
    const stop = wordEnd(bytes, at, end);
    words.push(at, stop);
    at = skipBlanks(bytes, stop, end);
  }
  if (words.length < 20) return false;
  const word = (index: number): [number, number] => [
    words[index * 2] as number,
    words[index * 2 + 1] as number,
  ];
  const [slotAt, slotEnd] = word(0);
  if (bytes[slotEnd - 1] !== 0x3a || readUnsigned(bytes, slotAt, slotEnd - 1) < 0) return false;
  const row = sockets.reserve();
  const { arrays } = sockets;
  const localIsIpv6 = readEnd(bytes, ...word(1), row, sockets, true);
  const peerIsIpv6 = readEnd(bytes, ...word(2), row, sockets, false);
  const state = readHex(bytes, ...word(3));
  const queues = readHexPair(bytes, ...word(4));
  const timer = readHexPair(bytes, ...word(5));
  const retransmits = readHex(bytes, ...word(6));
  const uid = readUnsigned(bytes, ...word(7));
  const probes = readUnsigned(bytes, ...word(8));
  const inode = readUnsigned(bytes, ...word(9));
  if (localIsIpv6 === null || localIsIpv6 !== peerIsIpv6) return false;
  if (queues === null || timer === null || FROM_KERNEL[state] === undefined) return false;
  if ([retransmits, uid, probes, inode].some((number) => number < 0 || number > 0xffffffff)) {
    return false;
  }
  draft.name = timer[0] > LAST_TIMER ? UNKNOWN_TIMER : timer[0];
  draft.milliseconds = Math.min(0xffffffff, timer[1] * MILLISECONDS_PER_TICK);
  // As `ss` counts: the retransmissions of the timer `on`, of the others the probes.
  draft.retransmits = draft.name === ON ? retransmits : probes;
  sockets.setTimer(row, draft);
  const isTcp = isTcpTail(bytes, ...word(9), end);
  arrays.netid[row] = isTcp ? (localIsIpv6 ? TCP6 : TCP) : NO_NETID;
  arrays.state[row] = FROM_KERNEL[state] ?? stateNumber('UNKNOWN');
  [arrays.sendq[row], arrays.recvq[row]] = queues;
  arrays.uid[row] = uid;
  arrays.inode[row] = inode;
  arrays.shutdown[row] = 0;
  arrays.extensions[row] = word(9)[1];
  arrays.has[row] = HAS.queues | HAS.uid | HAS.inode | HAS.foreign;
  return true;
}

/** Reads `0100007F:3A99`; true for IPv6, false for IPv4, null where it is neither. */
function readEnd(
  bytes: Uint8Array,
  start: number,
  stop: number,
  row: number,
  sockets: SocketColumns,
  isLocal: boolean,
): boolean | null {
  const colon = stop - 5;
  const port = readHex(bytes, colon + 1, stop);
  const digits = colon - start;
  if (bytes[colon] !== 0x3a || port < 0 || (digits !== 8 && digits !== 32)) return null;
  const hosts: number[] = [];
  for (let at = start; at < colon; at += 8) {
    const value = readHex(bytes, at, at + 8);
    if (value < 0) return null;
    hosts.push(swapBytes(value));
  }
  const addresses = isLocal ? sockets.local : sockets.peer;
  if (digits === 8) addresses.setIpv4(row, hosts[0] as number);
  else {
    const text = toBytes(formatIpv6(hosts.flatMap((host) => [host >>> 16, host & 0xffff])));
    addresses.setText(row, sockets.texts.intern(text, 0, text.length));
  }
  const { localPort, localKind, peerPort, peerKind } = sockets.arrays;
  (isLocal ? localPort : peerPort)[row] = port;
  (isLocal ? localKind : peerKind)[row] = port === 0 ? PORT.none : PORT.number;
  return digits === 32;
}

function swapBytes(value: number): number {
  const bytes = [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
  return bytes.reduce((all, byte) => all * 256 + byte, 0);
}

function readHexPair(bytes: Uint8Array, start: number, stop: number): [number, number] | null {
  let colon = start;
  while (colon < stop && bytes[colon] !== 0x3a) colon++;
  const first = readHex(bytes, start, colon);
  const second = readHex(bytes, colon + 1, stop);
  return first < 0 || second < 0 || first > 0xffffffff || second > 0xffffffff
    ? null
    : [first, second];
}

/** After the inode TCP prints `ref pointer` alone or with five numbers more, UDP and raw one more. */
function isTcpTail(bytes: Uint8Array, _start: number, inodeEnd: number, end: number): boolean {
  const words = decodeText(bytes, inodeEnd, end).trim().split(/ +/);
  return words.length !== 3;
}
