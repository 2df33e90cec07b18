import { formatIpv4 } from '@tuplescope/net';
import { checkRow } from '@tuplescope/scan';
import type { AddressTable } from './address-table.ts';
import type { CaptureInterface } from './capture-interface.ts';
import { makeSegment } from './make-segment.ts';
import type { PcapSegment } from './pcap-segment.ts';

/** Rows of one {@link PcapColumns}: their arrays stay in a processor's cache. */
export const MAX_ROWS = 8192;

/**
 * TCP segments as columns, at most 8192 rows: row `i` of every array is the `i`th segment. Only the
 * first `length` rows of an array mean something.
 *
 * @example
 * for (let row = 0; row < columns.length; row++) bytes += columns.payload[row];
 */
export class PcapColumns {
  /** How many rows there are. */
  length = 0;
  /** How many rows there is room for. */
  readonly capacity: number;
  /** The bytes that the rows were read from. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the file of `bytes[0]`. */
  base = 0;

  /** Number of the packet in the file, from 1; packets without a row count too. */
  readonly n: Uint32Array;
  /** Seconds since the epoch. */
  readonly seconds: Float64Array;
  /** Nanoseconds of that second, 0 to 999,999,999. */
  readonly nanoseconds: Uint32Array;
  /** What the addresses are: 4 or 6, or 0 where there are none. */
  readonly family: Uint8Array;
  /** Source address: IPv4 in host order, IPv6 by its number in `addresses`. */
  readonly src: Uint32Array;
  /** Destination address, likewise. */
  readonly dst: Uint32Array;
  /** Source port. */
  readonly sport: Uint16Array;
  /** Destination port. */
  readonly dport: Uint16Array;
  /** Sequence number. */
  readonly seq: Uint32Array;
  /** Acknowledgement number; means something with ACK only. */
  readonly ack: Uint32Array;
  /** Window as on the wire, not scaled. */
  readonly win: Uint16Array;
  /** Bits 0 to 8 of the TCP flags. */
  readonly flags: Uint16Array;
  /** Bytes of payload, by the length in the IP header. */
  readonly payload: Uint32Array;
  /** IPv4 identification; 0 for IPv6. */
  readonly ipId: Uint16Array;
  /** Time to live or hop limit. */
  readonly ttl: Uint8Array;
  /** Number of the interface in `interfaces`. */
  readonly interfaceNumber: Uint16Array;
  /** What else is so: `IS_TRUNCATED`, `IS_FIRST_FRAGMENT`, `HAS_TIME` and others. */
  readonly bits: Uint8Array;
  /** What the packet is: 6 is TCP; others are there with the option `all` only. */
  readonly kind: Uint16Array;
  /** Offset in the file of the packet's record. */
  readonly offset: Float64Array;
  /** Bytes of the record, its header included. */
  readonly recordLength: Uint32Array;
  /** Bytes from the record's beginning to those of the packet. */
  readonly dataStart: Uint8Array;
  /** Bytes from the record's beginning to the IP header. */
  readonly ipStart: Uint16Array;
  /** Bytes from the record's beginning to the TCP header; its options begin 20 bytes on. */
  readonly tcpStart: Uint16Array;
  /** Bytes of TCP options that the capture holds. */
  readonly optionsLength: Uint8Array;

  /** The interfaces of the file, so far. */
  readonly interfaces: readonly CaptureInterface[];
  /** The IPv6 addresses of the file, so far. */
  readonly addresses: AddressTable;

  constructor(
    interfaces: readonly CaptureInterface[],
    addresses: AddressTable,
    capacity: number = MAX_ROWS,
  ) {
    this.capacity = capacity;
    this.interfaces = interfaces;
    this.addresses = addresses;
    this.n = new Uint32Array(capacity);
    this.seconds = new Float64Array(capacity);
    this.nanoseconds = new Uint32Array(capacity);
    this.family = new Uint8Array(capacity);
    this.src = new Uint32Array(capacity);
    this.dst = new Uint32Array(capacity);
    this.sport = new Uint16Array(capacity);
    this.dport = new Uint16Array(capacity);
    this.seq = new Uint32Array(capacity);
    this.ack = new Uint32Array(capacity);
    this.win = new Uint16Array(capacity);
    this.flags = new Uint16Array(capacity);
    this.payload = new Uint32Array(capacity);
    this.ipId = new Uint16Array(capacity);
    this.ttl = new Uint8Array(capacity);
    this.interfaceNumber = new Uint16Array(capacity);
    this.bits = new Uint8Array(capacity);
    this.kind = new Uint16Array(capacity);
    this.offset = new Float64Array(capacity);
    this.recordLength = new Uint32Array(capacity);
    this.dataStart = new Uint8Array(capacity);
    this.ipStart = new Uint16Array(capacity);
    this.tcpStart = new Uint16Array(capacity);
    this.optionsLength = new Uint8Array(capacity);
  }

  /** Writes the source address of a row; nothing where it has none. */
  srcText(row: number): string {
    return this.#address(row, this.src[row] as number);
  }

  /** Writes the destination address of a row, likewise. */
  dstText(row: number): string {
    return this.#address(row, this.dst[row] as number);
  }

  /** Makes the record of a row; throws a RangeError where there is no such row. */
  at(row: number): PcapSegment {
    checkRow(row, this.length);
    return makeSegment(this, row);
  }

  #address(row: number, value: number): string {
    switch (this.family[row]) {
      case 4:
        return formatIpv4(value);
      case 6:
        return this.addresses.text(value);
      default:
        return '';
    }
  }
}
