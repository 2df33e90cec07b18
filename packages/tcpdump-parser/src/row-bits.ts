// What a row has: bits of the column `has`.

export const HAS_SEQ: number = 1;
export const HAS_ACK: number = 1 << 1;
export const HAS_WIN: number = 1 << 2;
export const HAS_IP_ID: number = 1 << 3;
export const HAS_TTL: number = 1 << 4;
export const HAS_TOS: number = 1 << 5;
export const HAS_DF: number = 1 << 6;
export const IS_DF: number = 1 << 7;
export const HAS_IP_LENGTH: number = 1 << 8;
export const HAS_CHECKSUM: number = 1 << 9;
export const IS_CHECKSUM_WRONG: number = 1 << 10;
export const HAS_OPTIONS: number = 1 << 11;
export const HAS_MSS: number = 1 << 12;
export const HAS_WSCALE: number = 1 << 13;
export const HAS_SACK_OK: number = 1 << 14;
export const HAS_TIMESTAMP: number = 1 << 15;
export const IS_TRUNCATED: number = 1 << 16;
export const IS_QUIET: number = 1 << 17;
export const IS_RELATIVE: number = 1 << 18;
export const HAS_ABSOLUTE_SEQ: number = 1 << 19;
export const HAS_ABSOLUTE_ACK: number = 1 << 20;
export const RESTS_ON_SYN: number = 1 << 21;
