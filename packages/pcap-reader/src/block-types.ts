// Types of blocks of a pcapng (draft-ietf-opsawg-pcapng, section 11.1).

/** Section header: reads the same in both byte orders. */
export const SECTION_HEADER = 0x0a0d0d0a;
/** What a section header has after its length, to tell the byte order. */
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Interface description. */
export const INTERFACE = 1;
/** The packet block of before 2010. */
export const OLD_PACKET = 2;
/** Simple packet: no time, no interface. */
export const SIMPLE_PACKET = 3;
/** Name resolution, passed over. */
export const NAMES = 4;
/** Interface statistics, passed over. */
export const STATISTICS = 5;
/** Enhanced packet. */
export const ENHANCED_PACKET = 6;
/** Entry of a systemd journal, passed over. */
export const JOURNAL = 9;
/** Decryption secrets, passed over. */
export const SECRETS = 10;
/** Custom block that tools may copy, and one that they may not; both passed over. */
export const CUSTOM = 0x0bad;
export const CUSTOM_NOT_COPIED = 0x4000_0bad;

const KNOWN: ReadonlySet<number> = new Set([
  SECTION_HEADER,
  INTERFACE,
  OLD_PACKET,
  SIMPLE_PACKET,
  NAMES,
  STATISTICS,
  ENHANCED_PACKET,
  JOURNAL,
  SECRETS,
  CUSTOM,
  CUSTOM_NOT_COPIED,
]);

/** Says whether a type of block is one of the above. */
export function isKnownBlock(type: number): boolean {
  return KNOWN.has(type);
}
