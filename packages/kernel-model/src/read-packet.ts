import { parseTcpFlags, type TcpOptions } from '@tuplescope/net';
import type { AddressBook, AddressNumber } from './conntrack/address-book.ts';
import {
  BAD_CHECKSUM,
  NO_SCALE,
  type Segment,
  SHORT,
  TRUNCATED,
  WELL_FORMED,
} from './conntrack/segment.ts';
import type { Malformed, Packet } from './packet.ts';
import { TrackerError } from './tracker-error.ts';

const MALFORMED: Readonly<Record<Malformed, number>> = {
  short: SHORT,
  truncated: TRUNCATED,
  checksum: BAD_CHECKSUM,
};

/** A header has room for four SACK blocks (RFC 2018 section 3). */
const MOST_SACK_BLOCKS = 4;

/**
 * Reads a packet into a segment.
 *
 * @throws {TrackerError} `bad-packet` for what no packet can have: a number out of its field, a
 * letter that is no flag, text that is no address, two address families.
 */
export function readPacket(packet: Packet, book: AddressBook, segment: Segment): void {
  const src = readAddress('src', packet.src, book);
  const dst = readAddress('dst', packet.dst, book);
  if (src.family !== dst.family) {
    throw new TrackerError(
      'bad-packet',
      'dst',
      packet.dst,
      `an address of IPv${src.family}, as src`,
    );
  }
  if (!Number.isFinite(packet.at)) {
    throw new TrackerError('bad-packet', 'at', packet.at, 'a finite number of seconds');
  }
  segment.at = packet.at;
  segment.family = src.family;
  segment.src = src.number;
  segment.dst = dst.number;
  segment.sport = within('sport', packet.sport, 0xffff);
  segment.dport = within('dport', packet.dport, 0xffff);
  segment.zone = within('zone', packet.zone ?? 0, 0xffff);
  segment.flags = readFlags(packet.flags);
  segment.seq = within('seq', packet.seq, 0xffffffff) | 0;
  segment.ack = within('ack', packet.ack ?? 0, 0xffffffff) | 0;
  segment.win = within('win', packet.win ?? 0, 0xffff);
  segment.len = within('len', packet.len ?? 0, 0xffff);
  readOptions(packet.options ?? {}, segment);
  segment.malformed = readMalformed(packet.malformed);
  segment.received = readHook(packet.hook);
  segment.interface = packet.interface ?? '';
  segment.owner = packet.owner ?? -1;
}

/** Takes from the options of a header what conntrack reads. */
export function readOptions(options: TcpOptions, segment: Segment): void {
  const { wscale, sackOK, sack = [] } = options;
  segment.hasOptions = hasAny(options);
  segment.wscale = wscale === undefined ? NO_SCALE : within('options.wscale', wscale, 0xff);
  segment.sackPermitted = sackOK === true;
  segment.sackBlocks = Math.min(sack.length, MOST_SACK_BLOCKS);
  for (let i = 0; i < segment.sackBlocks; i++) {
    segment.sackEdges[i] = within(`options.sack[${i}][1]`, sack[i]?.[1] ?? 0, 0xffffffff) | 0;
  }
}

function hasAny(options: TcpOptions): boolean {
  for (const name in options) if (options[name as keyof TcpOptions] !== undefined) return true;
  return false;
}

function readAddress(field: string, text: string, book: AddressBook): AddressNumber {
  const address = typeof text === 'string' ? book.read(text) : null;
  if (address === null)
    throw new TrackerError('bad-packet', field, text, 'an IPv4 or IPv6 address');
  return address;
}

function readFlags(letters: string): number {
  const flags = typeof letters === 'string' ? parseTcpFlags(letters) : null;
  if (flags === null) {
    throw new TrackerError('bad-packet', 'flags', letters, 'letters of F S R P A U E W e');
  }
  // Conntrack reads the flag byte; the ninth flag lies outside of it.
  return flags & 0xff;
}

function readMalformed(malformed: Malformed | undefined): number {
  if (malformed === undefined) return WELL_FORMED;
  const code = MALFORMED[malformed];
  if (code === undefined) {
    const known = Object.keys(MALFORMED).join(', ');
    throw new TrackerError('bad-packet', 'malformed', malformed, `one of ${known}`);
  }
  return code;
}

function readHook(hook: Packet['hook']): boolean {
  if (hook === undefined || hook === 'prerouting') return true;
  if (hook === 'output') return false;
  throw new TrackerError('bad-packet', 'hook', hook, 'prerouting or output');
}

function within(field: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new TrackerError('bad-packet', field, value, `an integer from 0 to ${most}`);
}
