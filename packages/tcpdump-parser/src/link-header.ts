import { BLANK, hexDigit, indexOfText, skipBlanks, wordEnd } from '@tuplescope/scan';
import { type Cursor, takeNumber, takeText } from './cursor.ts';
import type { PacketDraft } from './packet-draft.ts';

/**
 * Takes what stands between the stamp and the packet: the interface and direction of `-i any`, and
 * the link header of `-e`. Moves to the first byte of the packet, and stays where there is neither.
 *
 *     lo    In  IP 10.77.0.1.44410 > …
 *     lo    In  ifindex 1 00:00:00:00:00:00 ethertype IPv4 (0x0800), length 80: 10.77.0.1.44410 > …
 *       M 4a:a7:8f:c8:b5:9f ethertype IPv6 (0x86dd), length 88: fe80::1.80 > …
 *     02:…:01 > 02:…:02, ethertype 802.1Q (0x8100), length 58: vlan 100, p 0, ethertype IPv4 (0x0800), …
 */
export function takeLinkHeader(cursor: Cursor, draft: PacketDraft): void {
  takeInterface(cursor, draft);
  const { bytes, end } = cursor;
  const start = cursor.at;
  if (takeText(cursor, 'ifindex ')) {
    takeNumber(cursor);
    cursor.at = skipBlanks(bytes, cursor.at, end);
  }
  if (!isMac(bytes, cursor.at, end)) {
    cursor.at = start;
    return;
  }
  draft.linkStart = cursor.at;
  const length = indexOfText(bytes, ', length ', cursor.at, end);
  if (length < 0) {
    cursor.at = start;
    return;
  }
  cursor.at = length + 9;
  takeNumber(cursor);
  draft.linkEnd = length;
  if (!takeText(cursor, ':')) return;
  cursor.at = skipBlanks(bytes, cursor.at, end);
  while (takeVlan(cursor)) draft.linkEnd = cursor.at;
}

/** Takes `lo    In  `, or the direction alone. */
function takeInterface(cursor: Cursor, draft: PacketDraft): void {
  const { bytes, at, end } = cursor;
  const firstEnd = wordEnd(bytes, at, end);
  const second = skipBlanks(bytes, firstEnd, end);
  const secondEnd = wordEnd(bytes, second, end);
  if (isDirection(bytes, second, secondEnd)) {
    draft.interfaceStart = at;
    draft.interfaceEnd = firstEnd;
    draft.directionStart = second;
    draft.directionEnd = secondEnd;
    cursor.at = skipBlanks(bytes, secondEnd, end);
  } else if (isArrow(bytes, second, secondEnd) && isOldInterface(cursor, secondEnd)) {
    draft.interfaceStart = at;
    draft.interfaceEnd = firstEnd;
    cursor.at = skipBlanks(bytes, secondEnd, end);
  } else if (isDirection(bytes, at, firstEnd)) {
    draft.directionStart = at;
    draft.directionEnd = firstEnd;
    cursor.at = second;
  }
}

function isArrow(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 1 && (bytes[start] === 0x3e || bytes[start] === 0x3c);
}

/** `eth0 < a.80 > b.4000: …`, from tcpdump 3.4 on Linux: after the first arrow there is another. */
function isOldInterface({ bytes, end }: Cursor, arrowEnd: number): boolean {
  const source = skipBlanks(bytes, arrowEnd, end);
  const next = skipBlanks(bytes, wordEnd(bytes, source, end), end);
  return bytes[next] === 0x3e && bytes[next + 1] === BLANK;
}

/** `In`, `Out`, `B` (broadcast), `M` (multicast), `P` (to another host), `?`. */
function isDirection(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (end - start === 1) return first === 66 || first === 77 || first === 80 || first === 63;
  if (end - start === 2) return first === 73 && bytes[start + 1] === 110;
  return end - start === 3 && first === 79 && bytes[start + 1] === 117 && bytes[start + 2] === 116;
}

/** Says whether `aa:bb:cc:dd:ee:ff` stands here. */
export function isMac(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 17 > end) return false;
  for (let i = 0; i < 17; i++) {
    const byte = bytes[start + i] as number;
    if (i % 3 === 2 ? byte !== 0x3a : hexDigit(byte) < 0) return false;
  }
  return start + 17 === end || bytes[start + 17] === BLANK || bytes[start + 17] === 0x2c;
}

/** Takes `vlan 100, p 0, ethertype IPv4 (0x0800), `. */
function takeVlan(cursor: Cursor): boolean {
  const { bytes, end } = cursor;
  const start = cursor.at;
  if (!takeText(cursor, 'vlan ')) return false;
  const type = indexOfText(bytes, 'ethertype ', cursor.at, end);
  const after = type < 0 ? -1 : indexOfText(bytes, '), ', type, end);
  // Old versions print `vlan 100, p 0, IP …`.
  const plain = after < 0 ? indexOfText(bytes, ', IP', cursor.at, end) : -1;
  if (after < 0 && plain < 0) {
    cursor.at = start;
    return false;
  }
  cursor.at = after < 0 ? plain + 2 : after + 3;
  return true;
}

/** What `-e` says, read from the text of a link header. */
export interface LinkHeader {
  /** MAC address of the sender (`-e`). */
  readonly srcMac?: string;
  /** MAC address of the receiver (`-e`; cooked captures have none). */
  readonly dstMac?: string;
  /** VLAN ids from the outermost on (`-e`). */
  readonly vlan?: readonly number[];
}

/** Reads the MAC addresses and VLAN ids from the text between the stamp and the packet. */
export function readLinkHeader(text: string): LinkHeader {
  const macs = text.match(/\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/gi) ?? [];
  const vlan = [...text.matchAll(/\bvlan (\d{1,4})\b/g)].map((match) => Number(match[1]));
  const [srcMac, dstMac] = macs;
  return {
    ...(srcMac !== undefined && { srcMac }),
    ...(dstMac !== undefined && { dstMac }),
    ...(vlan.length > 0 && { vlan }),
  };
}
