import { u16In, u32In } from './byte-order.ts';
import { readLlc } from './ethernet.ts';
import type { Layers } from './layers.ts';
import {
  CUT,
  MALFORMED,
  OTHER,
  type PacketKind,
  WIRELESS_CONTROL,
  WIRELESS_ENCRYPTED,
} from './packet-kind.ts';

/**
 * Reads a frame of IEEE 802.11 (section 9.2): data frames carry LLC, all others no IP.
 *
 *     control 2 | duration 2 | address 6, 6, 6 | sequence 2 | (address 6) | (QoS 2) | (HT 4) | LLC
 *
 * @param isPadded the header is padded to a multiple of four, as radiotap says of some drivers.
 */
export function readWireless(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  isPadded: boolean,
  layers: Layers,
): PacketKind {
  if (at + 2 > end) return CUT;
  const control = bytes[at] as number;
  const flags = bytes[at + 1] as number;
  const isData = (control & 0x0c) === 0x08;
  // A subtype with this bit is a null frame: it says something of its sender and carries nothing.
  const isNull = (control & 0x40) !== 0;
  if (!isData || isNull) return WIRELESS_CONTROL;
  if (flags & 0x40) return WIRELESS_ENCRYPTED;
  const isBetweenStations = (flags & 0x03) === 0x03;
  const isQos = (control & 0x80) !== 0;
  const qos = at + (isBetweenStations ? 30 : 24);
  if (isQos && qos + 2 > end) return CUT;
  // Several packets in one frame (A-MSDU).
  if (isQos && ((bytes[qos] as number) & 0x80) !== 0) return OTHER;
  let length = qos - at + (isQos ? 2 : 0) + (isQos && flags & 0x80 ? 4 : 0);
  if (isPadded) length = (length + 3) & ~3;
  return readLlc(bytes, at + length, end, wireEnd, layers);
}

/**
 * Reads a radiotap header, which has the lowest byte first, and the frame behind it.
 *
 *     version 1 | pad 1 | length 2 | which fields 4 (and 4 more while the highest bit is set) | fields
 */
export function readRadiotap(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  layers: Layers,
): PacketKind {
  if (at + 8 > end) return CUT;
  const length = u16In(bytes, at + 2, true);
  if (length < 8) return MALFORMED;
  if (at + length > end) return CUT;
  const flags = radiotapFlags(bytes, at, at + length);
  return readWireless(bytes, at + length, end, wireEnd, (flags & 0x20) !== 0, layers);
}

/** The flags are the field of bit 1; before them stands that of bit 0, a time of eight bytes. */
function radiotapFlags(bytes: Uint8Array, start: number, end: number): number {
  const present = u32In(bytes, start + 4, true);
  if ((present & 2) === 0) return 0;
  let at = start + 4;
  while (at + 4 <= end && u32In(bytes, at, true) >= 0x8000_0000) at += 4;
  at += 4;
  if (present & 1) at = start + ((at - start + 7) & ~7) + 8;
  return at < end ? (bytes[at] as number) : 0;
}
