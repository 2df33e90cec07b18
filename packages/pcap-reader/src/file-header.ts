import { SECTION_HEADER } from './block-types.ts';
import { u16In, u32, u32In } from './byte-order.ts';
import type { DamagePlace } from './damage.ts';
import { newSection } from './section.ts';
import { starve, useOnlyInterface, type Walk } from './walk.ts';

/** How a pcap begins, by its first four bytes in network byte order. */
const MAGICS: ReadonlyMap<number, { isLittle: boolean; fractions: number; headerLength: number }> =
  new Map([
    [0xa1b2c3d4, { isLittle: false, fractions: 1e6, headerLength: 16 }],
    [0xd4c3b2a1, { isLittle: true, fractions: 1e6, headerLength: 16 }],
    [0xa1b23c4d, { isLittle: false, fractions: 1e9, headerLength: 16 }],
    [0x4d3cb2a1, { isLittle: true, fractions: 1e9, headerLength: 16 }],
    [0xa1b2cd34, { isLittle: false, fractions: 1e6, headerLength: 24 }],
    [0x34cdb2a1, { isLittle: true, fractions: 1e6, headerLength: 24 }],
  ]);

/** Bytes of a pcap's header. */
export const FILE_HEADER = 24;

/**
 * Says what kind of capture a file is by its first four bytes, or null where it is none.
 *
 * @example
 * formatOf(new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1])) // 'pcap'
 */
export function formatOf(bytes: Uint8Array): 'pcap' | 'pcapng' | null {
  if (bytes.length < 4) return null;
  const magic = u32(bytes, 0);
  if (magic === SECTION_HEADER) return 'pcapng';
  return MAGICS.has(magic) ? 'pcap' : null;
}

/**
 * Reads the header of a file; false where the window ends before it does.
 *
 *     magic 4 | version 2, 2 | zone 4 | accuracy 4 | snap length 4 | link type 4
 */
export function readFileHeader(walk: Walk): boolean {
  const { bytes, at, end } = walk;
  if (end - at < 4 && !walk.isLast) return starve(walk, 4);
  const magic = end - at < 4 ? 0 : u32(bytes, at);
  if (magic === SECTION_HEADER) {
    walk.format = 'pcapng';
    return true;
  }
  const kind = MAGICS.get(magic);
  if (kind === undefined) {
    walk.format = 'none';
    if (end > at) tell(walk, 'error', 'the first bytes of a pcap or pcapng', nameOf(magic), 4);
    return true;
  }
  if (end - at < FILE_HEADER) {
    if (!walk.isLast) return starve(walk, FILE_HEADER);
    walk.format = 'none';
    tell(
      walk,
      'error',
      `the ${FILE_HEADER} bytes of a pcap's header`,
      `${end - at} bytes`,
      FILE_HEADER,
    );
    return true;
  }
  const { isLittle } = kind;
  const major = u16In(bytes, at + 4, isLittle);
  if (major !== 2) tell(walk, 'warning', 'version 2 of pcap', `version ${major}`, 6);
  const snapLength = u32In(bytes, at + 16, isLittle);
  if (snapLength === 0) {
    tell(walk, 'warning', 'a snap length', '0, taken for no limit', 20);
  }
  // The upper bits tell of a frame check sequence: it lies behind what the IP header counts.
  const linkType = u32In(bytes, at + 20, isLittle) & 0x03ff_ffff;
  const number = walk.interfaces.add(0, { linkType });
  walk.section = {
    ...newSection(),
    ...kind,
    nanosecondsOfFraction: 1e9 / kind.fractions,
    snapLength,
    interfaces: [{ number, linkType, snapLength, resolution: 6, offsetSeconds: 0 }],
  };
  useOnlyInterface(walk);
  walk.at += FILE_HEADER;
  walk.format = 'pcap';
  return true;
}

function tell(
  walk: Walk,
  severity: DamagePlace['severity'],
  expected: string,
  found: string,
  length: number,
): void {
  const start = walk.base + walk.at;
  const end = walk.base + Math.min(walk.at + length, walk.end);
  walk.damage.add({ severity, start, end, expected, found });
}

/** Names what else a capture may come as. */
function nameOf(magic: number): string {
  const hex = magic.toString(16).padStart(8, '0');
  const packed = new Map([
    [0x1f8b, 'gzip'],
    [0x28b5, 'zstd'],
    [0xfd37, 'xz'],
  ]).get(magic >>> 16);
  return packed === undefined ? `0x${hex}` : `0x${hex}, ${packed}: unpack it first`;
}
