/** Bytes from numbers, texts of hex digits (blanks allowed) and other bytes. */
export function bytesOf(
  ...parts: readonly (string | readonly number[] | Uint8Array)[]
): Uint8Array {
  const lists = parts.map((part) =>
    typeof part === 'string'
      ? (part.replaceAll(' ', '').match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16))
      : [...part],
  );
  return Uint8Array.from(lists.flat());
}

/** A number in so many bytes. */
export function numberBytes(value: number | bigint, size: number, isLittle = false): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0, rest = BigInt(value); i < size; i++, rest >>= 8n) {
    bytes[isLittle ? i : size - 1 - i] = Number(rest & 0xffn);
  }
  return bytes;
}

/** What a segment may have that differs from the usual one. */
export interface SegmentShape {
  readonly seq?: number;
  readonly flags?: number;
  /** Options in hex, a multiple of four bytes. */
  readonly options?: string;
  readonly payload?: Uint8Array;
}

/** A TCP segment from port 40000 to 8080; its checksum is 0. */
export function tcp({ seq = 1, flags = 2, options = '', payload }: SegmentShape = {}): Uint8Array {
  const opts = bytesOf(options);
  return bytesOf(
    '9c40 1f90',
    numberBytes(seq, 4),
    '00000007',
    [((20 + opts.length) / 4) << 4, flags],
    '01f6 0000 0000',
    opts,
    payload ?? [],
  );
}

/** An IPv4 packet from 10.0.0.1 to 10.0.0.2. */
export function ipv4(payload: Uint8Array, protocol = 6, fragment = 0x4000): Uint8Array {
  return bytesOf(
    '4500',
    numberBytes(20 + payload.length, 2),
    '0001',
    numberBytes(fragment, 2),
    [64, protocol],
    '0000 0a000001 0a000002',
    payload,
  );
}

/** An IPv6 packet from 2001:db8::1 to fe80::2. */
export function ipv6(payload: Uint8Array, next = 6): Uint8Array {
  return bytesOf(
    '60000000',
    numberBytes(payload.length, 2),
    [next, 64],
    '20010db8000000000000000000000001 fe800000000000000000000000000002',
    payload,
  );
}

/** An Ethernet frame; `before` is what stands between the addresses and the payload, in hex. */
export function ethernet(payload: Uint8Array, before = '0800'): Uint8Array {
  return bytesOf('020000000001 020000000002', before, payload);
}

/** The header of a pcap. */
export interface PcapShape {
  readonly magic?: number;
  readonly isLittle?: boolean;
  readonly linkType?: number;
  readonly snapLength?: number;
}

/** The 24 bytes that a pcap begins with. */
export function pcapHeader(shape: PcapShape = {}): Uint8Array {
  const { magic = 0xa1b2c3d4, isLittle = true, linkType = 1, snapLength = 262_144 } = shape;
  const number = (value: number, size: number): Uint8Array => numberBytes(value, size, isLittle);
  return bytesOf(
    number(magic, 4),
    number(2, 2),
    number(4, 2),
    number(0, 8),
    number(snapLength, 4),
    number(linkType, 4),
  );
}

/** What a packet's record may have that differs from the usual one. */
export interface RecordShape {
  readonly isLittle?: boolean;
  readonly seconds?: number;
  readonly fraction?: number;
  readonly captured?: number;
  readonly wire?: number;
}

/** A packet of a pcap with its header. */
export function pcapRecord(data: Uint8Array, shape: RecordShape = {}): Uint8Array {
  const { isLittle = true, seconds = 1_700_000_000, fraction = 5 } = shape;
  const { captured = data.length, wire = data.length } = shape;
  const numbers = [seconds, fraction, captured, wire].map((n) => numberBytes(n, 4, isLittle));
  return bytesOf(...numbers, data);
}

/** A block of a pcapng. */
export function block(type: number, body: Uint8Array, isLittle = true): Uint8Array {
  const padding = new Uint8Array(-body.length & 3);
  const length = numberBytes(12 + body.length + padding.length, 4, isLittle);
  return bytesOf(numberBytes(type, 4, isLittle), length, body, padding, length);
}

/** A section header block. */
export function sectionHeader(isLittle = true): Uint8Array {
  const number = (value: number, size: number): Uint8Array => numberBytes(value, size, isLittle);
  const body = bytesOf(number(0x1a2b3c4d, 4), number(1, 2), number(0, 2), 'ffffffffffffffff');
  return block(0x0a0d0d0a, body, isLittle);
}

/** An option of a pcapng block, padded. */
export function option(code: number, value: Uint8Array, isLittle = true): Uint8Array {
  const head = [numberBytes(code, 2, isLittle), numberBytes(value.length, 2, isLittle)];
  return bytesOf(...head, value, new Uint8Array(-value.length & 3));
}

/** An interface description block. */
export function interfaceBlock(
  linkType: number,
  options: Uint8Array = new Uint8Array(0),
  isLittle = true,
  snapLength = 0,
): Uint8Array {
  const number = (value: number, size: number): Uint8Array => numberBytes(value, size, isLittle);
  return block(
    1,
    bytesOf(number(linkType, 2), number(0, 2), number(snapLength, 4), options),
    isLittle,
  );
}

/** An enhanced packet block; `time` in the units of its interface. */
export function packetBlock(
  data: Uint8Array,
  time: bigint,
  interfaceNumber = 0,
  isLittle = true,
  captured: number = data.length,
): Uint8Array {
  const number = (value: number | bigint): Uint8Array => numberBytes(value, 4, isLittle);
  const head = [interfaceNumber, time >> 32n, time & 0xffff_ffffn, captured, data.length];
  const body = bytesOf(...head.map(number), data, new Uint8Array(-data.length & 3));
  return block(6, body, isLittle);
}

/** The bytes in chunks of a size. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
