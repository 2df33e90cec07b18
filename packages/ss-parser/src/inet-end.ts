import { type AddressColumn, readIpv4 } from '@tuplescope/net';
import { type Interner, readUnsigned } from '@tuplescope/scan';
import { areServiceBytes, isAddressShape, isIpv6Shape } from './byte-sets.ts';
import { hasShortPort, NO_NETID } from './netids.ts';
import { PORT } from './socket-columns.ts';
import { WordList } from './word-list.ts';

const STAR = 0x2a;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/**
 * Reads `address:port` that fills the bytes, and gives what the port is (a {@link PORT}), or -1.
 *
 * The port stands after the last colon: `172.29.73.7:44410`, `[::1]:22`, `127.0.0.53%lo:53`,
 * `[fe80::1]%eth0:546`, `*:443`, `localhost:https`, and `:::22` as `ss` wrote it before 4.16 and
 * netstat does. An address in brackets is kept without them; with a zone it is kept whole.
 *
 * @param isStrict where nothing else says that the line is a socket: numbers only.
 */
export function readInetEnd(
  bytes: Uint8Array,
  start: number,
  stop: number,
  row: number,
  addresses: AddressColumn,
  ports: Uint32Array,
  texts: Interner,
  netid: number,
  isStrict: boolean,
): number {
  let colon = stop - 1;
  while (colon > start && bytes[colon] !== COLON) colon--;
  if (colon <= start) return -1;
  let kind: number = PORT.number;
  const port = readUnsigned(bytes, colon + 1, stop);
  if (port >= 0) {
    if (port > 0xffff && !canBeLong(bytes, start, colon, port, netid)) return -1;
    ports[row] = port;
  } else if (bytes[colon + 1] === STAR && stop === colon + 2) kind = PORT.none;
  else if (isStrict) return -1;
  else kind = readNamedPort(bytes, colon + 1, stop, row, ports, texts, netid);
  if (kind < 0) return -1;
  // Packet sockets have an Ethernet type, `[2054]` or `arp`; netlink and others a name.
  if (netid !== NO_NETID && !hasShortPort(netid)) {
    addresses.setText(row, texts.intern(bytes, start, colon));
    return kind;
  }
  const first = bytes[start] as number;
  if (first === OPEN && bytes[colon - 1] === CLOSE) {
    if (!isIpv6Shape(bytes, start + 1, colon - 1)) return -1;
    addresses.setText(row, texts.intern(bytes, start + 1, colon - 1));
    return kind;
  }
  const isNumeric = first >= 0x30 && first <= 0x39;
  if (isStrict && !isNumeric && first !== OPEN && first !== STAR) return -1;
  const ipv4 = readIpv4(bytes, start, colon);
  if (ipv4 >= 0) {
    addresses.setIpv4(row, ipv4);
    return kind;
  }
  if (first === OPEN ? !isZonedIpv6(bytes, start, colon) : !isAddressShape(bytes, start, colon)) {
    return -1;
  }
  // `uid:1000` has the shape of an end too: the line was wrapped before the peer, or has none.
  if (EXTENSIONS.indexOf(bytes, start, colon) >= 0) return -1;
  addresses.setText(row, texts.intern(bytes, start, colon));
  return kind;
}

const EXTENSIONS = new WordList([
  ...['users', 'timer', 'uid', 'ino', 'sk', 'fwmark', 'cgroup', 'v6only', 'opt', 'tos', 'tclass'],
  ...['class_id', 'skmem', 'mem', 'rto', 'rtt', 'cwnd', 'wscale'],
]);

/** `[fe80::1]%eth0`. */
function isZonedIpv6(bytes: Uint8Array, start: number, end: number): boolean {
  let close = start;
  while (close < end && bytes[close] !== CLOSE) close++;
  if (close + 1 >= end || bytes[close + 1] !== 0x25) return false;
  return isIpv6Shape(bytes, start + 1, close) && areServiceBytes(bytes, close + 2, end);
}

/** Ports of vsock, tipc and netlink have 32 bits; without a Netid the address tells them. */
function canBeLong(
  bytes: Uint8Array,
  start: number,
  stop: number,
  port: number,
  netid: number,
): boolean {
  if (port > 0xffffffff || hasShortPort(netid)) return false;
  return netid !== NO_NETID || readUnsigned(bytes, start, stop) >= 0;
}

/** A service, a protocol, `systemd/1234`, an interface; or a negative port of netlink. */
function readNamedPort(
  bytes: Uint8Array,
  start: number,
  stop: number,
  row: number,
  ports: Uint32Array,
  texts: Interner,
  netid: number,
): number {
  if (start >= stop) return -1;
  if (bytes[start] === MINUS) {
    const magnitude = readUnsigned(bytes, start + 1, stop);
    if (magnitude < 0 || magnitude > 0xffffffff) return -1;
    ports[row] = magnitude;
    return PORT.negative;
  }
  const isAnyName = netid === NO_NETID ? endsInPid(bytes, start, stop) : !hasShortPort(netid);
  if (!isAnyName && !areServiceBytes(bytes, start, stop)) return -1;
  ports[row] = texts.intern(bytes, start, stop);
  return PORT.text;
}

/** `back\slash/5816`: the owner of a netlink socket can have any name. */
function endsInPid(bytes: Uint8Array, start: number, stop: number): boolean {
  let slash = stop - 1;
  while (slash > start && bytes[slash] !== 0x2f) slash--;
  return slash > start && readUnsigned(bytes, slash + 1, stop) >= 0;
}
